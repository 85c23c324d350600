"""Tokens, folding, and the cleaning of text that keeps the way back to the original."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

# The engines separate stacked terms and positions with these, and mark an empty field with the last:
# none of them may survive inside a term.
SEPARATORS = " |\u2205"
# Tantivy and Lucene refuse or cut very long terms; no word of a human language needs more.
MAX_TERM_LENGTH = 60

# Dots and apostrophes go as well: e.V. and eV, об'єднання and об’єднання are the same.
_NOT_IN_TERMS = regex.compile(r"[\s|\u2205\x00-\x1f\x7f.'’ʼ‘]+")
# Letters that Unicode does not decompose although readers see a plain letter with a mark.
_PLAIN = str.maketrans(
    {"ß": "ss", "ı": "i", "ł": "l", "đ": "d", "ø": "o", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)

# Soft hyphen, zero-width space, word joiner, byte order mark, and a line break after Unicode's hyphen.
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"

_HALVES = re.compile("[\ud800-\udfff]")

# Pieces that are replaced: invisible characters, a word broken at the end of a line, a letter
# followed by combining marks. One alternation, so that the text is walked once.
_DIRTY = regex.compile(
    rf"(?P<gone>[{_INVISIBLE}\x00\ud800-\udfff]+)"
    r"|(?<=\p{L})(?P<broken>[-\u2010]\r?\n[ \t]*)(?=\p{Ll})"
    r"|(?P<marked>\P{M}\p{M}+)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    ``start`` and ``end`` are offsets in the ORIGINAL text, ``surface`` is the written form after
    cleaning, ``base`` the term to search for first, ``alts`` terms that stand at the same position.
    """

    start: int
    end: int
    pos: int
    surface: str
    base: str
    alts: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[str, ...]:
        """All terms at this position, the best first."""
        return (self.base, *self.alts)


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """Reduce a word to plain lower-case letters: ``Köln`` → ``koln``, ``Straße`` → ``strasse``.

    Never returns a separator of the engines, nor more than MAX_TERM_LENGTH characters.
    """
    if word.isascii():
        plain = word.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", word.lower().translate(_PLAIN))
        plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _NOT_IN_TERMS.sub("", plain)[:MAX_TERM_LENGTH]


def _needs_cleaning(text: str) -> bool:
    """Whether _DIRTY can match. Most texts are clean, and these looks cost next to nothing."""
    if "\x00" in text or "-\n" in text or "-\r" in text:
        return True
    if text.isascii():
        return False
    if any(sign in text for sign in _INVISIBLE) or not unicodedata.is_normalized("NFC", text):
        return True
    # Half characters come out of JSON columns; no engine and no web page can take them.
    return _HALVES.search(text) is not None


class CleanText:
    """A text made fit for analysis, with the offsets of its characters in the original."""

    __slots__ = ("_offsets", "_original_length", "text")

    def __init__(self, original: str) -> None:
        self._original_length = len(original)
        self._offsets: list[int] | None = None
        self.text = "".join(self._pieces(original)) if _needs_cleaning(original) else original

    def _pieces(self, original: str) -> Iterator[str]:
        offsets: list[int] = []
        last = 0
        for match in _DIRTY.finditer(original):
            start, end = match.span()
            yield original[last:start]
            offsets.extend(range(last, start))
            if match["marked"] is not None:
                piece = unicodedata.normalize("NFC", match["marked"])
                yield piece
                offsets.extend([start] * len(piece))
            last = end
        yield original[last:]
        offsets.extend(range(last, len(original)))
        self._offsets = offsets

    @property
    def is_original(self) -> bool:
        """Whether nothing had to be cleaned: offsets are the same."""
        return self._offsets is None

    def original_span(self, start: int, end: int) -> tuple[int, int]:
        """Translate a span of the cleaned text into one of the original text."""
        if self._offsets is None:
            return start, end
        first = self._offsets[start]
        last = self._offsets[end] if end < len(self._offsets) else self._original_length
        return first, last
