"""What import commands share: how they start and end; for tables the arguments and the report."""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _, override

from knowledge.services.imports import (
    ImportRefusedError,
    ImportReport,
    Options,
    OrganisationImport,
    Reading,
    ResourceImport,
    run_import,
)

MAX_SOURCE = 60
SHOWN_ROWS = 20


def terminal_language() -> str:
    """The language the terminal is set to (POSIX: LC_ALL, LC_MESSAGES, LANG), else English."""
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG")
    wanted = (named or "")[:2].lower()
    return wanted if wanted in dict(settings.LANGUAGES) else "en"


class FileCommand(BaseCommand, ABC):
    """Reads a file and reports in the language of the terminal."""

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        """Import; raises CommandError (exit code 1) with every problem."""
        with override(terminal_language()):
            try:
                lines = self.import_file(options)
            except DatabaseError as error:
                message = _("The database refused the import, nothing was written: %(reason)s")
                raise CommandError(message % {"reason": error}) from error
            for line in lines:
                self.stdout.write(line)

    @abstractmethod
    def import_file(self, options: dict[str, Any]) -> list[str]:
        """Do it and return the report, by lines; raises CommandError where a file is refused."""


class ImportCommand(FileCommand):
    """Reads a table or references and says in plain words what became of them."""

    importer_class: type[ResourceImport | OrganisationImport]

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file and how to treat it."""
        parser.add_argument(
            "file", type=Path, help=_("CSV or XLSX file with a header row, RIS or BibTeX")
        )
        parser.add_argument(
            "--publish",
            action="store_true",
            help=_("put the entries online; without it they become drafts"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("only check, write nothing"))
        parser.add_argument(
            "--source",
            default="csv",
            help=_("where the ids come from, if you import from several sources"),
        )
        for name in self.importer_class.fillable:
            parser.add_argument(
                f"--{name}",
                default="",
                help=_("value for rows that leave the column %(name)s empty") % {"name": name},
            )

    def import_file(self, options: dict[str, Any]) -> list[str]:
        """Import the rows of a file."""
        source = options["source"].strip()
        if not source.isprintable() or not 0 < len(source) <= MAX_SOURCE:
            raise CommandError(_("The source needs a name of 1 to 60 characters."))
        names = self.importer_class.fillable
        defaults = {name: options[name] for name in names if options[name]}
        try:
            report = run_import(
                path=options["file"],
                importer=self.importer_class(source),
                dry_run=options["dry_run"],
                options=Options(publish=options["publish"], reading=Reading(defaults=defaults)),
            )
        except ImportRefusedError as refused:
            raise CommandError(_refusal(refused)) from refused
        return _lines(report)


def _refusal(refused: ImportRefusedError) -> str:
    lines = [_("Nothing was written. Problems: %(total)s") % {"total": refused.total}]
    lines += [str(problem) for problem in refused.problems]
    if refused.total > len(refused.problems):
        lines.append(_("… and %(number)s more") % {"number": refused.total - len(refused.problems)})
    return "\n".join(lines)


def _lines(report: ImportReport) -> list[str]:
    counts = _("%(created)s created, %(changed)s changed, %(unchanged)s unchanged.") % {
        "created": report.created,
        "changed": report.changed,
        "unchanged": report.unchanged,
    }
    lines = [report.read_as, counts]
    if report.published:
        lines.append(_("%(number)s put online.") % {"number": report.published})
    if report.left_offline:
        text = _("%(number)s stay offline, because editors withdrew them.")
        lines.append(text % {"number": report.left_offline})
    if report.locked_rows:
        rows = ", ".join(map(str, report.locked_rows[:SHOWN_ROWS]))
        more = " …" if len(report.locked_rows) > SHOWN_ROWS else ""
        text = _("Left alone, because they are locked or being reviewed: rows %(rows)s")
        lines.append(text % {"rows": rows + more})
    if report.dry_run:
        lines.append(_("This was a trial: nothing was written."))
    return lines
