"""Import a conference from schedule.xml or schedule.json."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from conference.services.schedule_import import (
    ImportOptions,
    ScheduleRefusedError,
    import_schedule,
    refusal_lines,
    report_lines,
)
from knowledge.management.import_command import FileCommand


class Command(FileCommand):
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

    def import_file(self, options: dict[str, Any]) -> list[str]:
        """Import a conference."""
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
            raise CommandError("\n".join(refusal_lines(refused))) from refused
        return list(report_lines(report, everything=options["verbosity"] > 1))
