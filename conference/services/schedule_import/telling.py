"""What became of a file, in lines of plain words, for the terminal and for the editors' pages."""

from __future__ import annotations

from django.utils.translation import gettext as _

from conference.services.schedule_import.findings import ScheduleRefusedError
from conference.services.schedule_import.running import ScheduleReport

SHOWN = 40


def refusal_lines(refused: ScheduleRefusedError) -> list[str]:
    """Why nothing was written."""
    lines = [_("Nothing was written. Problems: %(total)s") % {"total": refused.total}]
    lines += [str(problem) for problem in refused.problems]
    if refused.total > len(refused.problems):
        lines.append(_("… and %(number)s more") % {"number": refused.total - len(refused.problems)})
    return lines


def report_lines(report: ScheduleReport, *, everything: bool = False) -> list[str]:
    """What became of the file, in plain words."""
    outcome = report.outcome
    lines = [
        _("Read as %(kind)s, version %(version)s: %(title)s")
        % {"kind": report.kind, "version": report.version or "–", "title": report.title},
        _(
            "%(days)s days, %(rooms)s rooms, %(sessions)s sessions at %(occurrences)s times, "
            "%(items)s entries without a page, %(people)s people."
        )
        % report.counts,
        _("Sessions: %(created)s created, %(changed)s changed, %(unchanged)s unchanged.")
        % {
            "created": outcome.created,
            "changed": outcome.changed,
            "unchanged": outcome.unchanged,
        },
    ]
    lines += _special(report)
    lines += _repairs(report, everything=everything)
    if report.dry_run:
        lines.append(_("This was a trial: nothing was written."))
    return lines


def _special(report: ScheduleReport) -> list[str]:
    outcome, lines = report.outcome, []
    if outcome.cancelled:
        lines.append(_("%(number)s times cancelled.") % {"number": outcome.cancelled})
    elif report.gone_sessions or report.gone_times or report.gone_items:
        gone = [*report.gone_sessions, *report.gone_times, *report.gone_items]
        shown = ", ".join(f"“{title}”" for title in gone[:SHOWN])
        text = _("Not in this file any more, left as they are (%(number)s): %(titles)s")
        lines.append(text % {"number": len(gone), "titles": shown})
    if outcome.locked:
        text = _("Left alone, because editors locked them: %(number)s")
        lines.append(text % {"number": outcome.locked})
    if outcome.left_offline:
        lines.append(_("The conference stays offline, because editors withdrew it."))
    return lines


def _repairs(report: ScheduleReport, *, everything: bool) -> list[str]:
    lines = []
    if report.repair_total:
        lines.append(_("Repaired: %(number)s") % {"number": report.repair_total})
        shown = report.repairs if everything else report.repairs[:SHOWN]
        lines += [f"  {repair}" for repair in shown]
        if report.repair_total > len(shown):
            more = report.repair_total - len(shown)
            lines.append("  " + _("… and %(number)s more") % {"number": more})
    if report.left_out:
        names = ", ".join(f"{name} ({times})" for name, times in sorted(report.left_out.items()))
        lines.append(_("There is no place here for: %(names)s") % {"names": names})
    return lines
