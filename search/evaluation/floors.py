"""How good the search must stay. A change that lowers it fails; one that raises it may raise these."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from search.evaluation.results import TOGETHER, Results

# Half → figure → the least it may be. The goals are 0.95 (tuned) and 0.90 (aside) for nDCG@10.
FLOORS: Mapping[str, Mapping[str, float]] = {
    "tuned": {"ndcg": 0.94, "recall": 0.96, "success": 0.95},
    "aside": {"ndcg": 0.91, "recall": 0.96, "success": 0.87},
}
# Half → how many queries may find nothing although something is relevant. The goal is none.
MOST_ZERO_HITS: Mapping[str, int] = {"tuned": 0, "aside": 0}


def under_the_floor(name: str, measured: Results) -> Iterator[str]:
    """A line for each figure of an engine that is not good enough."""
    for half, floors in FLOORS.items():
        for figure, least in floors.items():
            value = measured[half][TOGETHER][figure]
            if value < least:
                yield f"{name}, {half}: {figure} is {value:.3f}, must be {least:.3f} at least"
    for half, most in MOST_ZERO_HITS.items():
        value = measured[half][TOGETHER]["zero_hits"]
        if value > most:
            yield f"{name}, {half}: {value:.0f} queries find nothing, {most} may at most"
