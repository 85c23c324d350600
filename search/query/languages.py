"""In which languages a query is read, and which one it seems to be written in.

Cheap first: the script; then German, English and the language of the interface. Dictionaries of other
languages are asked only when a word is in none of these, so that most queries never load them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import regex

from search.analysis import fold, lexicon, reading
from search.analysis.tokens import word_pattern

_DATA = Path(__file__).parent / "data" / "function_words.txt"
_ARABIC_SCRIPT = regex.compile(r"\p{Script=Arabic}")
_CYRILLIC_SCRIPT = regex.compile(r"\p{Script=Cyrillic}")
_OF_SCRIPT = {"Arab": ("ar", "fa"), "Cyrl": ("uk", "ru")}
_OFTEN_READ = ("de", "en")
_OTHER_LATIN = ("fr", "es", "it", "tr")
# Letters that no other of our languages in the same script has.
_OWN_LETTERS = {
    "tr": frozenset("ğşıİ"),
    "es": frozenset("ñ¿¡"),
    "fr": frozenset("êëîïûœ"),
    "ar": frozenset("ةيكأإى"),
    "fa": frozenset("پچژگکی"),
    "uk": frozenset("іїєґ"),
    "ru": frozenset("ыэёъ"),
}
_TURKISH_CASE = str.maketrans("Iİ", "ıi")
_SHORTEST = 3
_LONGEST_ABBREVIATION = 5


class QueryLanguages(NamedTuple):
    """``read``: the languages to read the words in, the likeliest first. ``preferred``: whose items come first."""

    read: tuple[str, ...]
    preferred: tuple[str, ...]


def by_script(text: str, languages: tuple[str, ...]) -> dict[str, QueryLanguages]:
    """The guess for the words of each script in a text, by script."""
    pieces: dict[str, list[str]] = {}
    for piece in text.split():
        pieces.setdefault(script_of(piece), []).append(piece)
    return {script: guess(" ".join(found), languages) for script, found in pieces.items()}


def script_of(text: str) -> str:
    """Arab, Cyrl or Latn (which is all the rest)."""
    if _ARABIC_SCRIPT.search(text):
        return "Arab"
    return "Cyrl" if _CYRILLIC_SCRIPT.search(text) else "Latn"


def query_languages(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages to read a text in, the likeliest first; ``languages`` are those of the interface."""
    return guess(text, tuple(languages)).read


@lru_cache(maxsize=10_000)
def guess(text: str, languages: tuple[str, ...]) -> QueryLanguages:
    """What a text without a language of its own is written in. Never raises on any string."""
    choices = _OF_SCRIPT.get(script_of(text))
    if choices:
        return _of_script(text, choices)
    surfaces = _surfaces(text)
    known = tuple(dict.fromkeys((*languages, *_OFTEN_READ)))
    evidence = {language: _evidence(surfaces, language) for language in known}
    if not surfaces or max(evidence.values()) == len(surfaces):
        return _latin(languages, known, evidence, len(surfaces))
    evidence |= {language: _evidence(surfaces, language) for language in _OTHER_LATIN}
    return _latin(languages, known, evidence, len(surfaces))


def _latin(
    languages: tuple[str, ...], known: tuple[str, ...], evidence: dict[str, int], count: int
) -> QueryLanguages:
    most = max(evidence.values(), default=0)
    own = languages[0]
    if not most or evidence[own] == most:
        return QueryLanguages(known, (own,))
    best = tuple(language for language in evidence if evidence[language] == most)
    familiar = tuple(language for language in best if language in known)
    if familiar:
        # Half of all German titles hold English words: one German word, and the query is German.
        is_foreign = evidence[own] == 0 and most == count
        preferred = (familiar[0], own) if is_foreign else (own,)
        return QueryLanguages(tuple(dict.fromkeys((*familiar, *known))), preferred)
    return QueryLanguages((*best, *known), best)


def _of_script(text: str, choices: tuple[str, ...]) -> QueryLanguages:
    surfaces = _surfaces(text)
    evidence = {language: _evidence(surfaces, language) for language in choices}
    most = max(evidence.values())
    best = tuple(language for language in choices if evidence[language] == most)
    return QueryLanguages(tuple(dict.fromkeys((*best, *choices))), best)


def _surfaces(text: str) -> list[str]:
    """The words that tell a language, as they are written; short words in capitals are the same in all."""
    found = (match[0] for match in word_pattern(text).finditer(text))
    return list(dict.fromkeys(word for word in found if _tells(word)))


def _tells(word: str) -> bool:
    # DaZ is no Turkish word.
    is_abbreviation = len(word) <= _LONGEST_ABBREVIATION and any(map(str.isupper, word[1:]))
    return any(map(str.isalpha, word)) and not is_abbreviation


def _evidence(surfaces: Iterable[str], language: str) -> int:
    return sum(knows(surface, language) for surface in surfaces)


@lru_cache(maxsize=50_000)
def knows(surface: str, language: str) -> bool:
    """Whether a written word belongs to a language as far as word lists tell."""
    if fold(surface) in function_words(language):
        return True
    own = _OWN_LETTERS.get(language)
    if own and not own.isdisjoint(surface):
        return True
    if len(surface) < _SHORTEST:
        return False
    if language == "de":
        found = reading(surface, "de")
        return bool(lexicon.lemma(surface, "de") or found.parts or len(found.terms) > 1)
    if language == "tr":
        surface = surface.translate(_TURKISH_CASE)
    lowered = surface.lower()
    return bool(lexicon.lookup(lowered, language) or lexicon.lookup(surface, language))


@lru_cache(maxsize=20_000)
def languages_of(surface: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The languages a word is read in: those that know it, else all of them."""
    return tuple(one for one in languages if knows(surface, one)) or languages


def is_function_word(surface: str, languages: Iterable[str]) -> bool:
    """Whether a word need not be found; IT, all in capitals, is no pronoun."""
    if len(surface) > 1 and surface.isupper() and surface.isascii():
        return False
    folded = fold(surface)
    return any(folded in function_words(language) for language in languages)


@cache
def function_words(language: str) -> frozenset[str]:
    """Folded words of a language that need not be found."""
    return _function_words().get(language, frozenset())


@cache
def _function_words() -> dict[str, frozenset[str]]:
    lines = _DATA.read_text(encoding="utf-8").splitlines()
    pairs = (line.split(": ", 1) for line in lines if line and not line.startswith("#"))
    return {language: frozenset(map(fold, text.split())) for language, text in pairs}
