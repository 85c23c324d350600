"""Kills an import of many rows in the middle: none of them is there, and the next run makes no doubles.

``python benchmarks/drills/kill_import.py [ROWS]`` (100,000 without an argument) works in an empty folder
of its own, or in the empty database that DATABASE_URL names. It also writes every tenth of a second into
the same database while the import runs, and says how long the longest of these writes had to wait.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from import_rows import run, write_file  # noqa: E402 - the path must be there first

ROWS = 100_000
# So many rows are written at once.
BATCH = 500
COUNT = """
from knowledge.models import ImportedRow, Resource
from wagtail.models import ModelLogEntry, Revision
print(Resource.objects.count(), ImportedRow.objects.count(), Revision.objects.count())
"""
KILL = """
import os, signal, sys, django
from django.core.management import call_command
django.setup()
from knowledge.services.imports import running
write, seen = running._write, []
def write_and_die(*arguments, **options):
    write(*arguments, **options)
    seen.append(1)
    if len(seen) == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
running._write = write_and_die
call_command("import_resources", sys.argv[1], "--publish")
"""
WRITE = """
import signal, sys, time, django
# A shell lets processes in the background ignore the signal of Ctrl-C.
signal.signal(signal.SIGTERM, signal.default_int_handler)
django.setup()
from django.db import OperationalError
from django.core.cache import cache
longest, failed, done = 0.0, 0, 0
try:
    while True:
        begin = time.perf_counter()
        try:
            cache.set("drill", begin)
        except OperationalError:
            failed += 1
        else:
            done += 1
        longest = max(longest, time.perf_counter() - begin)
        time.sleep(0.1)
except KeyboardInterrupt:
    print(f"{done} writes beside it, the longest waited {longest:.1f} s, {failed} gave up")
"""


def say(text: str) -> None:
    """Print a line at once."""
    print(text, flush=True)  # noqa: T201 - for a person at a terminal


def count(environment: dict[str, str]) -> str:
    """Resources, remembered rows and revisions in the database."""
    command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", COUNT]
    done = subprocess.run(  # noqa: S603 - our own program
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def kill_after(batches: int, file: Path, environment: dict[str, str]) -> None:
    """Start an import that dies in its transaction. Raises SystemExit if it survives."""
    command = [sys.executable, "-c", KILL, str(file), str(batches)]
    begin = time.perf_counter()
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603
    if done.returncode != -signal.SIGKILL:
        raise SystemExit(f"ended with {done.returncode}")
    seconds = time.perf_counter() - begin
    say(f"killed after {batches * BATCH} rows and {seconds:.0f} s: {count(environment)}")


def main(rows: int) -> None:
    """Kill, look, import, import again."""
    with tempfile.TemporaryDirectory() as folder:
        paths = os.pathsep.join([str(ROOT / "platform"), str(ROOT)])
        environment = {
            "DJANGO_SETTINGS_MODULE": "nexsm.config.settings.dev",
            **os.environ,
            "NEXSM_DATA_DIR": folder,
            "PYTHONPATH": paths,
        }
        file = Path(folder) / "rows.csv"
        write_file(file, rows)
        say(f"{rows} rows, {file.stat().st_size / 1e6:.0f} MB")
        run(["migrate", "--verbosity=0"], environment)
        kill_after(max(rows // BATCH // 2, 1), file, environment)
        writer = subprocess.Popen(  # noqa: S603
            [sys.executable, "-c", WRITE], cwd=ROOT, env=environment
        )
        seconds, memory = run(["import_resources", str(file), "--publish"], environment)
        writer.terminate()
        writer.wait()
        say(f"imported in {seconds:.0f} s, {memory} MiB: {count(environment)}")
        seconds, memory = run(["import_resources", str(file), "--publish"], environment)
        say(f"the same file again in {seconds:.0f} s, {memory} MiB: {count(environment)}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else ROWS)
