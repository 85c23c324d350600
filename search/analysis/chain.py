"""The chain: clean, cut into words, terms of each word."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from search.analysis import german, languages
from search.analysis.base import CleanText, Token, fold
from search.analysis.found import Understood
from search.analysis.pairs import paired
from search.analysis.suspended import completed
from search.analysis.tokens import word_matches

# How long words may be that are offered as corrections.
_SHORTEST, _LONGEST = 3, 40


def primary(lang: str) -> str:
    """The primary subtag of a BCP 47 tag: ``de-DE-x-leicht`` → ``de``."""
    return lang.replace("_", "-").split("-", 1)[0].lower()


class Reading(NamedTuple):
    """How one written word is understood.

    ``terms``: the word itself, lemma first, then what stands for the same (the other gender).
    ``parts``: terms of all parts of a compound, empty for other words. The index stacks them on the
    word's position; a query must not take a single part for the whole. ``also``: what only the index
    holds, so that a query for it finds the word.
    """

    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def reading(surface: str, lang: str) -> Reading:
    """Read one written word in a language (primary subtag)."""
    found = understood(surface, lang)
    terms = tuple(one.term for one in found.terms) or (fold(surface),)
    parts = tuple(one.term for one in found.parts if one.term not in terms)
    return Reading(terms, parts if len(parts) > 1 else (), tuple(one.term for one in found.also))


def understood(surface: str, lang: str) -> Understood:
    """The same as `reading`, with the rule behind each term; not remembered."""
    return german.read(surface) if lang == "de" else languages.read(surface, lang)


@lru_cache(maxsize=100_000)
def word_terms(surface: str, lang: str) -> tuple[str, ...]:
    """All terms the index holds for a written word, its lemma first; never empty for a word of letters."""
    found = reading(surface, lang)
    return tuple(dict.fromkeys((*found.terms, *found.parts, *found.also)))


class Word(NamedTuple):
    """What the index needs to know of a written word; ``keys`` is all it can be found by.

    ``is_proposable``: whether the written form may be offered as a correction.
    """

    terms: tuple[str, ...]
    folded: str
    written: str
    keys: tuple[str, ...]
    is_proposable: bool


PlacedWord = tuple[int, int, Word]
"""Start, end, word: where in the original text it stands."""


@lru_cache(maxsize=100_000)
def _word(surface: str, lang: str) -> Word | None:
    """The word for a written form, None if nothing is left of it."""
    terms = word_terms(surface, lang)
    folded = fold(surface)
    keys = terms if folded in terms else (*terms, folded)
    written = surface.lower()
    is_proposable = (
        " " not in written
        and _SHORTEST <= len(written) <= _LONGEST
        and any(map(str.isalpha, written))
    )
    return Word(terms, folded, written, keys, is_proposable) if terms[0] else None


def words(text: str, lang: str) -> list[Word]:
    """The same words as `placed_words` finds, without their places."""
    clean = CleanText(text).text
    code = primary(lang)
    whole = _beside(clean) if code == "de" else {}
    if whole:
        return [word for _start, _end, word in _completed_words(clean, code, whole)]
    found = (_word(match[0], code) for match in word_matches(clean))
    return [word for word in found if word is not None]


def placed_words(text: str, lang: str) -> list[PlacedWord]:
    """The words of a text with their places in the text as given.

    ``lang`` is a BCP 47 tag; unknown languages are folded only. Never raises on any string.
    """
    clean = CleanText(text)
    code = primary(lang)
    whole = _beside(clean.text) if code == "de" else {}
    if whole:
        found = _completed_words(clean.text, code, whole)
    else:
        found = []
        # Called for every word of every document: no more work than needed.
        for match in word_matches(clean.text):
            word = _word(match[0], code)
            if word is not None:
                start, end = match.span()
                found.append((start, end, word))
    if clean.is_original:
        return found
    return [(*clean.original_span(start, end), word) for start, end, word in found]


def _beside(text: str) -> dict[int, str]:
    """Offset behind a word of a German text → a word whose terms it has as well."""
    return paired(text) | completed(text)


def _completed_words(text: str, code: str, whole: Mapping[int, str]) -> list[PlacedWord]:
    """Words of a cleaned text; those with a word beside them have its terms as well."""
    found: list[PlacedWord] = []
    for match in word_matches(text):
        word = _word(match[0], code)
        if word is None:
            continue
        start, end = match.span()
        full = _word(whole[end], code) if end in whole else None
        found.append((start, end, word if full is None else _with_terms_of(word, full)))
    return found


def _with_terms_of(word: Word, full: Word) -> Word:
    terms = tuple(dict.fromkeys((*word.terms, *full.terms)))
    return word._replace(terms=terms, keys=tuple(dict.fromkeys((*word.keys, *terms))))


def analyse(text: str, lang: str) -> list[Token]:
    """Cut a text into tokens whose offsets point into the text as given.

    ``lang`` is a BCP 47 tag; unknown languages are folded only. Never raises on any string.
    """
    return [
        Token(start, end, place, CleanText(text[start:end]).text, word.terms[0], word.terms[1:])
        for place, (start, end, word) in enumerate(placed_words(text, lang))
    ]
