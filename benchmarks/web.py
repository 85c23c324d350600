"""Projects in a web server of two processes, and clients that ask them."""

from __future__ import annotations

import http.client
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks import corpus
from benchmarks.timing import at_once
from scripts.services import system

START_SECONDS = 120
WORKERS = 2
EMPTY = "/benchmark/empty"
_OK = 200


@contextmanager
def served(application: str, environment: Mapping[str, str], log: Path) -> Iterator[int]:
    """Run gunicorn as docs/deployment.md says, with two processes. Yields the port."""
    port = system.free_port()
    command = [sys.executable, "-m", "gunicorn", application, "--no-control-socket"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    log.parent.mkdir(parents=True, exist_ok=True)

    def ready() -> bool:
        try:
            Clients(port).get(EMPTY)
        except (OSError, http.client.HTTPException):
            return False
        return True

    with system.running(command, log=log, user=None, environment=environment) as process:
        system.wait_until(ready, process=process, log=log, seconds=START_SECONDS)
        yield port


class Clients:
    """Any number of threads, each with a connection that is kept open where the server keeps it."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._own = threading.local()

    def get(self, address: str) -> bytes:
        """The body of an answer. Raises OSError, HTTPException, and SystemExit if it is not 200."""
        if not hasattr(self._own, "connection"):
            self._own.connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection = self._own.connection
        connection.request("GET", address)
        answer = connection.getresponse()
        body: bytes = answer.read()
        if answer.status != _OK:
            raise SystemExit(f"{address}: {answer.status} {body[:200]!r}")
        return body


def round_of(port: int, addresses: Sequence[str], clients: int) -> tuple[list[float], float]:
    """Milliseconds of each answer, and answers a second."""
    times, seconds = at_once(Clients(port).get, addresses, clients)
    return times, len(times) / seconds


def addresses(path: str, queries: Sequence[corpus.Query], **more: Sequence[str]) -> list[str]:
    """The queries as addresses, with more parameters."""
    return [
        f"{path}?{urlencode({'q': query.text, **query.filters, **more}, doseq=True)}"
        for query in queries
    ]
