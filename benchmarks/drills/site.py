"""A whole site in a folder of its own for a drill: database, index, editors, processes that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
# Who waits longer than the drill allows shall see how long it takes, or that it never ends.
LONGEST_WAIT = 600.0
WORDS = [
    "Verein",
    "Satzung",
    "Förderung",
    "Antrag",
    "Beratung",
    "Sprache",
    "Gründung",
    "Vorstand",
    "Ehrenamt",
    "Netzwerk",
    "Bildung",
    "Teilhabe",
    "Rassismus",
    "Gesundheit",
    "Wohnen",
    "Arbeit",
    "Anerkennung",
    "Digitalisierung",
    "Engagement",
    "Kommune",
]


def say(text: str) -> None:
    """Tell the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


@contextmanager
def data_folder(given: str | None) -> Iterator[Path]:
    """The folder given, or a new one for as long as the block runs. Ends tidily when the drill is ended."""
    signal.signal(signal.SIGTERM, lambda *_args: sys.exit(1))
    if given:
        yield Path(given)
        return
    with tempfile.TemporaryDirectory(prefix="nexsm-drill-") as folder:
        yield Path(folder)


class Site:
    """One site. It is set up once for each process; edits are real service calls."""

    def __init__(self, folder: Path, search_url: str, seed: int) -> None:
        self.folder = folder
        self.random = random.Random(seed)  # noqa: S311 - a drill that can be repeated
        self.edits = 0
        self._children: list[int] = []
        os.environ.update(
            DJANGO_SETTINGS_MODULE="nexsm.config.settings.dev",
            NEXSM_DATA_DIR=str(folder),
            NEXSM_SEARCH_URL=search_url,
            PYTHONPATH=f"{ROOT / 'platform'}:{ROOT}",
        )
        os.environ.pop("DATABASE_URL", None)
        sys.path[:0] = [str(ROOT / "platform"), str(ROOT)]
        import django  # noqa: PLC0415 - the environment must stand before

        django.setup()

    def fill(self, resources: int) -> None:
        """Make the database, unless there is one, and so many published resources."""
        from django.core.management import call_command  # noqa: PLC0415 - Django is set up now
        from django.db import transaction  # noqa: PLC0415

        call_command("migrate", interactive=False, verbosity=0)
        with transaction.atomic():
            for _number in range(resources):
                self._new_resource()
        self.edits = 0

    # ------------------------------------------------------------------------------------- editors
    def edit(self) -> str:
        """One edit of the kinds that reach the index. Returns what it was."""
        kinds = [self._new_resource, self._change, self._change, self._move, self._organisation]
        kinds += [self._withdraw, self._delete]
        kind = self.random.choice(kinds)
        kind()
        self.edits += 1
        return kind.__name__.removeprefix("_")

    def new_resource(self) -> Any:
        """Publish one resource with a title of its own and return it."""
        self.edits += 1
        return self._new_resource()

    def _text(self, words: int) -> str:
        return " ".join(self.random.choices(WORDS, k=words))

    def _new_resource(self) -> Any:
        from knowledge.services.publication import publish  # noqa: PLC0415
        from tests.factories.knowledge import ResourceFactory  # noqa: PLC0415

        title = f"{self._text(4)} {self.random.randrange(10**9)}"
        resource = ResourceFactory(title=title, summary=self._text(60), live=False)
        publish(item=resource)
        return resource

    def _some(self, **filters: Any) -> Any:
        from knowledge.models import Resource  # noqa: PLC0415

        keys = list(Resource.objects.filter(**filters).values_list("pk", flat=True))
        return Resource.objects.get(pk=self.random.choice(keys))

    def _change(self) -> None:
        from knowledge.services.publication import publish  # noqa: PLC0415

        resource = self._some()
        resource.title = f"{self._text(4)} {self.random.randrange(10**9)}"
        publish(item=resource)

    def _move(self) -> None:
        """Make a text the translation of another one, or take it out of its work again."""
        import uuid  # noqa: PLC0415

        from knowledge.services.publication import publish  # noqa: PLC0415
        from tests.factories.knowledge import LanguageFactory  # noqa: PLC0415

        resource, other = self._some(), self._some(language__code="de")
        if resource.language.code == "tr":
            resource.translation_key = uuid.uuid4()
        elif not type(resource).objects.filter(
            translation_key=other.translation_key, language__code="tr"
        ):
            resource.language = LanguageFactory(code="tr")
            resource.translation_key = other.translation_key
        publish(item=resource)

    def _organisation(self) -> None:
        from knowledge.models import Organisation  # noqa: PLC0415
        from knowledge.services.publication import publish  # noqa: PLC0415
        from tests.factories.knowledge import OrganisationFactory  # noqa: PLC0415

        found = Organisation.objects.order_by("pk").first()
        organisation = found or OrganisationFactory(live=False)
        organisation.name = f"Verein {self.random.randrange(10**9)}"
        publish(item=organisation)

    def _withdraw(self) -> None:
        from knowledge.services.publication import withdraw  # noqa: PLC0415

        withdraw(item=self._some(live=True), reason="veraltet")

    def _delete(self) -> None:
        self._some().delete()

    # ----------------------------------------------------------------------------------- processes
    def start(self, *command: str, is_fresh: bool = False) -> int:
        """Start a management command as a process of its own and return its id.

        A fresh one starts Python anew. Others are forked from this process, which has loaded everything, so
        that they are killed at work and not while they load.
        """
        log = self.folder / "processes.log"
        if is_fresh:
            with log.open("ab") as output:
                process = subprocess.Popen(  # noqa: S603 - our own program
                    [sys.executable, str(ROOT / "manage.py"), *command],
                    cwd=ROOT,
                    stdout=output,
                    stderr=output,
                )
            self._children.append(process.pid)
            return process.pid
        from django.db import connections  # noqa: PLC0415

        connections.close_all()
        child = os.fork()
        if child:
            self._children.append(child)
            return child
        self._become(command, log)
        raise AssertionError("never reached")

    def _become(self, command: Sequence[str], log: Path) -> None:
        from django.core.management import call_command  # noqa: PLC0415

        code = 1
        try:
            output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
            os.dup2(output, 1)
            os.dup2(output, 2)
            call_command(*command)
            code = 0
        finally:
            os._exit(code)

    def kill(self, process: int) -> bool:
        """Kill -9. Returns whether the process still lived."""
        found, _status = os.waitpid(process, os.WNOHANG)
        if not found:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
        self._children.remove(process)
        return not found

    def close(self) -> None:
        """End all processes that still live."""
        for process in list(self._children):
            self.kill(process)

    def wait(self, process: int) -> int:
        """Wait until a process ends. Returns its code, or minus the signal that killed it."""
        _found, status = os.waitpid(process, 0)
        self._children.remove(process)
        return os.waitstatus_to_exitcode(status)

    # -------------------------------------------------------------------------------------- looking
    def documents(self) -> int:
        """How many documents the index holds."""
        from search.engines import get_engine  # noqa: PLC0415 - Django is set up now

        return get_engine().health().documents

    def differences(self) -> int:
        """How many documents differ between database and index, and how many jobs wait."""
        from search import consistency  # noqa: PLC0415
        from search.engines import EngineUnavailable, get_engine  # noqa: PLC0415
        from search.models import IndexJob  # noqa: PLC0415

        try:
            report = consistency.compare(get_engine())
        except EngineUnavailable:
            return -1
        found = len(report.missing) + len(report.stale) + len(report.surplus)
        return found + IndexJob.objects.count()

    def seconds_until_equal(self, longest: float = LONGEST_WAIT) -> float | None:
        """Wait until nothing differs and nothing waits; None if that takes longer."""
        started = time.monotonic()
        while time.monotonic() - started < longest:
            if self.differences() == 0:
                return round(time.monotonic() - started, 1)
            time.sleep(0.5)
        return None
