"""What a fresh copy needs before the server starts, in one process."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from conference.models import ConferencePage
from knowledge.models import Organisation, Resource
from nexsm.demo.loader import load
from search.engines import EngineUnavailable, get_engine
from search.generations import needs_rebuild

ACCOUNTS_FILE = "test-accounts.txt"


class Command(BaseCommand):
    """Bring database, demo content and search index up to date. What is there is left alone."""

    help = "Bring database, demo content and search index up to date; does nothing twice."
    requires_system_checks: list[str] = []  # the server that starts next runs them

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--serve",
            metavar="ADDRESS",
            help="then serve the site there with Django's development server, in the same process",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        # Django's reloader starts this command again, under this mark, after every change of a file.
        if os.environ.get("RUN_MAIN") != "true":
            self._migrate()
            self._load_demo()
            self._index()
            self._show_accounts()
        if options["serve"]:
            call_command("runserver", options["serve"])

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database")
            call_command("migrate", interactive=False, verbosity=0)

    def _load_demo(self) -> None:
        if any(model.objects.exists() for model in (ConferencePage, Resource, Organisation)):
            return
        self.stdout.write("Loading the NexSM24 conference and examples")
        result = load(with_examples=True, with_accounts=settings.DEBUG)
        lines = [f"  {email}  {password}\n" for email, password in result.passwords.items()]
        if lines:
            # The passwords are stored nowhere else, and work on this machine only.
            self._accounts_file.touch(mode=0o600)
            self._accounts_file.write_text("".join(lines))

    def _index(self) -> None:
        try:
            if needs_rebuild(get_engine()):
                self.stdout.write("Building the search index")
                call_command("search_rebuild", stdout=self.stdout)
        except (EngineUnavailable, CommandError) as error:
            # The pages answer without it and say so; the worker of the server tries again.
            self.stderr.write(f"The search index is not up to date: {error}")

    def _show_accounts(self) -> None:
        if settings.DEBUG and self._accounts_file.exists():
            self.stdout.write("Accounts for trying it out (address, password):")
            self.stdout.write(self._accounts_file.read_text(), ending="")

    @property
    def _accounts_file(self) -> Path:
        return Path(settings.DATA_DIR) / ACCOUNTS_FILE
