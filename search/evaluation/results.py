"""Figures of one engine in the form that is written to files and compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeAlias

from search.evaluation.asking import Answer
from search.evaluation.judgements import HALVES
from search.evaluation.metrics import Figures, figures

# Half ("tuned", "aside", "all") → phenomenon or "together" → name of the figure → value.
Results: TypeAlias = dict[str, dict[str, dict[str, float]]]
TOGETHER = "together"


def by_phenomenon(answers: Sequence[Answer]) -> dict[str, Figures]:
    """Figures for each phenomenon, in the order of the files."""
    groups: dict[str, list[Answer]] = {}
    for answer in answers:
        groups.setdefault(answer.query.phenomenon, []).append(answer)
    return {name: _figures(group) for name, group in groups.items()}


def results(answers: Sequence[Answer]) -> Results:
    """All figures: for both halves and for all queries, for each phenomenon and together."""
    found: Results = {}
    for half in (*HALVES, "all"):
        part = [answer for answer in answers if half in {"all", answer.query.half}]
        rows = {**by_phenomenon(part), TOGETHER: _figures(part)}
        found[half] = {
            name: {key: round(value, 4) for key, value in asdict(row).items()}
            for name, row in rows.items()
        }
    return found


def _figures(answers: Sequence[Answer]) -> Figures:
    return figures((answer.found, answer.query.grades) for answer in answers)
