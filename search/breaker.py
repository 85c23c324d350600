"""A circuit breaker: after several failures in a row the engine is left alone for a while.

Otherwise every visitor would wait for the time limit of an engine that hangs, and all web threads with
them. After the pause one request tries; the others learn from it.
"""

from __future__ import annotations

import threading
import time

FAILURES = 5
PAUSE_SECONDS = 30.0
# Whoever tries after a pause must tell how it went within this time, else the next one may try.
PROBE_SECONDS = 5.0


class Breaker:
    """Counts failures in a row. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._failures = 0
        self._closed_until = 0.0

    @property
    def allows(self) -> bool:
        """Whether the one who asks may ask the engine. Then ``failed`` or ``worked`` must follow."""
        if self._failures < FAILURES:
            return True
        with self._lock:
            now = time.monotonic()
            if now < self._closed_until:
                return False
            self._closed_until = now + PROBE_SECONDS
            return True

    @property
    def is_paused(self) -> bool:
        """Whether nobody may ask at the moment. Unlike ``allows`` it promises nothing and takes no turn."""
        return self._failures >= FAILURES and time.monotonic() < self._closed_until

    @property
    def is_open(self) -> bool:
        """Whether the engine is left alone, or has only just been tried again."""
        return self._failures >= FAILURES

    def failed(self) -> None:
        """Note a failure; the fifth in a row, and each after it, starts a pause."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._closed_until = time.monotonic() + PAUSE_SECONDS

    def worked(self) -> None:
        """Note a success."""
        if self._failures:
            with self._lock:
                self._failures = 0
                self._closed_until = 0.0


breaker = Breaker()
