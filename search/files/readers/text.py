"""What readers make: pages of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search.files.limits import LONGEST_PAGE, PIECE

# Marks in collected text: a page break the program that saved the file has drawn, one that its author
# has set. Both are control characters, which no text keeps.
DRAWN_BREAK = "\x0c"
SET_BREAK = "\x0b"
_BREAKS = re.compile(f"[{DRAWN_BREAK}{SET_BREAK}]")
# Everything that is no text: C0 and C1 controls except tab and line feed, half characters, and the
# two code points that are none.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|\x0c|\x85|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Text:
    """Pages in order. ``is_numbered``: they are pages that readers of the file can turn to.

    ``is_cut``: the file has more text than was asked for.
    """

    pages: Iterable[str]
    is_numbered: bool
    is_cut: bool = False


class FullError(Exception):
    """Enough text was collected; what follows is left out."""


class Collector:
    """Text put together piece by piece, up to a number of characters."""

    def __init__(self, limit: int) -> None:
        self._pieces: list[str] = []
        self._left = limit
        self.is_full = False

    def add(self, piece: str) -> None:
        """Add a piece. Raises FullError when there is no room left."""
        self._pieces.append(piece[: self._left])
        self._left -= len(piece)
        if self._left < 0:
            self.is_full = True
            raise FullError

    @property
    def text(self) -> str:
        """All of it so far."""
        return "".join(self._pieces)

    def take(self) -> str:
        """All of it since the last time."""
        text = self.text
        self._pieces.clear()
        return text


def clean(text: str) -> str:
    """The text with plain line ends and without control characters; everything else stays."""
    return _NO_TEXT.sub("", _LINE_ENDS.sub("\n", text))


def paged(collector: Collector, *, are_set_drawn: bool = False) -> Text:
    """Collected text cut at its page breaks; in pieces without numbers if it has none to rely on.

    ``are_set_drawn``: the format notes the breaks an author has set among the drawn ones once more.
    """
    text = collector.text
    drawn = DRAWN_BREAK in text
    if drawn and are_set_drawn:
        text = text.replace(SET_BREAK, "\n")
    pages = _BREAKS.split(text)
    if not pages[0].strip() and len(pages) > 1:
        del pages[0]  # a break before the first word makes no page
    is_numbered = drawn or (len(pages) > 1 and all(len(page) <= LONGEST_PAGE for page in pages))
    if is_numbered:
        return Text(pages, is_numbered=True, is_cut=collector.is_full)
    return unpaged(_BREAKS.sub("\n", text), is_cut=collector.is_full)


def unpaged(text: str, *, is_cut: bool) -> Text:
    """Text without pages in pieces, none of which begins or ends inside a word."""
    return Text(_pieces(text), is_numbered=False, is_cut=is_cut)


def _pieces(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = start + PIECE
        if end < len(text):
            end = max(text.rfind("\n", start, end), text.rfind(" ", start + PIECE // 2, end)) + 1
            end = end if end > start else start + PIECE
        yield text[start:end]
        start = end
