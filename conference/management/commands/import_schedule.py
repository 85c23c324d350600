"""Import a conference from schedule.xml or schedule.json."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _, override

from conference.services.schedule_import import (
    ImportOptions,
    ScheduleRefusedError,
    ScheduleReport,
    import_schedule,
)
from knowledge.management.import_command import terminal_language

SHOWN = 40


class Command(BaseCommand):
    """``manage.py import_schedule FILE [--conference SLUG | --parent SLUG] [--publish] [--dry-run]``."""

    help = "Import a conference from schedule.xml or schedule.json: everything or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and how to treat it."""
        parser.add_argument("file", type=Path, help=_("schedule.xml or schedule.json"))
        target = parser.add_mutually_exclusive_group()
        target.add_argument(
            "--conference",
            default="",
            metavar="SLUG",
            help=_(
                "the conference to import into; without it the one imported before, or a new one"
            ),
        )
        target.add_argument(
            "--parent",
            default="",
            metavar="SLUG",
            help=_("the list of conferences to put a new one in, if there are several"),
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help=_("put everything online; without it there are only drafts"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("only check, write nothing"))
        parser.add_argument(
            "--timezone",
            default="",
            metavar="NAME",
            help=_("the time zone, if the file names none: Europe/Berlin"),
        )
        parser.add_argument(
            "--trust",
            default="",
            choices=["date", "start"],
            help=_("which one is right, if date and start are different times"),
        )
        parser.add_argument(
            "--cancel-missing",
            action="store_true",
            help=_("cancel what an earlier file had and this one has not"),
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Import; raises CommandError (exit code 1) with every problem."""
        with override(terminal_language()):
            self._import(options)

    def _import(self, options: dict[str, Any]) -> None:
        chosen = ImportOptions(
            conference=options["conference"],
            parent=options["parent"],
            timezone=options["timezone"],
            trust=options["trust"],
            publish=options["publish"],
            dry_run=options["dry_run"],
            cancel_missing=options["cancel_missing"],
        )
        try:
            report = import_schedule(options["file"], chosen)
        except ScheduleRefusedError as refused:
            raise CommandError(_refusal(refused)) from refused
        except DatabaseError as error:
            message = _("The database refused the import, nothing was written: %(reason)s")
            raise CommandError(message % {"reason": error}) from error
        for line in report_lines(report, everything=options["verbosity"] > 1):
            self.stdout.write(line)


def _refusal(refused: ScheduleRefusedError) -> str:
    lines = [_("Nothing was written. Problems: %(total)s") % {"total": refused.total}]
    lines += [str(problem) for problem in refused.problems]
    if refused.total > len(refused.problems):
        lines.append(_("… and %(number)s more") % {"number": refused.total - len(refused.problems)})
    return "\n".join(lines)


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
