"""Corrections for words the index does not know."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from search.analysis import analyse, fold, reading
from search.engines import Engine
from search.query.languages import is_function_word, query_languages
from search.query.parse import ParsedQuery
from search.query.words import weighted_terms

ONE_ERROR_FROM = 4
TWO_ERRORS_FROM = 8
MAX_CORRECTIONS = 5
# Another ending of the same word: so much must be equal, and so little may follow on either side.
_STEM_FROM = 6
_LONGEST_ENDING = 5
_SHORTEST_PART = 4
# German without umlauts on the keyboard.
_TWO_LETTERS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


@dataclass(frozen=True)
class Vocabulary:
    """The written words of one state of the index by their folded form, and their terms."""

    written: dict[str, str] = field(default_factory=dict)
    frequencies: dict[str, int] = field(default_factory=dict)
    terms: frozenset[str] = frozenset()

    def knows(self, words: Iterable[str]) -> bool:
        """Whether one of these terms or folded words stands in the index."""
        return not self.terms.isdisjoint(words)

    def corrections(self, folded: str) -> list[tuple[str, int]]:
        """Known words that may be meant, with the number of errors, the likeliest first.

        A typing error or two first, then an error in a part of a compound, then the same word with
        another ending.
        """
        if len(folded) < ONE_ERROR_FROM:
            return []
        spellings = dict.fromkeys((folded, _short_umlauts(folded)))
        for find in (self._mistyped, self._compounds, self._other_endings):
            found = {word: errors for one in spellings for word, errors in find(one)}
            if found:
                return sorted(found.items(), key=self._likeliest)[:MAX_CORRECTIONS]
        return []

    def _likeliest(self, found: tuple[str, int]) -> tuple[int, int, str]:
        word, errors = found
        return errors, -self.frequencies.get(word, 0), word

    def _mistyped(self, folded: str, allowed: int | None = None) -> Iterator[tuple[str, int]]:
        if allowed is None:
            allowed = 1 if len(folded) < TWO_ERRORS_FROM else 2
        same_letter = self._by_letter.get(folded[0], {})
        # Hardly anybody mistypes the first letter; who hears a word may write another.
        near = self._near(folded, same_letter, allowed) or self._near(folded, self._all, 1)
        return ((word, int(errors)) for _folded, errors, word in near)

    @staticmethod
    def _near(folded: str, words: dict[str, str], allowed: int) -> Sequence[tuple[str, float, str]]:
        # rapidfuzz compares the values and returns the keys.
        return extract(
            folded, words, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=50
        )

    def _compounds(self, folded: str) -> Iterator[tuple[str, int]]:
        """One part mistyped, the other one known: Migratenorganisation."""
        for cut in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
            start, end = folded[:cut], folded[cut:]
            if end in self.written:
                yield from ((word + end, errors) for word, errors in self._mistyped(start, 1))
            if start in self.written:
                yield from (
                    (self.written[start] + fold(word), errors)
                    for word, errors in self._mistyped(end, 1)
                )

    def _other_endings(self, folded: str) -> Iterator[tuple[str, int]]:
        """Words that differ in the ending alone: volontari, volontariato."""
        if len(folded) < _STEM_FROM:
            return
        for word, known in self._by_letter.get(folded[0], {}).items():
            shorter, longer = sorted((known, folded), key=len)
            endless = len(shorter) >= _STEM_FROM and len(longer) - len(shorter) <= _LONGEST_ENDING
            if endless and longer.startswith(shorter):
                yield word, len(longer) - len(shorter)

    @cached_property
    def _all(self) -> dict[str, str]:
        return {word: folded for folded, word in self.written.items()}

    @cached_property
    def _by_letter(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for folded, word in self.written.items():
            found.setdefault(folded[0], {})[word] = folded
        return found


class VocabularyCache:
    """The vocabulary of the current generation; read again when the index has changed a lot."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[str, str | None, int] | None = None
        self._vocabulary = Vocabulary()

    def get(self, engine: Engine, languages: tuple[str, ...]) -> Vocabulary:
        """The vocabulary. Raises EngineUnavailable."""
        health = engine.health()
        state = (engine.name, health.generation, health.documents)
        if state != self._state:
            with self._lock:
                self._vocabulary = make_vocabulary(engine.vocabulary(), languages)
                self._state = state
        return self._vocabulary


def make_vocabulary(frequencies: dict[str, int], languages: tuple[str, ...]) -> Vocabulary:
    """Sort words for look-up: of those that fold to the same, the most frequent wins."""
    written: dict[str, str] = {}
    terms: set[str] = set()
    for word, _count in sorted(frequencies.items(), key=lambda item: item[1]):
        folded = fold(word)
        if not folded:
            continue
        written[folded] = word
        terms.add(folded)
        for token in analyse(word, languages[0]):
            terms.update(weighted_terms(token.surface, languages))
            terms.update(reading(token.surface, "de").parts)
    return Vocabulary(written, frequencies, frozenset(terms))


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected query, as text to show and as alternatives for the tree."""

    text: str
    typos: dict[str, list[tuple[str, int]]]


def correct(
    query: ParsedQuery, text: str, languages: tuple[str, ...], vocabulary: Vocabulary
) -> Correction | None:
    """Correct the plain words the index does not know. None if there is nothing to correct.

    Quoted and excluded words are meant as they are written.
    """
    typos: dict[str, list[tuple[str, int]]] = {}
    corrected = text
    for clause in query.clauses:
        if clause.is_phrase or clause.is_excluded:
            continue
        read_as = query_languages(clause.text, languages)
        for token in analyse(clause.text, read_as[0]):
            folded = fold(token.surface)
            if is_function_word(token.surface, read_as) or _is_known(
                token.surface, read_as, vocabulary
            ):
                continue
            found = vocabulary.corrections(folded)
            if found:
                typos[folded] = found
                corrected = corrected.replace(token.surface, _like(token.surface, found[0][0]), 1)
    return Correction(corrected, typos) if typos else None


def _is_known(surface: str, languages: tuple[str, ...], vocabulary: Vocabulary) -> bool:
    """Whether the index knows the word, or all parts of it."""
    if vocabulary.knows((fold(surface), *weighted_terms(surface, languages))):
        return True
    parts = reading(surface, "de").parts
    return bool(parts) and vocabulary.terms.issuperset(parts)


def _like(written: str, correction: str) -> str:
    """The correction with a capital where the user wrote one."""
    return correction[:1].upper() + correction[1:] if written[:1].isupper() else correction


def _short_umlauts(folded: str) -> str:
    for two, one in _TWO_LETTERS:
        folded = folded.replace(two, one)
    return folded


vocabularies = VocabularyCache()
