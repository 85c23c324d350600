"""Real races: the same work in many threads at once, each with a database connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection, connections

PATIENCE = 120


@contextmanager
def several_writers(folder: Path) -> Iterator[Callable[..., list[Any]]]:
    """A database several threads can write to, and a function that lets them.

    The tests' SQLite lives in memory, where a second writer is refused at once; so it is copied to a
    file, as a site has it, for the length of the block. PostgreSQL is used as it is. The test must not run
    inside a transaction (fixture ``transactional_db``).
    """
    before = connections["default"]
    name = before.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        name = str(folder / "race.sqlite3")
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [name])
        connections["default"] = _connection_to(before, name)
        # The first one turns on the write-ahead log, which waits for nobody: "database is locked".
        connections["default"].ensure_connection()

    def race(work: Callable[[int], Any], number: int) -> list[Any]:
        return _race(work, number, lambda: _connection_to(before, name))

    try:
        yield race
    finally:
        if connections["default"] is not before:
            connections["default"].close()
            connections["default"] = before


def another_connection() -> Any:
    """A new connection to the database in use, for a thread or a child process."""
    before = connections["default"]
    return _connection_to(before, before.settings_dict["NAME"])


def _connection_to(original: Any, name: str) -> Any:
    made = original.copy()
    made.settings_dict["NAME"] = name
    return made


def _race(work: Callable[[int], Any], number: int, connect: Callable[[], Any]) -> list[Any]:
    """What each thread returned or raised, in the order of their numbers."""
    results: list[Any] = [None] * number
    start = threading.Barrier(number)

    def run(index: int) -> None:
        connections["default"] = connect()
        try:
            start.wait(timeout=PATIENCE)
            results[index] = work(index)
        except Exception as error:  # noqa: BLE001 - what went wrong is a result
            results[index] = error
        finally:
            connections["default"].close()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    assert not any(thread.is_alive() for thread in threads), "a thread hangs"
    return results
