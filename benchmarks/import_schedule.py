"""Measures the import of conferences: seconds and memory for a middle and a large one.

``python benchmarks/import_schedule.py [SESSIONS …]`` makes schedules of seven tracks and three days
with that many sessions (300 and 900 without an argument) and imports each three times into an empty
site of its own, or into the empty one that DATABASE_URL names: as new and public, again, and with
every session moved by half an hour, which is tried as drafts before.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from import_rows import run  # noqa: E402 - the path must be there first

from tests.factories.schedules import write_schedule  # noqa: E402

SESSIONS = (300, 900)


def moved(schedule: bytes) -> bytes:
    """The same conference with every start half an hour later."""

    def later(match: re.Match[str]) -> str:
        start = datetime.fromisoformat(match[1]) + timedelta(minutes=30)
        return f"<date>{start.isoformat()}</date><start>{start:%H:%M}</start>"

    text = schedule.decode()
    return re.sub(r"<date>([^<]+)</date><start>[^<]+</start>", later, text).encode()


def measure(sessions: int) -> None:
    """Import a conference of that size and print what it took, without the start of Django."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NEXSM_DATA_DIR": folder, "LC_ALL": "C.UTF-8"}
        file, later = Path(folder) / "schedule.xml", Path(folder) / "later.xml"
        file.write_bytes(write_schedule(sessions))
        later.write_bytes(moved(file.read_bytes()))
        run(["migrate", "--verbosity=0"], environment)
        run(["load_demo", "--no-examples"], environment, quiet=True)
        start_up, _memory = run(["migrate", "--check"], environment, quiet=True)
        for name, source, option in (
            ("new", file, "--publish"),
            ("the same again", file, "--publish"),
            ("trial of all moved, as drafts", later, "--dry-run"),
            ("all moved", later, "--publish"),
        ):
            seconds, memory = run(["import_schedule", str(source), option], environment)
            print(  # noqa: T201 - the result is for a person at a terminal
                f"{sessions} sessions, {file.stat().st_size / 1e6:.1f} MB, {name}: "
                f"{seconds:.1f} s, {start_up:.1f} s of it start-up, {memory} MiB",
                flush=True,
            )


if __name__ == "__main__":
    for number in [int(argument) for argument in sys.argv[1:]] or SESSIONS:
        measure(number)
