"""The queries that fare worst, in words for people who improve the search."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from search.evaluation.asking import Answer
from search.evaluation.corpus import works
from search.evaluation.metrics import DEPTH, HELPFUL, ndcg

_SHOWN = 5


def worst_first(answers: Iterable[Answer], below: float = 1.0) -> list[Answer]:
    """The answers whose nDCG lies below a bound, the worst first."""
    return sorted(
        (answer for answer in answers if ndcg(answer.found, answer.query.grades) < below),
        key=lambda answer: ndcg(answer.found, answer.query.grades),
    )


def described(answer: Answer, shown: int = _SHOWN) -> Iterator[str]:
    """What was found, with grades, and what is missing among the first ten."""
    query = answer.query
    value = ndcg(answer.found, query.grades)
    yield f"{value:.3f}  {query.text}   ({query.phenomenon}, {query.language}, {query.half})"
    for rank, group in enumerate(answer.found[:shown], 1):
        yield f"       {rank}. [{query.grades.get(group, 0)}] {_named(group)}"
    if not answer.found:
        yield "       nothing found"
    best = sorted(query.grades, key=lambda group: -query.grades[group])[:DEPTH]
    for group in best:
        if group not in answer.found[:DEPTH] and query.grades[group] >= HELPFUL:
            place = "not found"
            if group in answer.found:
                place = f"rank {answer.found.index(group) + 1}"
            yield f"       missing [{query.grades[group]}] {_named(group)} ({place})"


def _named(group: str) -> str:
    return f"{group}: {works()[group].versions[0].title}"
