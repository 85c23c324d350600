"""Where the words of a text stand: kept in the index, so that a hit is marked without reading it again.

``text`` is title, summary and running text, one after the other. ``marks`` is an inverted list over
it: for each term the places where a word with this term stands. Both are plain strings: finding the
few terms of a query in them costs nothing beside analysing the text once more. To be searched, ``marks``
stays packed as UTF-8.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search.analysis.chain import PlacedWord
from search.highlight import WantedWord

Span = tuple[int, int]

# Signs that no term and no text holds (texts lose them on the way in).
_SECTION = "\x1d"
_RECORD = "\x1e"
_UNIT = "\x1f"
_CUT = "cut"
_END = _RECORD.encode()
_SEPARATORS = re.compile(f"[{_SECTION}{_RECORD}{_UNIT}]")

# Words that stand further behind are found, and shown from the database.
MAX_SUMMARY = 5_000
MAX_BODY = 20_000
MAX_TITLE = 1_000
# A place is written as two characters, start and length, above the signs and below the range of
# half characters (U+D800), which no file can hold.
_ZERO = 0x100
_MAX_LENGTH = 0x1000
# Between two words of a phrase: a comma and a space, a quote, a dash.
_SIGNS_BETWEEN = 5


def beginning(text: str, limit: int) -> str:
    """At most ``limit`` characters of a text, not ending inside a word, fit to be kept."""
    if len(text) > limit:
        text = text[: max(text.rfind(" ", 0, limit), limit // 2)]
    return _SEPARATORS.sub(" ", text)


@dataclass(frozen=True, slots=True)
class StoredText:
    """What the index keeps of a document to show it. ``version`` names the state it was made from."""

    version: str
    title: str
    summary: str
    body: str
    is_cut: bool
    marks: bytes

    def spans(self, sought: Iterable[bytes]) -> tuple[list[Span], list[Span], list[Span]]:
        """Places of words with one of these terms in title, summary and body, as offsets in each.

        ``sought`` are the terms as `sought` packs them.
        """
        places = sorted({place for head in sought for place in self._places(head)})
        summary_at = len(self.title) + 1
        body_at = summary_at + len(self.summary) + 1
        first = bisect_left(places, (summary_at, 0))
        second = bisect_left(places, (body_at, 0), first)
        return (
            places[:first],
            _shifted(places[first:second], summary_at),
            _shifted(places[second:], body_at),
        )

    def holds(self, word: WantedWord) -> bool:
        """Whether a word, or all words of a phrase one after the other, stand in these texts."""
        if not word.phrase:
            return any(head in self.marks for head in sought(word.keys))
        text = _SECTION.join((self.title, self.summary, self.body))
        first, *others = sought(word.phrase)
        ends = {end for _start, end in self._places(first)}
        for following in others:
            ends = {
                end for start, end in self._places(following) if _end_before(text, start) in ends
            }
        return bool(ends)

    def _places(self, head: bytes) -> Sequence[Span]:
        at = self.marks.find(head)
        if at < 0:
            return ()
        begin = at + len(head)
        signs = self.marks[begin : self.marks.find(_END, begin)].decode()
        return [
            (ord(start) - _ZERO, ord(start) + ord(length) - 2 * _ZERO)
            for start, length in zip(signs[::2], signs[1::2], strict=True)
        ]


def sought(terms: Iterable[str]) -> tuple[bytes, ...]:
    """How the entries of these terms begin, in their order."""
    # A query may hold half characters, which stand in no text.
    return tuple(f"{_RECORD}{term}{_UNIT}".encode(errors="replace") for term in terms)


def _end_before(text: str, start: int) -> int:
    """Where the word before this place ends, if only a few signs stand between them."""
    at = start
    while at > max(0, start - _SIGNS_BETWEEN) and not text[at - 1].isalnum():
        at -= 1
    return at


def _shifted(places: Sequence[Span], by: int) -> list[Span]:
    return [(start - by, end - by) for start, end in places]


def write_text(title: str, summary: str, body: str, *, is_cut: bool) -> str:
    """The text as it is kept. All three must have gone through `beginning`."""
    return _SECTION.join((title, summary, body, _CUT if is_cut else ""))


def write_marks(sections: Sequence[tuple[str, Sequence[PlacedWord]]]) -> str:
    """The inverted list over texts (each with its words) that follow one another."""
    places: defaultdict[str, str] = defaultdict(str)
    base = _ZERO
    for text, words in sections:
        for start, end, word in words:
            place = chr(base + start) + chr(_ZERO + min(end - start, _MAX_LENGTH))
            for term in word.keys:
                places[term] += place
        base += len(text) + 1
    if not places:
        return ""
    return "".join([f"{_RECORD}{term}{_UNIT}{found}" for term, found in places.items()]) + _RECORD


def read(version: str, text: str, marks: bytes) -> StoredText | None:
    """What `write_text` and, packed, `write_marks` wrote; None if the text is not of their making."""
    parts = text.split(_SECTION)
    if len(parts) != 4:  # noqa: PLR2004 - title, summary, body, whether something was left out
        return None
    title, summary, body, cut = parts
    return StoredText(version, title, summary, body, cut == _CUT, marks)
