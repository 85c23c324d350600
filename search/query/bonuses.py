"""What makes one match better than another, though both match."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from search.fields import KEPT
from search.query import ranking
from search.query.tree import Boost, Constant, OneOf, Phrase, Range, Term, Tree
from search.query.words import PlainWord

_WIDELY_READ = ("de", "en")


def bonuses(
    words: Sequence[PlainWord],
    preferred: Sequence[str],
    interface: Sequence[str],
    today: date | None,
) -> Iterator[Tree]:
    """All bonuses for the plain words of a query.

    ``preferred``: the languages the query seems to be written in; ``interface``: that of the pages first.
    """
    surfaces = [word.folded for word in words]
    for surface in dict.fromkeys(surfaces):
        yield Constant(Term("exact", surface), ranking.EXACT_BONUS)
    bases = [word.base for word in words]
    for pair in dict.fromkeys(pairwise(bases)):
        for name, weight in ranking.PHRASE_WEIGHTS.items():
            yield Boost(Phrase(name, pair), weight)
    if len(bases) > 2:  # noqa: PLR2004 - a pair was looked for above
        yield Boost(Phrase("title", tuple(bases)), ranking.WHOLE_PHRASE_WEIGHT)
    if len(surfaces) > 1:
        yield Boost(Phrase("exact", tuple(surfaces)), ranking.EXACT_PHRASE_WEIGHT)
    if surfaces:
        whole = OneOf("title_whole", (whole_title(surfaces),))
        yield Constant(whole, ranking.WHOLE_TITLE_BONUS)
    yield Constant(OneOf("standing", (KEPT,)), ranking.KEPT_BONUS)
    yield from _languages(max(1, len(words)), preferred, interface)
    if today is not None:
        for age, bonus in ranking.FRESHNESS_BONUSES:
            yield Constant(Range("day", low=(today - age).toordinal()), bonus)


def _languages(count: int, preferred: Sequence[str], interface: Sequence[str]) -> Iterator[Tree]:
    """What can be read comes before what cannot; it adds up: an item may be readable in several."""
    often = tuple(dict.fromkeys((*preferred, interface[0], *_WIDELY_READ)))
    bonus = ranking.LANGUAGE_BONUS + ranking.LANGUAGE_BONUS_PER_WORD * (count - 1)
    yield Constant(OneOf("written", tuple(preferred)), bonus)
    yield Constant(OneOf("written", often), bonus * ranking.WIDELY_READ_SHARE)


def whole_title(surfaces: Sequence[str]) -> str:
    """A title as one term, so that typing it exactly brings it to the top."""
    return "_".join(surfaces)[:200]
