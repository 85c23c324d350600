"""The site in a real web server, and visitors who search all the time and note what they get."""

from __future__ import annotations

import json
import os
import random
import sys
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from benchmarks.drills.site import WORDS
from scripts.services import system

START_SECONDS = 90
WARM_VISITORS = 8
WARM_SECONDS = 10
ADDRESSES = ("/de/suche/?q=", "/api/v1/search?q=", "/api/v1/suggest?q=")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Run gunicorn with two processes of four threads; the index worker runs in one of them."""
    port = system.free_port()
    command = [sys.executable, "-m", "gunicorn", "nexsm.config.wsgi", "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    log = folder / "server.log"
    address = f"http://127.0.0.1:{port}"

    def ready() -> bool:
        try:
            return fetch(f"{address}/healthz")[0] == 200  # noqa: PLR2004 - the status everybody knows
        except OSError:
            return False

    environment = os.environ
    with system.running(command, log=log, user=None, environment=environment) as process:
        system.wait_until(ready, process=process, log=log, seconds=START_SECONDS)
        yield address


def fetch(url: str, seconds: float = 30) -> tuple[int, bytes]:
    """Status and body. Raises OSError if there is no answer."""
    try:
        with urllib.request.urlopen(url, timeout=seconds) as answer:  # noqa: S310 - our own address
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def state(address: str) -> dict[str, Any]:
    """What /readyz says."""
    return json.loads(fetch(f"{address}/readyz")[1])


def finds(address: str, title: str) -> bool:
    """Whether the engine (not the database) finds this title first."""
    query = urllib.parse.quote(f'"{title}"')
    _status, body = fetch(f"{address}/api/v1/search?q={query}")
    answer = json.loads(body)
    hits = [hit["title"] for hit in answer["hits"]]
    return not answer["degraded"] and title in hits


def warm_up(address: str) -> None:
    """Let every thread of the server load what the first visitors would wait for."""
    with Visitors(address, count=WARM_VISITORS):
        time.sleep(WARM_SECONDS)


class Visitors:
    """Threads that search until told to stop."""

    def __init__(self, address: str, *, count: int = 3) -> None:
        self.statuses: Counter[int] = Counter()
        self.degraded_at: list[float] = []
        self.seconds: list[float] = []
        self._address = address
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._threads = [
            threading.Thread(target=self._search, args=(number,)) for number in range(count)
        ]

    def __enter__(self) -> Self:
        """Send them in."""
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        """Wait until all have left."""
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _search(self, number: int) -> None:
        chance = random.Random(number)  # noqa: S311 - a drill
        while not self._stop.is_set():
            path = chance.choice(ADDRESSES) + urllib.parse.quote(chance.choice(WORDS))
            started = time.monotonic()
            try:
                status, body = fetch(self._address + path)
            except OSError:
                status, body = 0, b""  # no answer at all
            with self._lock:
                self.statuses[status] += 1
                self.seconds.append(time.monotonic() - started)
                if b'"degraded": true' in body or b"notice--warning" in body:
                    self.degraded_at.append(started)
            self._stop.wait(0.05)

    def report(self) -> dict[str, Any]:
        """Counts of answers, and how long they took."""
        times = sorted(self.seconds)
        failed = sum(count for status, count in self.statuses.items() if not 200 <= status < 500)  # noqa: PLR2004
        gap = self.degraded_at[-1] - self.degraded_at[0] if self.degraded_at else 0.0
        return {
            "answers": dict(self.statuses),
            "failed": failed,
            "by_the_database": len(self.degraded_at),
            "by_the_database_for_seconds": round(gap, 1),
            "p50": round(times[len(times) // 2], 3),
            "p95": round(times[int(len(times) * 0.95)], 3),
            "longest": round(times[-1], 2),
        }
