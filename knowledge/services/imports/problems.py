"""What is wrong with a file, in words for the person who made it."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

SHOWN = 200


@dataclass(frozen=True)
class Problem:
    """One thing that must be mended. ``row`` counts like a spreadsheet: the header is row 1."""

    row: int | None
    column: str
    reason: str

    def __str__(self) -> str:
        if self.row is None:
            return self.reason
        if not self.column:
            return _("row %(row)s: %(reason)s") % {"row": self.row, "reason": self.reason}
        return _('row %(row)s, column "%(column)s": %(reason)s') % {
            "row": self.row,
            "column": self.column,
            "reason": self.reason,
        }


@dataclass
class Problems:
    """Collects problems: all are counted, the first ones are kept."""

    shown: list[Problem] = field(default_factory=list)
    total: int = 0

    def add(self, row: int | None, column: str, reason: str) -> None:
        """Note one problem."""
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Problem(row, column, reason))


class ImportRefusedError(Exception):
    """The file has problems; nothing was written."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems.shown
        self.total = problems.total
        super().__init__("\n".join(str(problem) for problem in problems.shown))

    @classmethod
    def because(cls, reason: str, row: int | None = None, column: str = "") -> ImportRefusedError:
        """Refuse for one reason."""
        problems = Problems()
        problems.add(row, column, reason)
        return cls(problems)
