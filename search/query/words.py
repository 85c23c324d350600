"""One word of a query: what it is looked for by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from search.analysis import fold, reading
from search.fields import ANYWHERE_FIELD, FORM_MARK
from search.query import ranking
from search.query.languages import is_function_word, languages_of
from search.query.rings import Expression, is_abbreviation
from search.query.tree import AllOf, BestOf, Boost, OneOf, Phrase, Term, Tree


@dataclass(frozen=True, slots=True)
class PlainWord:
    """A word of a query and the languages to read it in.

    ``others`` are less likely corrections with their weights. ``is_waiting``: what follows completes it
    (Migranten- und Geflüchtetenorganisationen), so the two are a list.
    """

    surface: str
    languages: tuple[str, ...]
    others: tuple[tuple[str, float], ...] = ()
    is_waiting: bool = False

    @property
    def is_stopword(self) -> bool:
        """Whether it need not be found."""
        return is_function_word(self.surface, self.languages)

    @property
    def folded(self) -> str:
        """Its written form as the index holds it."""
        return fold(self.surface)

    @property
    def base(self) -> str:
        """Its likeliest term."""
        return next(iter(weighted_terms(self.surface, self.languages)))

    def tree(self, same: Sequence[Expression] = (), only: str | None = None) -> Tree:
        """The best of all fields and all readings. ``same`` are words for the same thing."""
        weights = dict(weighted_terms(self.surface, self.languages))
        exact = {} if only else {self.folded: ranking.EXACT_WEIGHT}
        for correction, share in self.others:
            for term, weight in weighted_terms(correction, self.languages).items():
                weights.setdefault(term, weight * share)
        for other in same:
            (word,) = other.tokens
            for term, weight in terms_of_other(word.surface, other.languages).items():
                weights.setdefault(term, weight * ranking.SYNONYM_WEIGHT)
            exact.setdefault(fold(word.surface), ranking.EXACT_WEIGHT * ranking.SYNONYM_WEIGHT)
        return anywhere(weights, exact, {only: 1.0} if only else None)


@lru_cache(maxsize=20_000)
def weighted_terms(surface: str, languages: tuple[str, ...]) -> Mapping[str, float]:
    """The terms of a query word in all its readings, with their weights, the best first."""
    weights: dict[str, float] = {}
    for rank, language in enumerate(languages_of(surface, languages)):
        share = 1.0 if rank == 0 else ranking.OTHER_LANGUAGE_WEIGHT
        for place, term in enumerate(reading(surface, language).terms):
            weight = share * (1.0 if place == 0 else ranking.SECOND_TERM_WEIGHT)
            weights[term] = max(weight, weights.get(term, 0.0))
    return weights


def terms_of_other(surface: str, languages: tuple[str, ...]) -> Mapping[str, float]:
    """The terms of a word of a synonym."""
    return {fold(surface): 1.0} if is_abbreviation(surface) else weighted_terms(surface, languages)


def compounds(word: PlainWord) -> list[Tree]:
    """The parts of a compound, reading by reading: all of them, for one alone means something else."""
    found: list[Tree] = []
    for language in languages_of(word.surface, word.languages):
        parts = tuple(dict.fromkeys(reading(word.surface, language).parts))
        if parts:
            everywhere = tuple(anywhere({part: 1.0}, {}) for part in parts)
            found.append(Boost(AllOf(everywhere), ranking.PARTS_WEIGHT))
    return found


def anywhere(
    weights: Mapping[str, float],
    exact: Mapping[str, float],
    fields: Mapping[str, float] | None = None,
) -> Tree:
    """The best of these terms and written forms, wherever they stand."""
    where = ranking.FIELD_WEIGHTS if fields is None else fields
    same = None
    if fields is None:
        forms = (FORM_MARK + form for form in exact)
        same = OneOf(ANYWHERE_FIELD, (*weights, *forms))
    parts: list[Tree] = [
        Boost(Term(name, term), weight * field_weight)
        for term, weight in weights.items()
        for name, field_weight in where.items()
    ]
    parts.extend(Boost(Term("exact", form), weight) for form, weight in exact.items())
    return BestOf(tuple(parts), ranking.TIE, same)


def quoted(field: str, words: Sequence[str]) -> Tree:
    """Words one after the other, or one alone."""
    return Term(field, words[0]) if len(words) == 1 else Phrase(field, tuple(words))
