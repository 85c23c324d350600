"""From a parsed query to the tree that engines compile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

import regex

from search.analysis import analyse, fold, reading
from search.analysis.base import Token
from search.query import ranking
from search.query.parse import Clause, ParsedQuery
from search.query.tree import (
    AllOf,
    AnyOf,
    BestOf,
    Boost,
    Constant,
    Everything,
    Not,
    Nothing,
    OneOf,
    Phrase,
    Prefer,
    Range,
    Term,
    Tree,
)

_ARABIC_SCRIPT = regex.compile(r"\p{Script=Arabic}")
_CYRILLIC_SCRIPT = regex.compile(r"\p{Script=Cyrillic}")
_STOPWORDS = Path(__file__).parent.parent / "analysis" / "data" / "stopwords.txt"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What shapes the tree beside the query itself.

    ``languages``: UI language first; ``typos``: folded word → (correction, number of errors).
    """

    languages: tuple[str, ...] = ("de", "en")
    today: date | None = None
    typos: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


def build(query: ParsedQuery, options: BuildOptions) -> Tree:
    """Make the tree for a query; an empty query matches everything."""
    if query.is_empty:
        return Everything()
    builder = _Builder(options)
    for clause in query.clauses:
        builder.add(clause)
    return builder.tree()


@cache
def stopwords() -> frozenset[str]:
    """Folded words that need not be found."""
    lines = _STOPWORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(
        fold(word) for line in lines if not line.startswith("#") for word in line.split()
    )


def query_languages(text: str, languages: Sequence[str]) -> tuple[str, ...]:
    """The languages to read a query in: by script where it tells, else those of the interface."""
    if _ARABIC_SCRIPT.search(text):
        return ("ar", "fa")
    if _CYRILLIC_SCRIPT.search(text):
        return ("uk", "ru")
    return tuple(languages)


def weighted_terms(token: Token, languages: Sequence[str]) -> dict[str, float]:
    """The terms of a query word in all its readings, with their weights, the best first."""
    weights: dict[str, float] = {}
    for rank, language in enumerate(languages):
        share = 1.0 if rank == 0 else ranking.OTHER_LANGUAGE_WEIGHT
        for place, term in enumerate(reading(token.surface, language).terms):
            weight = share * (1.0 if place == 0 else ranking.SECOND_TERM_WEIGHT)
            weights[term] = max(weight, weights.get(term, 0.0))
    return weights


class _Builder:
    def __init__(self, options: BuildOptions) -> None:
        self.options = options
        self.required: list[Tree] = []
        self.counted: list[Tree] = []
        self.excluded: list[Tree] = []
        self.optional: list[Tree] = []
        self.plain: list[Token] = []

    def add(self, clause: Clause) -> None:
        languages = query_languages(clause.text, self.options.languages)
        tokens = analyse(clause.text, languages[0])
        if not tokens:
            return
        if clause.is_excluded:
            self.excluded.append(self._one(clause, tokens, languages))
        elif clause.is_phrase or clause.field:
            self.required.append(self._one(clause, tokens, languages))
        else:
            for token in tokens:
                is_stopword = fold(token.surface) in stopwords()
                target = self.optional if is_stopword else self.counted
                target.append(self._word(token, languages))
            self.plain.extend(tokens)

    def _one(self, clause: Clause, tokens: list[Token], languages: Sequence[str]) -> Tree:
        """A clause that must hold as a whole: a phrase, a word, or words in a field."""
        if clause.is_phrase:
            if clause.field:
                return _phrase(clause.field, [token.base for token in tokens])
            return _phrase("exact", [fold(token.surface) for token in tokens])
        words = [self._word(token, languages, clause.field) for token in tokens]
        return words[0] if len(words) == 1 else AllOf(tuple(words))

    def _word(self, token: Token, languages: Sequence[str], only: str | None = None) -> Tree:
        """One word: the best of all fields and all readings."""
        folded = fold(token.surface)
        fields = {only: 1.0} if only else ranking.FIELD_WEIGHTS
        weights = weighted_terms(token, languages)
        for correction, errors in self.options.typos.get(folded, ()):
            for term in weighted_terms(_as_token(correction), languages):
                weights.setdefault(term, ranking.TYPO_WEIGHT / errors)
        parts: list[Tree] = [
            Boost(Term(name, term), weight * field_weight)
            for term, weight in weights.items()
            for name, field_weight in fields.items()
        ]
        if not only:
            parts.append(Boost(Term("exact", folded), ranking.EXACT_WEIGHT))
        return BestOf(tuple(parts), ranking.TIE)

    def tree(self) -> Tree:
        if not (self.counted or self.required or self.excluded or self.optional):
            return Nothing()  # nothing but signs: no word, no hit
        required = list(self.required)
        optional = list(self.optional)
        if self.counted:
            needed = ranking.words_needed(len(self.counted))
            if needed == len(self.counted):
                required.extend(self.counted)
            else:
                required.append(AnyOf(tuple(self.counted), needed))
        elif optional and not required:
            # A query of stop words alone ("was ist das") is searched as it stands.
            required, optional = optional, []
        main = AllOf((*required, *(Not(tree) for tree in self.excluded)))
        return Prefer(main, (*optional, *self._bonuses()))

    def _bonuses(self) -> list[Tree]:
        surfaces = [fold(token.surface) for token in self.plain]
        bonuses: list[Tree] = [
            Constant(Term("exact", surface), ranking.EXACT_BONUS) for surface in surfaces
        ]
        for first, second in zip(self.plain, self.plain[1:], strict=False):
            bonuses.extend(
                Boost(Phrase(name, (first.base, second.base)), weight)
                for name, weight in ranking.PHRASE_WEIGHTS.items()
            )
        if surfaces:
            whole = OneOf("title_whole", (whole_title(surfaces),))
            bonuses.append(Constant(whole, ranking.WHOLE_TITLE_BONUS))
        ui_language = OneOf("language", (self.options.languages[0],))
        bonuses.append(Constant(ui_language, ranking.UI_LANGUAGE_BONUS))
        if self.options.today is not None:
            bonuses.extend(
                Constant(Range("day", low=(self.options.today - age).toordinal()), bonus)
                for age, bonus in ranking.FRESHNESS_BONUSES
            )
        return bonuses


def whole_title(surfaces: Sequence[str]) -> str:
    """A title as one term, so that typing it exactly brings it to the top."""
    return "_".join(surfaces)[:200]


def _phrase(name: str, words: list[str]) -> Tree:
    return Term(name, words[0]) if len(words) == 1 else Phrase(name, tuple(words))


def _as_token(word: str) -> Token:
    return Token(0, len(word), 0, word, word)
