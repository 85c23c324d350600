"""A real site in its own process, as `make run` starts it, with NexSM24 and the example content."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
START_LIMIT = 60


@dataclass(frozen=True)
class Site:
    """A running site and the accounts it printed."""

    url: str
    accounts: dict[str, str]
    data: Path

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


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


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


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The site as a newcomer meets it; one for the whole run, so tests must not undo each other."""
    data = tmp_path_factory.mktemp("site")
    port = free_port()
    url = f"http://localhost:{port}"
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "nexsm.config.settings.dev",
        "NEXSM_DATA_DIR": str(data),
        "NEXSM_BASE_URL": url,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "platform"), str(ROOT)]),
        "PYTHONWARNINGS": "default",
    }
    for name in ("DATABASE_URL", "NEXSM_SEARCH_URL"):
        env.pop(name, None)
    printed = manage("prepare", env=env)
    accounts = dict(re.findall(r"(\S+@example\.org)\s+(\S+)", printed))
    log = (data / "server.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "nexsm.config.wsgi", "--workers=1", "--threads=8"]
        + [f"--bind=127.0.0.1:{port}"],
        cwd=ROOT,
        env=env,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    try:
        wait_until_it_answers(url, process)
        yield Site(url, accounts, data)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()
