"""Marking what was found, in the original text. Escaped first, marked after."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import islice

from django.utils.safestring import SafeString

from search.analysis import placed_words
from search.analysis.chain import PlacedWord
from search.query.tree import (
    AllOf,
    AnyOf,
    BestOf,
    Boost,
    Constant,
    Phrase,
    Prefer,
    Term,
    Tree,
)

SNIPPET_LENGTH = 240
_BEFORE = 60
# What lies behind is found, but not shown as a snippet.
_LOOK_AT = 60_000
_ELLIPSIS = "…"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word of a query: all it is found by, or the words of a phrase in their order."""

    keys: frozenset[str]
    phrase: tuple[str, ...] = ()

    def is_among(self, found: Collection[str]) -> bool:
        """Whether the word, or every word of the phrase, is among these terms."""
        if self.phrase:
            return all(word in found for word in self.phrase)
        return not self.keys.isdisjoint(found)


@dataclass(frozen=True, slots=True)
class Wanted:
    """The terms and written forms a query looks for, and which of them are the same word of it."""

    terms: frozenset[str] = field(default_factory=frozenset)
    surfaces: frozenset[str] = field(default_factory=frozenset)
    words: tuple[WantedWord, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms or self.surfaces)

    @property
    def keys(self) -> frozenset[str]:
        """All of them."""
        return self.terms | self.surfaces


def wanted_in(tree: Tree) -> Wanted:
    """What to mark for a query: every term that makes a document match, nothing that is excluded.

    So synonyms, corrections and parts of compounds are marked exactly where they count.
    """
    terms: set[str] = set()
    surfaces: set[str] = set()
    words: list[WantedWord] = []
    for part in _parts(tree):
        own_terms: set[str] = set()
        own_surfaces: set[str] = set()
        _collect(part, own_terms, own_surfaces)
        terms |= own_terms
        surfaces |= own_surfaces
        if own_terms or own_surfaces:
            words.append(WantedWord(frozenset(own_terms | own_surfaces), _phrase_of(part)))
    return Wanted(frozenset(terms), frozenset(surfaces), tuple(words))


def _parts(tree: Tree) -> Iterator[Tree]:
    """What a query asks for, word by word: parts of which all, or all but one, must be found."""
    match tree:
        case Prefer(part) | Boost(part) | Constant(part):
            yield from _parts(part)
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from _parts(part)
        case _:
            yield tree


def _phrase_of(tree: Tree) -> tuple[str, ...]:
    """The words of a phrase of written forms, which is what quotes ask for."""
    return tree.words if isinstance(tree, Phrase) and tree.field == "exact" else ()


def _collect(tree: Tree, terms: set[str], surfaces: set[str]) -> None:
    match tree:
        case Boost(part) | Constant(part) | Prefer(part):
            _collect(part, terms, surfaces)
        case Term(name, word):
            (surfaces if name == "exact" else terms).add(word)
        case AllOf(parts) | AnyOf(parts) | BestOf(parts):
            for part in parts:
                _collect(part, terms, surfaces)
        case Phrase(name, words):
            (surfaces if name == "exact" else terms).update(words)
        case _:  # Not, filters, everything and nothing: no word to show
            return


def spans(text: str, language: str, wanted: Wanted) -> list[Span]:
    """Where in the text the wanted words stand, as offsets of whole words."""
    return spans_of(placed_words(text[:_LOOK_AT], language), wanted) if wanted else []


def spans_of(words: Iterable[PlacedWord], wanted: Wanted) -> list[Span]:
    """The spans of those of these words that are wanted."""
    keys = wanted.keys
    return [(start, end) for start, end, word in words if not keys.isdisjoint(word.keys)]


def marked(text: str, found: Sequence[Span], start: int = 0, end: int | None = None) -> SafeString:
    """The text between start and end as HTML, with the spans marked."""
    end = len(text) if end is None else end
    if not found:
        return SafeString(escape(text[start:end]))
    parts: list[str] = []
    last = start
    for first, after in found:
        if first < start or after > end:
            continue
        parts += [escape(text[last:first]), "<mark>", escape(text[first:after]), "</mark>"]
        last = after
    parts.append(escape(text[last:end]))
    return SafeString("".join(parts))  # every piece of text is escaped above


def title(text: str, language: str, wanted: Wanted) -> SafeString:
    """A title with marks."""
    return marked(text, spans(text, language, wanted))


def snippet(texts: Sequence[str], language: str, wanted: Wanted) -> SafeString:
    """The best piece of the first text that holds a wanted word, else the beginning of the first."""
    return piece_of([(text, spans(text, language, wanted)) for text in texts])


def piece_of(texts: Sequence[tuple[str, Sequence[Span]]]) -> SafeString:
    """The best piece of the first text that has marks, else the beginning of the first."""
    for text, found in texts:
        if found:
            return _piece(text, found)
    first = next((text for text, _found in texts if text), "")
    return _piece(first, [])


def _piece(text: str, found: Sequence[Span]) -> SafeString:
    start = _best_start(text, found)
    end = min(len(text), start + SNIPPET_LENGTH)
    if end < len(text):
        # Not in the middle of a word, unless there is no space for a long way.
        end = max(text.rfind(" ", start + SNIPPET_LENGTH // 2, end), start) or end
        end = end if end > start else start + SNIPPET_LENGTH
    before = _ELLIPSIS if start > 0 else ""
    after = _ELLIPSIS if end < len(text) else ""
    inner = marked(text, found, start, end)
    return SafeString(f"{before}{inner}{after}")  # escaped in marked()


def _best_start(text: str, found: Sequence[Span]) -> int:
    """Where to begin, so that as many marks as possible are in sight."""
    if not found or found[-1][1] <= SNIPPET_LENGTH * 3 // 4:
        return 0
    best, most = found[0][0], 0
    for index, (first, _after) in enumerate(found):
        if len(found) - index <= most:
            break  # not so many are left
        end = first + SNIPPET_LENGTH - _BEFORE
        inside = 0
        for start, after in islice(found, index, None):
            if start >= end:
                break
            inside += after <= end
        if inside > most:
            best, most = first, inside
    wished = max(0, best - _BEFORE)
    if wished == 0:
        return 0
    space = text.find(" ", wished, best)
    return space + 1 if space >= 0 else best
