"""The chain: clean, cut into words, terms of each word."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from search.analysis import german, other
from search.analysis.base import CleanText, Token, fold
from search.analysis.tokens import word_pattern

# How long words may be that are offered as corrections.
_SHORTEST, _LONGEST = 3, 40


def primary(lang: str) -> str:
    """The primary subtag of a BCP 47 tag: ``de-DE-x-leicht`` → ``de``."""
    return lang.replace("_", "-").split("-", 1)[0].lower()


@lru_cache(maxsize=100_000)
def word_terms(surface: str, lang: str) -> tuple[str, ...]:
    """The terms of one written word, the best first; never empty for a word of letters."""
    found = german.terms(surface) if lang == "de" else other.terms(surface, lang)
    return tuple(term for term in found if term) or (fold(surface),)


class Reading(NamedTuple):
    """How one written word is understood.

    ``terms``: the word itself, lemma first, then what stands for the same (the other gender).
    ``parts``: terms of the parts of a compound, empty for other words. The index stacks all of them
    on one position; a query must not take a single part for the whole.
    """

    terms: tuple[str, ...]
    parts: tuple[str, ...] = ()


@lru_cache(maxsize=100_000)
def reading(surface: str, lang: str) -> Reading:
    """Read one written word in a language (primary subtag)."""
    return Reading(word_terms(surface, lang))


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
    is_proposable = _SHORTEST <= len(written) <= _LONGEST and any(map(str.isalpha, written))
    return Word(terms, folded, written, keys, is_proposable) if terms[0] else None


def words(text: str, lang: str) -> list[Word]:
    """The same words as `analyse` finds, without their places: several times as fast."""
    code = primary(lang)
    clean = CleanText(text).text
    found = (_word(match[0], code) for match in word_pattern(clean).finditer(clean))
    return [word for word in found if word is not None]


def placed_words(text: str, lang: str) -> list[PlacedWord]:
    """The same words as `words`, with their places in the text as given."""
    clean = CleanText(text)
    code = primary(lang)
    found: list[PlacedWord] = []
    # Called for every word of every document: local names, and no work for clean texts.
    place = None if clean.is_original else clean.original_span
    for match in word_pattern(clean.text).finditer(clean.text):
        word = _word(match[0], code)
        if word is not None:
            start, end = match.span()
            if place is not None:
                start, end = place(start, end)
            found.append((start, end, word))
    return found


def analyse(text: str, lang: str) -> list[Token]:
    """Cut a text into tokens whose offsets point into the text as given.

    ``lang`` is a BCP 47 tag; unknown languages are folded only. Never raises on any string.
    """
    clean = CleanText(text)
    code = primary(lang)
    tokens: list[Token] = []
    for match in word_pattern(clean.text).finditer(clean.text):
        surface = match[0]
        base, *alts = word_terms(surface, code)
        if not base:
            continue
        start, end = clean.original_span(*match.span())
        tokens.append(Token(start, end, len(tokens), surface, base, tuple(alts)))
    return tokens
