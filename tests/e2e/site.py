"""A real site in its own process, prepared as `make run` does it, with NexSM24 and the examples."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_string, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.ready_database import SQLITE_NAME, sqlite_file

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 120
# Below the data folder: what a mail server would have got.
MAILS = "mails"
LOG = "server.log"
# What a clock would do: the planned moment is past, in the plan and in the planned version.
DUE = """
from datetime import timedelta
from django.utils import timezone
from knowledge.models import Resource
revision = Resource.objects.get(pk={number}).scheduled_revision
past = timezone.now() - timedelta(minutes=1)
revision.approved_go_live_at = past
revision.content["go_live_at"] = past.isoformat()
revision.save(update_fields=["approved_go_live_at", "content"])
"""

UNDER_WAY = """
from nexsm.base.models import MailState, OutgoingMail
print(OutgoingMail.objects.filter(state__in=[MailState.WAITING, MailState.SENDING]).count())
"""

# Whoever got many mails within an hour gets one about all others.
AN_HOUR_LATER = """
from datetime import timedelta
from django.db.models import F
from nexsm.base.models import OutgoingMail
OutgoingMail.objects.update(created_at=F("created_at") - timedelta(hours=1))
"""

REPORT = """
from django.utils import timezone
from nexsm.base.models import OutgoingMail
print("now", timezone.now())
for mail in OutgoingMail.objects.order_by("pk"):
    moments = mail.created_at, mail.next_attempt_at, mail.sent_at
    print(mail.key, mail.state, mail.attempts, mail.interruptions, mail.last_error, *map(str, moments))
"""


@dataclass(frozen=True)
class Site:
    """A running site and the accounts it printed."""

    url: str
    accounts: dict[str, str]
    env: dict[str, str]

    def api(self, path: str) -> dict:
        """An answer of the public API."""
        with urllib.request.urlopen(f"{self.url}/api/v1/{path}", timeout=30) as answer:
            return json.load(answer)

    def status(self, path: str) -> int:
        """The status code of a page."""
        try:
            with urllib.request.urlopen(f"{self.url}{path}", timeout=30) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def mails_to(self, address: str) -> list[str]:
        """Subjects of the mails that were sent to an address, oldest first."""
        return [str(mail["Subject"]).strip() for mail in self._mails_to(address)]

    def texts_to(self, address: str) -> list[str]:
        """Texts of the same mails."""
        return [mail.get_content() for mail in self._mails_to(address)]

    def _mails_to(self, address: str) -> Iterator[EmailMessage]:
        folder = Path(self.env["NEXSM_DATA_DIR"]) / MAILS
        for path in sorted(folder.glob("*"), key=lambda one: one.stat().st_mtime_ns):
            for text in path.read_text(encoding="utf-8").split("-" * 79):
                mail = message_from_string(text.lstrip(), policy=policy.default)
                if mail["To"] == address:
                    yield mail

    def mails_under_way(self) -> int:
        """How many mails the worker has still to send: if none, nothing comes twice any more."""
        printed = manage("shell", "--verbosity=0", "--command", UNDER_WAY, env=self.env)
        return int(printed.split()[-1])

    def let_mails_be_old(self) -> None:
        """What other tests have mailed counts no more when it is asked whether somebody gets too many."""
        manage("shell", "--verbosity=0", "--command", AN_HOUR_LATER, env=self.env)

    def report_on_mails(self) -> str:
        """What the queue says of each mail, and the end of the server's log: for a test that fails."""
        queue = manage("shell", "--verbosity=0", "--command", REPORT, env=self.env)
        log = Path(self.env["NEXSM_DATA_DIR"]) / LOG
        return queue + "".join(log.read_text().splitlines(keepends=True)[-60:])

    def make_due(self, number: int) -> None:
        """Let the time come for which a resource is scheduled, without waiting for it."""
        manage("shell", "--command", DUE.format(number=number), env=self.env)


@contextmanager
def own_port() -> Iterator[tuple[socket.socket, str]]:
    """A socket that keeps a port for a server, and its address.

    The address is part of the settings a site is prepared with; until it is served nobody else may
    take the port.
    """
    with socket.create_server(("127.0.0.1", 0)) as kept:
        yield kept, f"http://localhost:{kept.getsockname()[1]}"


def manage(*arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def wait_until_it_answers(url: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + START_LIMIT
    while time.monotonic() < end:
        assert process.poll() is None, "the server ended while starting"
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"the site did not answer within {START_LIMIT} seconds")


@contextmanager
def running_site(data: Path) -> Iterator[Site]:
    """Prepare a site in an empty folder and serve it until the end of the block."""
    with own_port() as (kept, url):
        env = environment(data, url)
        shutil.copy(sqlite_file(), data / SQLITE_NAME)
        printed = manage("prepare", env=env)
        accounts = dict(re.findall(r"(\S+@example\.org)\s+(\S+)", printed))
        with served(env, kept, url, data / LOG):
            yield Site(url, accounts, env)


def environment(data: Path, url: str) -> dict[str, str]:
    """The settings of a developer's site in this folder, and nothing of the developer's own."""
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "nexsm.config.settings.dev",
        "NEXSM_DATA_DIR": str(data),
        "NEXSM_BASE_URL": url,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
        "PYTHONWARNINGS": "default",
    }
    for name in ("DATABASE_URL", "NEXSM_SEARCH_URL", "NEXSM_SECRET_KEY"):
        env.pop(name, None)
    env["EMAIL_URL"] = f"filemail:///{data / MAILS}"  # one slash more: the path is absolute
    return env


@contextmanager
def served_with(site: Site, log: Path, **changes: str) -> Iterator[Site]:
    """The same site and data, served by a second process with other settings."""
    with own_port() as (kept, url):
        env = {**site.env, "NEXSM_BASE_URL": url, **changes}
        with served(env, kept, url, log):
            yield Site(url, site.accounts, env)


@contextmanager
def without_search_engine(site: Site, log: Path) -> Iterator[Site]:
    """Served by a process whose search engine does not answer."""
    with socket.socket() as silent:  # bound and not listening: whoever connects is refused
        silent.bind(("127.0.0.1", 0))
        nobody = f"elasticsearch://127.0.0.1:{silent.getsockname()[1]}/nobody"
        with served_with(site, log, NEXSM_SEARCH_URL=nobody) as running:
            yield running


@contextmanager
def served(env: dict[str, str], kept: socket.socket, url: str, log: Path) -> Iterator[None]:
    """Serve a prepared site until the end of the block."""
    server = ["gunicorn", "nexsm.config.wsgi", "--workers=1", "--threads=8", "--no-control-socket"]
    with log.open("w") as written:
        process = subprocess.Popen(
            [sys.executable, "-m", *server, f"--bind=fd://{kept.fileno()}"],
            cwd=ROOT,
            pass_fds=[kept.fileno()],
            # Served without Django's pages for developers, so that visitors' error pages are seen.
            env={**env, "DJANGO_SETTINGS_MODULE": "tests.e2e.served"},
            stdout=written,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_it_answers(url, process)
            yield
        finally:
            process.terminate()
            process.wait(timeout=20)
