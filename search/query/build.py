"""From a parsed query to the tree that engines compile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from search.analysis import analyse, fold, reading
from search.analysis.base import Token
from search.query import ranking
from search.query.languages import query_languages
from search.query.parse import Clause, ParsedQuery
from search.query.rings import Expression, Match, Rings, is_abbreviation, terms_of
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

_STOPWORDS = Path(__file__).parent.parent / "analysis" / "data" / "stopwords.txt"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What shapes the tree beside the query itself.

    ``languages``: UI language first; ``typos``: folded word → (correction, number of errors);
    ``synonyms``: what else words may mean.
    """

    languages: tuple[str, ...] = ("de", "en")
    today: date | None = None
    typos: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    synonyms: Rings = field(default_factory=Rings)


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


def weighted_terms(token: Token, languages: Sequence[str]) -> dict[str, float]:
    """The terms of a query word in all its readings, with their weights, the best first."""
    weights: dict[str, float] = {}
    for rank, language in enumerate(languages):
        share = 1.0 if rank == 0 else ranking.OTHER_LANGUAGE_WEIGHT
        for place, term in enumerate(reading(token.surface, language).terms):
            weight = share * (1.0 if place == 0 else ranking.SECOND_TERM_WEIGHT)
            weights[term] = max(weight, weights.get(term, 0.0))
    return weights


@dataclass(frozen=True, slots=True)
class _PlainWord:
    """A word that is neither quoted nor excluded, nor looked for in one field."""

    token: Token
    languages: tuple[str, ...]

    @property
    def is_stopword(self) -> bool:
        return fold(self.token.surface) in stopwords()


class _Builder:
    def __init__(self, options: BuildOptions) -> None:
        self.options = options
        self.required: list[Tree] = []
        self.excluded: list[Tree] = []
        self.plain: list[_PlainWord] = []

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
            self.plain.extend(_PlainWord(token, languages) for token in tokens)

    def _one(self, clause: Clause, tokens: list[Token], languages: Sequence[str]) -> Tree:
        """A clause that must hold as a whole: a phrase, a word, or words in a field."""
        if clause.is_phrase:
            if clause.field:
                return _phrase(clause.field, [token.base for token in tokens])
            return _phrase("exact", [fold(token.surface) for token in tokens])
        words = [self._word(token, languages, clause.field) for token in tokens]
        return words[0] if len(words) == 1 else AllOf(tuple(words))

    def _word(
        self,
        token: Token,
        languages: Sequence[str],
        only: str | None = None,
        same: Sequence[Expression] = (),
    ) -> Tree:
        """One word: the best of all fields and all readings. ``same`` are words for the same thing."""
        folded = fold(token.surface)
        fields = {only: 1.0} if only else ranking.FIELD_WEIGHTS
        weights = weighted_terms(token, languages)
        exact = {} if only else {folded: ranking.EXACT_WEIGHT}
        for correction, errors in self.options.typos.get(folded, ()):
            for term in weighted_terms(_as_token(correction), languages):
                weights.setdefault(term, ranking.TYPO_WEIGHT / errors)
        for other in same:
            (word,) = other.tokens
            for term, weight in _terms_of_other(word, other.languages).items():
                weights.setdefault(term, weight * ranking.SYNONYM_WEIGHT)
            exact.setdefault(fold(word.surface), ranking.EXACT_WEIGHT * ranking.SYNONYM_WEIGHT)
        return _anywhere(weights, exact, fields)

    def _plain_words(self) -> tuple[list[Tree], list[Tree]]:
        """The words that must be found, and the stop words."""
        matches = self._matches()
        counted: list[Tree] = []
        optional: list[Tree] = []
        for place, word in enumerate(self.plain):
            if word.is_stopword:
                optional.append(self._word(word.token, word.languages))
            else:
                here = [match for match in matches if match.first <= place < match.end]
                counted.append(self._with_alternatives(word, here))
        return counted, optional

    def _matches(self) -> list[Match]:
        """The synonyms of the query, as many of them as engines answer quickly."""
        found: list[Match] = []
        left = ranking.MAX_SYNONYM_WORDS
        for match in self.options.synonyms.matches(
            [terms_of(word.token.surface, word.languages) for word in self.plain]
        ):
            others: list[Expression] = []
            for other in match.others:
                left -= len(other.tokens) * match.length
                if left < 0:
                    break
                others.append(other)
            found.append(replace(match, others=tuple(others)))
        return found

    def _with_alternatives(self, word: _PlainWord, matches: Sequence[Match]) -> Tree:
        """A word, or what may stand in its place.

        What may stand for several words is an alternative of each of them: all must be found, so it
        is found instead of all of them, and how many words a query has stays the same.
        """
        same: list[Expression] = []
        others: list[Tree] = []
        for match in matches:
            for other in match.others:
                if len(other.tokens) == match.length == 1:
                    same.append(other)
                else:
                    others.append(self._together(other))
            if match.ring.topic:
                topic = OneOf("topic", (match.ring.topic,))
                others.append(Constant(topic, ranking.TOPIC_BONUS / match.length))
        others.extend(_compounds(word))
        tree = self._word(word.token, word.languages, same=same)
        alternatives = tuple(dict.fromkeys(others))
        return BestOf((tree, *alternatives), ranking.TIE) if alternatives else tree

    def _together(self, other: Expression) -> Tree:
        """All words of a synonym; however many they are, they weigh as much as one."""
        words = tuple(
            _anywhere(
                _terms_of_other(token, other.languages),
                {fold(token.surface): ranking.EXACT_WEIGHT},
            )
            for token in other.tokens
        )
        weight = ranking.SYNONYM_WEIGHT / len(words)
        return Boost(AllOf(words) if len(words) > 1 else words[0], weight)

    def tree(self) -> Tree:
        counted, optional = self._plain_words()
        if not (counted or self.required or self.excluded or optional):
            return Nothing()  # nothing but signs: no word, no hit
        required = list(self.required)
        if counted:
            needed = ranking.words_needed(len(counted))
            if needed == len(counted):
                required.extend(counted)
            else:
                required.append(AnyOf(tuple(counted), needed))
        elif optional and not required:
            # A query of stop words alone ("was ist das") is searched as it stands.
            required, optional = optional, []
        main = AllOf((*required, *(Not(tree) for tree in self.excluded)))
        return Prefer(main, (*optional, *self._bonuses()))

    def _bonuses(self) -> list[Tree]:
        surfaces = [fold(word.token.surface) for word in self.plain]
        bonuses: list[Tree] = [
            Constant(Term("exact", surface), ranking.EXACT_BONUS) for surface in surfaces
        ]
        for first, second in zip(self.plain, self.plain[1:], strict=False):
            bonuses.extend(
                Boost(Phrase(name, (first.token.base, second.token.base)), weight)
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


def _compounds(word: _PlainWord) -> list[Tree]:
    """The parts of a compound, all of them: one alone means something else."""
    found: list[Tree] = []
    for language in word.languages:
        parts = tuple(dict.fromkeys(reading(word.token.surface, language).parts))
        if parts:
            everywhere = tuple(_anywhere({part: 1.0}, {}) for part in parts)
            found.append(Boost(AllOf(everywhere), ranking.PARTS_WEIGHT))
    return found


def _terms_of_other(word: Token, languages: Sequence[str]) -> Mapping[str, float]:
    """The terms of a word of a synonym."""
    if is_abbreviation(word.surface):
        return {fold(word.surface): 1.0}
    return weighted_terms(word, languages)


def _anywhere(
    weights: Mapping[str, float],
    exact: Mapping[str, float],
    fields: Mapping[str, float] = ranking.FIELD_WEIGHTS,
) -> Tree:
    """The best of these terms and written forms, wherever they stand."""
    parts: list[Tree] = [
        Boost(Term(name, term), weight * field_weight)
        for term, weight in weights.items()
        for name, field_weight in fields.items()
    ]
    parts.extend(Boost(Term("exact", form), weight) for form, weight in exact.items())
    return BestOf(tuple(parts), ranking.TIE)


def whole_title(surfaces: Sequence[str]) -> str:
    """A title as one term, so that typing it exactly brings it to the top."""
    return "_".join(surfaces)[:200]


def _phrase(name: str, words: list[str]) -> Tree:
    return Term(name, words[0]) if len(words) == 1 else Phrase(name, tuple(words))


def _as_token(word: str) -> Token:
    return Token(0, len(word), 0, word, word)
