"""Counts what a run did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """What happened to one thing."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    # Somebody has edited or withdrawn it since: their work stands.
    KEPT = "kept"


@dataclass
class Tally:
    """Outcomes by kind of thing, in the order in which the kinds were met."""

    counts: dict[str, Counter[Outcome]] = field(default_factory=dict)
    # What was written and refers to other things: pages and curated items.
    touched: list[Any] = field(default_factory=list)

    def add(self, kind: str, outcome: Outcome, written: Any = None) -> None:
        """Count one thing; remember it if it was written."""
        self.counts.setdefault(kind, Counter())[outcome] += 1
        if written is not None and outcome in (Outcome.CREATED, Outcome.CHANGED):
            self.touched.append(written)

    def total(self, outcome: Outcome) -> int:
        """How many things had this outcome."""
        return sum(counter[outcome] for counter in self.counts.values())

    def of(self, kind: str) -> int:
        """How many things of this kind were met."""
        return self.counts.get(kind, Counter()).total()

    def lines(self) -> list[str]:
        """One line for each kind, and one for all together."""
        rows = [(kind, counter) for kind, counter in self.counts.items()]
        rows.append(("together", sum(self.counts.values(), Counter[Outcome]())))
        return [
            f"{kind}: " + ", ".join(f"{counter[outcome]} {outcome}" for outcome in Outcome)
            for kind, counter in rows
        ]
