"""Compare the index with the database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import consistency
from search.engines import EngineUnavailable, get_engine
from search.models import IndexJob

_SHOWN = 20


class Command(BaseCommand):
    """Report what is missing, stale or should not be in the index; exit code 1 if there is anything."""

    help = "Compare the search index with the database. Exit code 1 if they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair",
            action="store_true",
            help="note the differences for the worker, and what it has given up",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        try:
            report = consistency.compare(get_engine())
        except EngineUnavailable as error:
            raise CommandError(f"The search engine cannot be read: {error}") from error
        for name, keys in report.differences().items():
            self.stdout.write(f"{name}: {len(keys)}")
            for key in keys[:_SHOWN]:
                self.stdout.write(f"  {key}")
        self.stdout.write(f"{report.documents} documents compared")
        if options["repair"]:
            self._repair(report)
        elif not report.is_clean:
            sys.exit(1)

    def _repair(self, report: consistency.Report) -> None:
        given_up = IndexJob.objects.filter(is_parked=True).count()
        if given_up:
            self.stdout.write(f"{given_up} jobs are tried again")
        noted = consistency.repair(report)
        if noted or not report.is_clean:
            self.stdout.write(f"{noted} groups noted for the worker")
