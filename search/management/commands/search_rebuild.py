"""Build the index anew beside the one in use and swap."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from nexsm.base.locks import LockLost, exclusive
from search import generations
from search.engines import EngineUnavailable, get_engine
from search.locks import WRITER

_WAIT_SECONDS = 120


class Command(BaseCommand):
    """Rebuild the search index. Searching goes on meanwhile, edits are kept and follow."""

    help = "Build the search index anew and swap to it. Searching and editing go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument(
            "--processes",
            type=int,
            default=1,
            metavar="N",
            help="Read and analyse in N processes beside the one that writes.",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        with exclusive(WRITER, wait_seconds=_WAIT_SECONDS) as guard:
            if guard is None:
                raise CommandError("Another process writes the index. Try again later.")
            try:
                generation = generations.rebuild(
                    get_engine(), pulse=guard.check, processes=max(1, options["processes"])
                )
            except LockLost as error:
                raise CommandError("The connection to the database was lost.") from error
            except EngineUnavailable as error:
                raise CommandError(f"The search engine cannot be written: {error}") from error
        self.stdout.write(f"{generation.name}: {generation.documents} documents")
