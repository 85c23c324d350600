"""What a fresh copy needs before the server starts, in one process."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from conference.models import ConferencePage
from knowledge.models import Organisation, Resource
from search.engines.base import EngineUnavailable
from search.engines.registry import get_engine
from search.generations import needs_rebuild, rebuild


class Command(BaseCommand):
    """Bring database, demo content and search index up to date. What is there is left alone."""

    help = "Bring database, demo content and search index up to date; does nothing twice."
    requires_system_checks: list[str] = []  # the server that starts next runs them

    def handle(self, *_args: Any, **_options: Any) -> None:
        self._migrate()
        self._load_demo()
        self._index()

    def _migrate(self) -> None:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("Preparing the database")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)

    def _load_demo(self) -> None:
        if any(model.objects.exists() for model in (ConferencePage, Resource, Organisation)):
            return
        self.stdout.write("Loading the NexSM24 conference and examples")
        call_command("load_demo", stdout=self.stdout)

    def _index(self) -> None:
        engine = get_engine()
        try:
            if needs_rebuild(engine):
                self.stdout.write("Building the search index")
                rebuild(engine)
        except EngineUnavailable as error:  # the pages work without it and say so
            self.stderr.write(f"The search engine does not answer: {error}")
