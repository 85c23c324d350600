"""Corrections for words the index does not know."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from search.analysis import analyse, fold
from search.engines import Engine
from search.query.languages import is_function_word, query_languages
from search.query.parse import ParsedQuery
from search.query.words import weighted_terms

ONE_ERROR_FROM = 4
TWO_ERRORS_FROM = 8
MAX_CORRECTIONS = 5


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The written words of one state of the index, sorted by first letter, and their terms."""

    by_letter: dict[str, dict[str, str]]
    frequencies: dict[str, int]
    terms: frozenset[str]

    def knows(self, words: set[str]) -> bool:
        """Whether one of these terms or folded words stands in the index."""
        return not self.terms.isdisjoint(words)

    def corrections(self, folded: str) -> list[tuple[str, int]]:
        """Known words a typing error or two away, with the number of errors, the likeliest first."""
        length = len(folded)
        if length < ONE_ERROR_FROM:
            return []
        allowed = 1 if length < TWO_ERRORS_FROM else 2
        near = extract(
            folded,
            self.by_letter.get(folded[0], {}),
            scorer=DamerauLevenshtein.distance,
            score_cutoff=allowed,
            limit=50,
        )
        found = sorted(
            ((word, int(errors)) for _folded, errors, word in near if errors),
            key=lambda pair: (pair[1], -self.frequencies[pair[0]], pair[0]),
        )
        return found[:MAX_CORRECTIONS]


class VocabularyCache:
    """The vocabulary of the current generation; read again when the index has changed a lot."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._state: tuple[str, str | None, int] | None = None
        self._vocabulary = Vocabulary({}, {}, frozenset())

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
    """Sort words for look-up. Keys are folded to themselves → written form, the most frequent wins."""
    by_letter: dict[str, dict[str, str]] = {}
    terms: set[str] = set()
    for word, _count in sorted(frequencies.items(), key=lambda item: item[1]):
        folded = fold(word)
        if not folded:
            continue
        # rapidfuzz compares the values and returns the keys.
        by_letter.setdefault(folded[0], {})[word] = folded
        terms.add(folded)
        for token in analyse(word, languages[0]):
            terms.update(weighted_terms(token.surface, languages))
    return Vocabulary(by_letter, frequencies, frozenset(terms))


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
            known = {folded, *weighted_terms(token.surface, read_as)}
            if is_function_word(token.surface, read_as) or vocabulary.knows(known):
                continue
            found = vocabulary.corrections(folded)
            if found:
                typos[folded] = found
                corrected = corrected.replace(token.surface, _like(token.surface, found[0][0]), 1)
    return Correction(corrected, typos) if typos else None


def _like(written: str, correction: str) -> str:
    """The correction with a capital where the user wrote one."""
    return correction.capitalize() if written[:1].isupper() else correction


vocabularies = VocabularyCache()
