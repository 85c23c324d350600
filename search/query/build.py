"""From a parsed query to the tree that engines compile."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import regex

from search.analysis import analyse, fold, reading
from search.analysis.suspended import completed
from search.query import ranking
from search.query.bonuses import bonuses
from search.query.languages import QueryLanguages, by_script, script_of
from search.query.parse import Clause, ParsedQuery
from search.query.rings import Expression, Match, Rings, terms_of
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
    Prefer,
    Tree,
)
from search.query.words import PlainWord, anywhere, compounds, quoted, terms_of_other

# What follows a hyphen of a gender form (Migrant/-innen) is no word.
_HYPHENATED = regex.compile(r"\p{L}[\p{L}*:_·•]*\p{L}(?:-(?!inn?en\b)\p{L}[\p{L}*:_·•]{3,})+")
_SCRIPTLESS = QueryLanguages((), ())


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What shapes the tree beside the query itself.

    ``languages``: UI language first; ``typos``: folded word → (correction, number of errors), the
    likeliest first; ``synonyms``: what else words may mean; ``relaxed``: find what has only some of
    the words, too.
    """

    languages: tuple[str, ...] = ("de", "en")
    today: date | None = None
    typos: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    synonyms: Rings = field(default_factory=Rings)
    relaxed: bool = False


def build(query: ParsedQuery, options: BuildOptions) -> Tree:
    """Make the tree for a query; an empty query matches everything."""
    return Everything() if query.is_empty else _Builder(query, options).tree()


class PlainQuery:
    """The words of a query as the builder reads them; ``languages`` is the guess for each script."""

    def __init__(self, query: ParsedQuery, languages: tuple[str, ...]) -> None:
        self._interface = languages
        asked = " ".join(clause.text for clause in query.clauses if not clause.is_excluded)
        self.languages = by_script(asked, languages)
        self._plain = " ".join(clause.text for clause in query.clauses if clause.is_plain)

    @cached_property
    def words(self) -> list[PlainWord]:
        """The plain words, in their order."""
        return list(self.read(_joined(self._plain)))

    def read(self, text: str) -> Iterator[PlainWord]:
        """The words of a text; one that waits for its end (Migranten- und …) is the whole word."""
        whole = completed(text)
        first = self._read_as(text)[0]
        for token in analyse(text, first):
            surface = whole.get(token.end)
            languages = self._read_as(token.surface)
            yield PlainWord(surface or token.surface, languages, is_waiting=surface is not None)

    def _read_as(self, text: str) -> tuple[str, ...]:
        return self.languages.get(script_of(text), _SCRIPTLESS).read or self._interface

    @property
    def preferred(self) -> tuple[str, ...]:
        """The languages the query seems to be written in."""
        found = (one for guess in self.languages.values() for one in guess.preferred)
        return tuple(dict.fromkeys(found)) or self._interface[:1]


def _joined(text: str) -> str:
    """Compounds written with a hyphen as one word: Migrant*innen-Organisation."""
    return _HYPHENATED.sub(_as_one_word, text)


def _as_one_word(match: regex.Match[str]) -> str:
    first, *others = match[0].split("-")
    word = first + "".join(other.lower() for other in others)
    return word if reading(word, "de").parts else match[0]


class _Builder:
    def __init__(self, query: ParsedQuery, options: BuildOptions) -> None:
        self.options = options
        self.read = PlainQuery(query, options.languages)
        self.required: list[Tree] = []
        self.excluded: list[Tree] = []
        self.plain = [self._corrected(word) for word in self.read.words]
        for clause in query.clauses:
            words = [] if clause.is_plain else list(self.read.read(clause.text))
            if words:
                place = self.excluded if clause.is_excluded else self.required
                place.append(_whole(clause, words))

    def _corrected(self, word: PlainWord) -> PlainWord:
        """The likeliest correction in place of the word; it is as good as typed."""
        found = self.options.typos.get(word.folded)
        if not found:
            return word
        (best, errors), *others = found
        less = ((other, ranking.TYPO_WEIGHT * errors / more) for other, more in others)
        return replace(word, surface=best, others=tuple(less))

    def tree(self) -> Tree:
        """The tree for the whole query."""
        counted, optional = self._plain_words()
        if not (counted or self.required or self.excluded or optional):
            return Nothing()  # nothing but signs: no word, no hit
        required = list(self.required)
        preferred: list[Tree] = []
        needed = ranking.words_needed(len(counted), relaxed=self.options.relaxed)
        if counted and needed < len(counted):
            required.append(AnyOf(tuple(counted), needed))
            preferred.extend(Constant(tree, ranking.COVERAGE_BONUS) for tree in counted)
        elif counted:
            required.extend(counted)
        elif optional and not required:
            # A query of stop words alone ("was ist das") is searched as it stands.
            required, optional = optional, []
        main = AllOf((*required, *(Not(tree) for tree in self.excluded)))
        preferred.extend(optional)
        preferred.extend(
            bonuses(self.plain, self.read.preferred, self.options.languages, self.options.today)
        )
        return Prefer(main, tuple(preferred))

    def _plain_words(self) -> tuple[list[Tree], list[Tree]]:
        """The words that must be found, and the stop words."""
        matches = self._matches()
        counted: list[Tree] = []
        optional: list[Tree] = []
        seen: list[frozenset[str]] = []
        waiting: list[Tree] = []
        for place, word in enumerate(self.plain):
            if word.is_stopword:
                optional.append(word.tree())
                continue
            terms = terms_of(word.surface, word.languages)
            here = [match for match in matches if match.first <= place < match.end]
            if any(not terms.isdisjoint(before) for before in seen):
                continue  # Migrantinnen und Migranten are one thing, named twice
            seen.append(terms)
            tree = self._with_alternatives(word, here)
            if word.is_waiting:
                waiting.append(tree)
            elif waiting:
                # Of a list (Migranten- und Geflüchtetenorganisationen) one suffices.
                counted.append(AnyOf((*waiting, tree)))
                waiting = []
            else:
                counted.append(tree)
        return counted + waiting, optional

    def _matches(self) -> list[Match]:
        """The synonyms of the query, as many of them as engines answer quickly."""
        found: list[Match] = []
        left = ranking.MAX_SYNONYM_WORDS
        for match in self.options.synonyms.matches(
            [terms_of(word.surface, word.languages) for word in self.plain]
        ):
            others: list[Expression] = []
            for other in match.others:
                left -= len(other.tokens) * match.length
                if left < 0:
                    break
                others.append(other)
            found.append(replace(match, others=tuple(others)))
        return found

    def _with_alternatives(self, word: PlainWord, matches: Sequence[Match]) -> Tree:
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
                    others.extend(_parts(other))
                else:
                    others.append(_together(other))
            if match.ring.leads_to:
                name, value = match.ring.leads_to
                bonus = ranking.LEADS_TO_BONUSES[name] / match.length
                others.append(Constant(OneOf(name, (value,)), bonus))
        others.extend(compounds(word))
        tree = word.tree(same)
        alternatives = tuple(dict.fromkeys(others))
        return BestOf((tree, *alternatives), ranking.TIE) if alternatives else tree


def _whole(clause: Clause, words: list[PlainWord]) -> Tree:
    """A clause that must hold as a whole: a phrase, a word, or words in a field."""
    if clause.is_phrase:
        if clause.field:
            return quoted(clause.field, [word.base for word in words])
        return quoted("exact", [word.folded for word in words])
    trees = tuple(word.tree(only=clause.field) for word in words)
    return trees[0] if len(trees) == 1 else AllOf(trees)


def _parts(other: Expression) -> Iterator[Tree]:
    """All parts of a synonym that is a compound: whoever types it finds them, too."""
    (token,) = other.tokens
    for tree in compounds(PlainWord(token.surface, other.languages)):
        yield Boost(tree, ranking.SYNONYM_WEIGHT)


def _together(other: Expression) -> Tree:
    """All words of a synonym; however many they are, they weigh as much as one."""
    words = tuple(
        anywhere(
            terms_of_other(token.surface, other.languages),
            {fold(token.surface): ranking.EXACT_WEIGHT},
        )
        for token in other.tokens
    )
    weight = ranking.SYNONYM_WEIGHT / len(words)
    return Boost(AllOf(words) if len(words) > 1 else words[0], weight)
