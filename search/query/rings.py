"""Words that mean the same, ready to be looked up by the words of a query. Knows no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain

from search.analysis import Token, analyse, fold, reading
from search.query.languages import languages_of, query_languages

# Longer expressions are found by the others of their ring, but do not find them.
MAX_WORDS_MATCHED = 3
# Longer ones are sentences: nobody means them as one thing.
MAX_WORDS_SOUGHT = 5
_LATIN = ("de", "en")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Expression:
    """One word, or several that belong together, and how to read it."""

    tokens: tuple[Token, ...]
    languages: tuple[str, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from others: its analysed words."""
        return tuple(token.base for token in self.tokens)


@dataclass(frozen=True, slots=True)
class Ring:
    """Expressions that find each other; or words that lead to a topic.

    Every one of ``known_by`` finds ``finds``, and what has this value of this facet, if there is one:
    ``leads_to`` is facet and value, ``("topic", "housing")``.
    """

    known_by: tuple[Expression, ...]
    finds: tuple[Expression, ...]
    leads_to: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """A ring that some neighbouring words of a query belong to."""

    first: int
    length: int
    ring: Ring
    others: tuple[Expression, ...]

    @property
    def end(self) -> int:
        """The place after its last word."""
        return self.first + self.length


@dataclass(frozen=True, slots=True)
class Rings:
    """All rings, found by the first word of their expressions."""

    by_first: dict[str, tuple[tuple[tuple[frozenset[str], ...], Expression, Ring], ...]] = field(
        default_factory=dict
    )

    def matches(self, words: Sequence[frozenset[str]]) -> list[Match]:
        """The rings whose expressions stand in a query, each place of a ring once.

        ``words`` are the words of the query one after the other, each with all terms it may be.
        """
        found: dict[tuple[int, int, int], Match] = {}
        for first, terms in enumerate(words):
            for needed, expression, ring in self._beginning_with(terms):
                length = len(needed)
                here = words[first : first + length]
                if len(here) < length or any(
                    want.isdisjoint(have) for want, have in zip(needed, here, strict=True)
                ):
                    continue
                others = tuple(one for one in ring.finds if one.key != expression.key)
                found.setdefault((first, length, id(ring)), Match(first, length, ring, others))
        return list(found.values())

    def _beginning_with(
        self, terms: Iterable[str]
    ) -> Iterable[tuple[tuple[frozenset[str], ...], Expression, Ring]]:
        return chain.from_iterable(self.by_first.get(term, ()) for term in sorted(terms))


def expression(text: str) -> Expression | None:
    """Read an expression in its likely language: by its script, else German, then English.

    None if no word is in it.
    """
    languages = query_languages(text, _LATIN)
    tokens = tuple(analyse(text, languages[0]))
    return Expression(tokens, languages) if tokens else None


def is_abbreviation(surface: str) -> bool:
    """Whether a word is too short to be anything but itself: word lists take AI for a form of be."""
    return len(fold(surface)) <= _SHORT


def terms_of(surface: str, languages: tuple[str, ...]) -> frozenset[str]:
    """What a word is compared by: its folded form, and its first term in each language."""
    if is_abbreviation(surface):
        return frozenset((fold(surface),))
    read_as = languages_of(surface, languages)
    return frozenset((fold(surface), *(reading(surface, one).terms[0] for one in read_as)))


def make_ring(
    known_by: Iterable[str], finds: Iterable[str], leads_to: tuple[str, str] | None = None
) -> Ring | None:
    """A ring of texts as editors write them; None if there is nothing to find."""
    knowing = _expressions(known_by, MAX_WORDS_MATCHED)
    finding = _expressions(finds, MAX_WORDS_SOUGHT)
    enough = leads_to is not None or len({one.key for one in (*knowing, *finding)}) > 1
    return Ring(knowing, finding, leads_to) if knowing and enough else None


def make_rings(rings: Iterable[Ring]) -> Rings:
    """Sort rings for look-up."""
    by_first: dict[str, list[tuple[tuple[frozenset[str], ...], Expression, Ring]]] = {}
    for ring in rings:
        for one in ring.known_by:
            needed = tuple(terms_of(token.surface, one.languages) for token in one.tokens)
            for term in needed[0]:
                by_first.setdefault(term, []).append((needed, one, ring))
    return Rings({term: tuple(entries) for term, entries in by_first.items()})


def _expressions(texts: Iterable[str], most: int) -> tuple[Expression, ...]:
    found: dict[tuple[str, ...], Expression] = {}
    for text in texts:
        one = expression(text)
        if one is not None and len(one.tokens) <= most:
            found.setdefault(one.key, one)
    return tuple(found.values())
