"""What was found about an import on the web, as it is kept in the database."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from knowledge.services.imports.duplicates import Likeness
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.running import ImportReport

SHOWN_LIKENESSES = 200


def told(report: ImportReport, problems: Problems, likenesses: list[Likeness]) -> dict[str, Any]:
    """What an import did or would do, what is wrong in the file, and what resembles something."""
    counts = ("created", "changed", "unchanged", "published", "left_offline", "skipped")
    return {
        **{name: getattr(report, name) for name in counts},
        "rows": report.created + report.changed + report.unchanged + report.skipped,
        "read_as": report.read_as,
        "locked_rows": report.locked_rows[:SHOWN_LIKENESSES],
        "own_rows": report.own_rows[:SHOWN_LIKENESSES],
        "written": len(report.written),
        "problems": [str(problem) for problem in problems.shown],
        "problems_total": problems.total,
        "likenesses": [asdict(likeness) for likeness in likenesses[:SHOWN_LIKENESSES]],
        "likenesses_total": len(likenesses),
    }


def refusal(refused: ImportRefusedError) -> dict[str, Any]:
    """Why a file cannot be imported."""
    problems = [str(problem) for problem in refused.problems]
    return {"problems": problems, "problems_total": refused.total}
