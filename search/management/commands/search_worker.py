"""Keep the index up to date, as a process of its own."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nexsm.base.locks import LockLost, exclusive
from search import indexer
from search.batches import unpark
from search.engines import EngineUnavailable
from search.files.reader import read_waiting
from search.locks import WRITER
from search.worker import start

_WAIT_SECONDS = 120


class Command(BaseCommand):
    """Run the index worker until it is stopped, or once."""

    help = "Bring the search index up to date: until stopped, or with --once until nothing is due."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="stop when nothing is due")
        parser.add_argument(
            "--retry", action="store_true", help="first try again what was given up"
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        if options["retry"]:
            self.stdout.write(f"{unpark()} jobs are tried again")
        if options["once"]:
            self._once()
            return
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_args: stop.set())
        self.stdout.write("Watching for changes.")
        for thread in start(stop):
            thread.join()

    def _once(self) -> None:
        read = read_waiting()
        if read:
            self.stdout.write(f"{read} files read")
        with exclusive(WRITER, wait_seconds=_WAIT_SECONDS) as guard:
            if guard is None:
                raise CommandError("Another process writes the index. Try again later.")
            try:
                done = indexer.bring_up_to_date(pulse=guard.check)
            except LockLost as error:
                raise CommandError("The connection to the database was lost.") from error
            except EngineUnavailable as error:
                raise CommandError(f"The search engine cannot be written: {error}") from error
        self.stdout.write(f"{done.jobs} jobs, {done.documents} documents, {done.failed} failed")
