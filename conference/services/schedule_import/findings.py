"""What an import has to tell: what it repaired, and what it could not repair."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

SHOWN = 500


@dataclass(frozen=True)
class Finding:
    """One thing in the file. `how` says what was done about it; empty for a problem."""

    place: str
    what: str
    how: str = ""

    def __str__(self) -> str:
        text = f"{self.what} → {self.how}" if self.how else self.what
        return f"{self.place}: {text}" if self.place else text


@dataclass
class Findings:
    """Collects findings: all are counted, the first ones are kept."""

    repairs: list[Finding] = field(default_factory=list)
    problems: list[Finding] = field(default_factory=list)
    repair_total: int = 0
    problem_total: int = 0
    # Names of parts of the file that have no place here, with how often they came.
    left_out: Counter[str] = field(default_factory=Counter)

    def repaired(self, place: str, what: str, how: str) -> None:
        """Note something that was put right."""
        self.repair_total += 1
        if len(self.repairs) < SHOWN:
            self.repairs.append(Finding(place, what, how))

    def problem(self, place: str, what: str) -> None:
        """Note something that stops the import."""
        self.problem_total += 1
        if len(self.problems) < SHOWN:
            self.problems.append(Finding(place, what))

    def refuse_if_problems(self) -> None:
        """Raises ScheduleRefusedError when there is a problem."""
        if self.problem_total:
            raise ScheduleRefusedError(self.problems, self.problem_total)


class ScheduleRefusedError(Exception):
    """The file cannot be imported; nothing was written."""

    def __init__(self, problems: list[Finding], total: int | None = None) -> None:
        self.problems = problems
        self.total = len(problems) if total is None else total
        super().__init__("\n".join(str(problem) for problem in problems))

    @classmethod
    def because(cls, reason: str, place: str = "") -> ScheduleRefusedError:
        """Refuse for one reason."""
        return cls([Finding(place, reason)])


def event_place(line: int | None, key: str, title: str) -> str:
    """Where a session stands in the file, in words a person can search for."""
    parts = [_("line %(line)s") % {"line": line}] if line else []
    parts.append(_("session %(key)s") % {"key": key[:60]} if key else _("session"))
    shown = "".join(char if char.isprintable() else " " for char in title[:60]).strip()
    place = ", ".join(parts)
    return _("%(place)s “%(title)s”") % {"place": place, "title": shown} if shown else place
