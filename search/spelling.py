"""Corrections for words the index does not know."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from rapidfuzz.distance import DamerauLevenshtein
from rapidfuzz.process import extract

from search.analysis import fold
from search.engines import Engine
from search.query.words import PlainWord

ONE_ERROR_FROM = 4
TWO_ERRORS_FROM = 8
ANY_LETTER_FROM = 6
# Longer ones are no words of a language.
LONGEST = 60
MAX_CORRECTIONS = 5
# Another ending of the same word: so much must be equal, and so little may follow on either side.
_STEM_FROM = 6
_LONGEST_ENDING = 5
_SHORTEST_PART = 4
_SHORTEST_MISTYPED_PART = 6
# German without umlauts on the keyboard.
_TWO_LETTERS = (("ae", "a"), ("oe", "o"), ("ue", "u"))


class Candidate(NamedTuple):
    """A word that may be meant, the number of errors, and the words of the vocabulary it is made of."""

    word: str
    errors: int
    made_of: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """The written words of one state of the index by their folded form."""

    written: dict[str, str] = field(default_factory=dict)
    frequencies: dict[str, int] = field(default_factory=dict)

    def corrections(self, folded: str) -> list[Candidate]:
        """What may be meant, the likeliest first.

        A typing error or two first, then the same word with another ending, then an error in a part of
        a compound.
        """
        if not ONE_ERROR_FROM <= len(folded) <= LONGEST:
            return []
        spellings = dict.fromkeys((folded, _short_umlauts(folded)))
        for find in (self._mistyped, self._other_endings, self._compounds):
            found = {one.word: one for spelling in spellings for one in find(spelling)}
            if found:
                return sorted(found.values(), key=self._likeliest)[:MAX_CORRECTIONS]
        return []

    def _likeliest(self, found: Candidate) -> tuple[int, int, str]:
        return found.errors, -self.frequencies.get(found.word, 0), found.word

    def _mistyped(self, folded: str, allowed: int | None = None) -> Iterator[Candidate]:
        if allowed is None:
            allowed = 1 if len(folded) < TWO_ERRORS_FROM else 2
        near = self._near(folded, self._by_letter.get(folded[0], {}), allowed)
        if not near and len(folded) >= ANY_LETTER_FROM:
            # Hardly anybody mistypes the first letter; who hears a word may write another.
            near = self._near(folded, self._all, 1)
        return (Candidate(word, int(errors), (word,)) for _folded, errors, word in near)

    @staticmethod
    def _near(folded: str, words: dict[str, str], allowed: int) -> Sequence[tuple[str, float, str]]:
        # rapidfuzz compares the values and returns the keys.
        return extract(
            folded, words, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=50
        )

    def _compounds(self, folded: str) -> Iterator[Candidate]:
        """One part mistyped, the other one known: Migratenorganisation."""
        for cut in range(_SHORTEST_PART, len(folded) - _SHORTEST_PART + 1):
            start, end = folded[:cut], folded[cut:]
            if end in self.written and len(start) >= _SHORTEST_MISTYPED_PART:
                for one in self._mistyped(start, 1):
                    made_of = (one.word, self.written[end])
                    yield Candidate(one.word + end, one.errors, made_of)
            if start in self.written and len(end) >= _SHORTEST_MISTYPED_PART:
                for one in self._mistyped(end, 1):
                    made_of = (self.written[start], one.word)
                    yield Candidate(made_of[0] + fold(one.word), one.errors, made_of)

    def _other_endings(self, folded: str) -> Iterator[Candidate]:
        """Words that differ in the ending alone: volontari, volontariato."""
        if len(folded) < _STEM_FROM:
            return
        for word, known in self._by_letter.get(folded[0], {}).items():
            shorter, longer = sorted((known, folded), key=len)
            endless = len(shorter) >= _STEM_FROM and len(longer) - len(shorter) <= _LONGEST_ENDING
            if endless and longer.startswith(shorter):
                yield Candidate(word, len(longer) - len(shorter), (word,))

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

    def get(self, engine: Engine) -> Vocabulary:
        """The vocabulary. Raises EngineUnavailable."""
        health = engine.health()
        state = (engine.name, health.generation, health.documents)
        if state != self._state:
            with self._lock:
                self._vocabulary = make_vocabulary(engine.vocabulary())
                self._state = state
        return self._vocabulary


def make_vocabulary(frequencies: dict[str, int]) -> Vocabulary:
    """Sort words for look-up: of those that fold to the same, the most frequent wins."""
    written: dict[str, str] = {}
    for word, _count in sorted(frequencies.items(), key=lambda item: item[1]):
        folded = fold(word)
        if folded:
            written[folded] = word
    return Vocabulary(written, frequencies)


@dataclass(frozen=True, slots=True)
class Correction:
    """A corrected query, as text to show and as alternatives for the tree."""

    text: str
    typos: dict[str, list[tuple[str, int]]]


def correct(
    text: str,
    unknown: Iterable[PlainWord],
    vocabulary: Vocabulary,
    may_be_said: Callable[[str], bool],
) -> Correction | None:
    """Correct the words of a query the index does not know. None if there is nothing to correct.

    ``may_be_said`` tells whether a word of the vocabulary may be shown to the person who asks.
    """
    typos: dict[str, list[tuple[str, int]]] = {}
    corrected = text
    for word in unknown:
        found = [
            (one.word, one.errors)
            for one in vocabulary.corrections(word.folded)
            if all(map(may_be_said, one.made_of))
        ]
        if found:
            typos[word.folded] = found
            corrected = corrected.replace(word.surface, _like(word.surface, found[0][0]), 1)
    return Correction(corrected, typos) if typos else None


def _like(written: str, correction: str) -> str:
    """The correction with a capital where the user wrote one."""
    return correction[:1].upper() + correction[1:] if written[:1].isupper() else correction


def _short_umlauts(folded: str) -> str:
    for two, one in _TWO_LETTERS:
        folded = folded.replace(two, one)
    return folded


vocabularies = VocabularyCache()
