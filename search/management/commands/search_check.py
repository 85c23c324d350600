"""Compare the index with the database."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import consistency
from search.engines import EngineUnavailable, get_engine

_SHOWN = 20


class Command(BaseCommand):
    """Report what is missing, stale or should not be in the index; exit code 1 if there is anything."""

    help = "Compare the search index with the database. Exit code 1 if they differ."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--repair", action="store_true", help="note the differences for the worker"
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
        if report.is_clean:
            return
        if options["repair"]:
            self.stdout.write(f"{consistency.repair(report)} groups noted for the worker")
            return
        sys.exit(1)
