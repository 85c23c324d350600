"""Counts what a run did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


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

    def add(self, kind: str, outcome: Outcome) -> None:
        """Count one thing."""
        self.counts.setdefault(kind, Counter())[outcome] += 1

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
