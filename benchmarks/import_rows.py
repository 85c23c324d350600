"""Measures the CSV import: rows a second and memory, for a small and a large file.

``python benchmarks/import_rows.py [ROWS …]`` writes files of that many resources (1,000 and 10,000
without an argument) and imports each twice into an empty database of its own, or into the empty one
that DATABASE_URL names. Memory is flat if the large file needs about as much as the small one.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROWS = (1_000, 10_000)
COLUMNS = [
    "id",
    "title",
    "summary",
    "body",
    "type",
    "language",
    "publisher",
    "authors",
    "year",
    "regions",
    "topics",
    "tags",
    "licence",
    "url",
]
WORDS = [
    "Verein",
    "Satzung",
    "Förderung",
    "Antrag",
    "Beratung",
    "Sprache",
    "Gründung",
    "Vorstand",
    "Ehrenamt",
    "Netzwerk",
    "Bildung",
    "Teilhabe",
    "Rassismus",
    "Gesundheit",
    "Wohnen",
    "Arbeit",
    "Anerkennung",
    "Digitalisierung",
    "Engagement",
    "Kommune",
]
TYPES = [
    "guide",
    "study",
    "report",
    "toolkit",
    "video",
    "podcast",
    "course",
    "brochure",
    "dataset",
    "policy",
]
LANGUAGES = ["de", "de", "de", "en", "tr", "ar", "uk"]
REGIONS = ["DE", "DE-BE", "DE-BY", "DE-NW", "AT", "AT-9", "CH", "CH-ZH"]
TOPICS = ["digital-participation", "anti-discrimination", "funding", "association-law"]


def write_file(path: Path, rows: int, seed: int = 1) -> None:
    """Write a CSV file of invented resources, the same for the same number and seed."""
    chance = random.Random(seed)  # noqa: S311 - sample data, nothing secret

    def words(number: int) -> str:
        return " ".join(chance.choices(WORDS, k=number))

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(1, rows + 1):
            writer.writerow(
                [
                    f"bench-{number:06}",
                    f"{words(4)} {number}",
                    f"{words(30)}.",
                    f"{words(80)}.\n\n{words(80)}.",
                    chance.choice(TYPES),
                    chance.choice(LANGUAGES),
                    f"{words(1)} e. V.",
                    ";".join(f"Name {chance.randrange(500)}" for _ in range(chance.randrange(4))),
                    chance.randrange(1990, 2026),
                    ";".join(chance.sample(REGIONS, chance.randrange(3))),
                    ";".join(chance.sample(TOPICS, 2)),
                    ";".join(f"Schlagwort {chance.randrange(300)}" for _ in range(3)),
                    "CC-BY-4.0",
                    f"https://example.org/{number}",
                ]
            )


def run(
    arguments: list[str], environment: dict[str, str], *, quiet: bool = False
) -> tuple[float, int]:
    """Run manage.py; returns seconds and the largest memory in MiB. Raises SystemExit on failure."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    begin = time.perf_counter()
    out = subprocess.DEVNULL if quiet else None
    process = subprocess.Popen(command, env=environment, stdout=out)  # noqa: S603 - our own program
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return time.perf_counter() - begin, usage.ru_maxrss // 1024


def measure(rows: int) -> None:
    """Import a file of that many rows twice and print what it took, without the start of Django."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "NEXSM_DATA_DIR": folder}
        file, header = Path(folder) / "rows.csv", Path(folder) / "header.csv"
        write_file(file, rows)
        write_file(header, 0)
        run(["migrate", "--verbosity=0"], environment)
        start_up, _memory = run(["import_resources", str(header)], environment)
        for name in ("first run", "second run"):
            seconds, memory = run(["import_resources", str(file), "--publish"], environment)
            net = max(seconds - start_up, 0.001)
            print(  # noqa: T201 - the result is for a person at a terminal
                f"{rows} rows, {name}: {seconds:.1f} s, {start_up:.1f} s of it start-up, "
                f"{rows / net:.0f} rows/s, {memory} MiB",
                flush=True,
            )


if __name__ == "__main__":
    for number in [int(argument) for argument in sys.argv[1:]] or ROWS:
        measure(number)
