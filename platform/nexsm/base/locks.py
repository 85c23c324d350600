"""Locks between processes. One that dies, however it dies, frees its own.

On SQLite there is one machine, and a file in the data folder is enough. On PostgreSQL several machines
may serve the site; there the database keeps the lock, for as long as a connection of its own lives.
See docs/decisions/0012-one-writer.md.
"""

from __future__ import annotations

import fcntl
import os
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, connections

_POLL_SECONDS = 0.1
# A machine that loses its power says nothing to the database, which then keeps its locks until it has
# asked in vain: by default after two hours, so after one minute.
_ASK_THE_CLIENT = (
    "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3"
)
# Descriptors of the locks this process holds.
_held: set[int] = set()


class LockLost(Exception):  # noqa: N818 - a state, not a mistake
    """The lock is not ours any more: another process may write by now."""


class Guard:
    """A lock that is held."""

    def __init__(self, still_held: Callable[[], bool]) -> None:
        self.still_held = still_held

    def check(self) -> None:
        """Raise LockLost if the lock was lost."""
        if not self.still_held():
            raise LockLost


@contextmanager
def exclusive(name: str, *, wait_seconds: float = 0.0) -> Iterator[Guard | None]:
    """Take the lock if it can be had within the time; the block gets None if it cannot.

    Raises OSError or DatabaseError if that cannot be told.
    """
    in_database = connection.vendor == "postgresql"
    with _database_lock(name) if in_database else _file_lock(name) as (take, guard):
        deadline = time.monotonic() + wait_seconds
        taken = take()
        while not taken and time.monotonic() < deadline:
            time.sleep(_POLL_SECONDS)
            taken = take()
        yield guard if taken else None


@contextmanager
def _file_lock(name: str) -> Iterator[tuple[Callable[[], bool], Guard]]:
    path = Path(settings.DATA_DIR) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="ascii") as handle:
        descriptor = handle.fileno()

        def take() -> bool:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            _held.add(descriptor)
            return True

        try:
            yield take, Guard(lambda: True)
        finally:
            _held.discard(descriptor)


@contextmanager
def _database_lock(name: str) -> Iterator[tuple[Callable[[], bool], Guard]]:
    # A connection of its own: the usual one is closed between two rounds, which would free the lock.
    keeper: Any = connections[connection.alias].copy()
    number = zlib.crc32(name.encode())

    def take() -> bool:
        with keeper.cursor() as cursor:
            cursor.execute(_ASK_THE_CLIENT)
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [number])
            return bool(cursor.fetchone()[0])

    def still_held() -> bool:
        try:
            # A cursor of Django would connect again, and then hold nothing.
            keeper.connection.execute("SELECT 1")
        except Exception:  # noqa: BLE001 - whatever it is, nobody keeps the lock for us
            return False
        return True

    try:
        yield take, Guard(still_held)
    finally:
        with suppress(DatabaseError):
            keeper.close()


def _let_go_after_fork() -> None:
    """A child would keep the lock of its dead parent alive: the descriptor is a common one."""
    for descriptor in _held:
        with suppress(OSError):
            os.close(descriptor)
    _held.clear()


os.register_at_fork(after_in_child=_let_go_after_fork)
