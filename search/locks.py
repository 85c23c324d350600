"""Locks between processes of one machine, by files in the data folder. A dead process frees its own."""

from __future__ import annotations

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# Held for life by the one process whose worker watches the outbox.
LEADER = "search-leader.lock"
# Held while the index is written or built.
WRITER = "search-writer.lock"

_POLL_SECONDS = 0.1


@contextmanager
def file_lock(name: str, *, wait_seconds: float = 0.0) -> Iterator[bool]:
    """Take the lock if it can be had within the time; the block learns whether it was."""
    path = Path(settings.DATA_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    deadline = time.monotonic() + wait_seconds
    with path.open("a", encoding="ascii") as handle:
        taken = _try(handle.fileno())
        while not taken and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            taken = _try(handle.fileno())
        try:
            yield taken
        finally:
            if taken:
                fcntl.flock(handle, fcntl.LOCK_UN)


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
