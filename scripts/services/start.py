"""Start every service that can be had, and stop them all at the end."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from scripts.services import chromium, elasticsearch, postgres, system

SERVICES = {
    "Chromium": (chromium.VARIABLE, chromium.service),
    "PostgreSQL": (postgres.VARIABLE, postgres.service),
    "Elasticsearch": (elasticsearch.VARIABLE, elasticsearch.service),
}
REASON = "_WHY_NOT"  # NEXSM_CHROMIUM_WHY_NOT=… tells the tests what to say when they skip


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def all_services() -> Iterator[dict[str, str]]:
    """Yield the environment variables with the addresses, or with the reason why one is missing."""
    # A kill must run the `finally` blocks too, or servers stay behind.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)
    environment: dict[str, str] = {}
    with ExitStack() as stack:
        for name, (variable, service) in SERVICES.items():
            started = time.monotonic()
            try:
                environment |= stack.enter_context(service())
            except system.UnavailableError as reason:
                system.say(f"{name} is missing: {reason}")
                environment[variable + REASON] = f"{name} is missing: {reason}"
            else:
                seconds = time.monotonic() - started
                system.say(f"{name} at {environment[variable]} ({seconds:.1f} s)")
        yield environment
