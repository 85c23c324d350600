"""How good an order of hits is. Pure functions on grades: 3 exactly this, 2 helpful, 1 touches it, 0 not."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10  # nobody looks further without turning the page
RECALL_DEPTH = 50
HELPFUL = 2  # from this grade a reader would miss the item

Grades = Mapping[str, int]


def gain(grade: int) -> int:
    """What an item is worth: 2^grade − 1, so that one exact hit outweighs several that touch it."""
    return int(2**grade - 1)


def ndcg(found: Sequence[str], grades: Grades, depth: int = DEPTH) -> float:
    """Gains of the first hits, discounted by rank, as a share of the best order possible.

    A query for which nothing is relevant scores 1 if nothing was found, else 0.
    """
    best = _discounted(sorted(grades.values(), reverse=True)[:depth])
    if not best:
        return 0.0 if found else 1.0
    return _discounted([grades.get(name, 0) for name in found[:depth]]) / best


def recall(found: Sequence[str], grades: Grades, depth: int = RECALL_DEPTH) -> float:
    """Which share of the helpful items (the best there are, if none is) is among the first hits."""
    best = max(grades.values(), default=0)
    wanted = {name for name, grade in grades.items() if grade >= min(HELPFUL, best) and grade}
    if not wanted:
        return 0.0 if found else 1.0
    return len(wanted.intersection(found[:depth])) / len(wanted)


def success(found: Sequence[str], grades: Grades) -> float:
    """1 if the first hit is as good as any there is, else 0."""
    best = max(grades.values(), default=0)
    if not best:
        return 0.0 if found else 1.0
    return float(bool(found) and grades.get(found[0], 0) == best)


def is_failed_zero(found: Sequence[str], grades: Grades) -> bool:
    """Whether nothing was found although something is relevant."""
    return not found and any(grades.values())


def _discounted(grades: Iterable[int]) -> float:
    return sum(gain(grade) / math.log2(rank + 2) for rank, grade in enumerate(grades))


@dataclass(frozen=True, slots=True)
class Figures:
    """Means over some queries; ``zero_hits`` is a number of queries."""

    queries: int
    ndcg: float
    recall: float
    success: float
    zero_hits: int


def figures(answers: Iterable[tuple[Sequence[str], Grades]]) -> Figures:
    """The means for these queries: found keys, best first, with the grades of that query."""
    rows = list(answers)
    count = max(1, len(rows))
    return Figures(
        queries=len(rows),
        ndcg=sum(ndcg(found, grades) for found, grades in rows) / count,
        recall=sum(recall(found, grades) for found, grades in rows) / count,
        success=sum(success(found, grades) for found, grades in rows) / count,
        zero_hits=sum(is_failed_zero(found, grades) for found, grades in rows),
    )
