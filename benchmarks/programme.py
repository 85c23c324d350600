"""Measures the programme's page: a large conference beside NexSM24, by line, and the number of queries.

``python -m benchmarks.programme [SESSIONS …]`` makes a site of its own with NexSM24 (25 lines) and, for
each size (25 and 900 without an argument), a conference imported from an invented schedule.xml: three
days, eight rooms, two people and a language for each session. It prints milliseconds for each page,
for each line of it, and how the line of the largest compares with the line of NexSM24; and the same
for the PDF. Pages take turns, so that what else the machine does disturbs all alike.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from benchmarks.workplace import say

SIZES = (25, 900)
NEXSM24_LINES = 25
ROUNDS = 7
ROOMS = 8
DAYS = 3
LENGTH = timedelta(minutes=20)
FIRST = datetime(2031, 5, 9, 9, tzinfo=ZoneInfo("Europe/Berlin"))
WORDS = [
    "Netze",
    "Recht",
    "Sprache",
    "Bildung",
    "Arbeit",
    "Film",
    "Radio",
    "Stadt",
    "Land",
    "Jugend",
]


def schedule(sessions: int) -> bytes:
    """Return a schedule.xml of that many sessions."""
    root = ET.Element("schedule")
    ET.SubElement(root, "version").text = "1"
    conference = ET.SubElement(root, "conference")
    facts = {
        "acronym": f"messung{sessions}",
        "title": f"Tagung mit {sessions} Programmpunkten",
        "start": FIRST.date().isoformat(),
        "end": (FIRST + timedelta(days=DAYS - 1)).date().isoformat(),
        "days": str(DAYS),
        "time_zone_name": "Europe/Berlin",
    }
    for name, value in facts.items():
        ET.SubElement(conference, name).text = value
    a_day = -(-sessions // DAYS)
    for day in range(DAYS):
        start = FIRST + timedelta(days=day)
        bounds = {"start": start.isoformat(), "end": (start + timedelta(hours=15)).isoformat()}
        element = ET.SubElement(
            root, "day", index=str(day + 1), date=start.date().isoformat(), **bounds
        )
        numbers = range(day * a_day, min((day + 1) * a_day, sessions))
        for room in range(ROOMS):
            place = ET.SubElement(element, "room", name=f"Raum {room + 1}")
            for number in numbers[room::ROOMS]:
                _event(
                    place,
                    number,
                    start + LENGTH * ((number - numbers[0]) // ROOMS),
                    sessions * 10_000,
                )
    return bytes(ET.tostring(root, encoding="utf-8"))


def _event(room: ET.Element, number: int, start: datetime, first: int) -> None:
    event = ET.SubElement(room, "event", id=str(number + 1), guid=str(UUID(int=first + number)))
    words = " ".join(WORDS[(number * step) % len(WORDS)] for step in (1, 3, 7))
    facts = {
        "date": start.isoformat(),
        "start": f"{start:%H:%M}",
        "duration": "00:20",
        "room": room.get("name", ""),
        "title": f"{words} {number + 1}",
        "abstract": f"Worum es geht: {words}.",
        "track": WORDS[number % 4],
        "type": "talk" if number % 2 else "workshop",
        "language": "de" if number % 3 else "en",
    }
    for name, value in facts.items():
        ET.SubElement(event, name).text = value
    persons = ET.SubElement(event, "persons")
    for person in (number % 400, (number * 7) % 400):
        ET.SubElement(persons, "person", id=str(person + 1)).text = f"Person {person + 1}"


def measure(sizes: list[int]) -> None:
    """Make the site in a new folder, measure, and print."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["NEXSM_DATA_DIR"] = folder
        os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
        sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "platform"))
        import django  # noqa: PLC0415 - needs the environment above

        django.setup()
        addresses = _site(Path(folder), sizes)
        for name in ("", "programm.pdf"):
            _report(name or "page", [(lines, f"{address}{name}") for lines, address in addresses])


def _site(folder: Path, sizes: list[int]) -> list[tuple[int, str]]:
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    say("a site with NexSM24")
    call_command("migrate", verbosity=0)
    call_command("load_demo", verbosity=0)
    addresses = [(NEXSM24_LINES, "/de/konferenzen/nexsm24/")]
    for size in sizes:
        say(f"a conference with {size} sessions")
        file = folder / f"{size}.xml"
        file.write_bytes(schedule(size))
        call_command("import_schedule", str(file), publish=True, verbosity=0)
        addresses.append((size, f"/de/konferenzen/messung{size}/"))
    return addresses


def _report(name: str, addresses: list[tuple[int, str]]) -> None:
    seconds: dict[str, list[float]] = {address: [] for _lines, address in addresses}
    for _round in range(ROUNDS):
        for address, taken in seconds.items():
            taken.append(_get(address)[0])
    first = None
    for lines, address in addresses:
        ms = median(seconds[address]) * 1000
        first = first or ms / lines
        _seconds, queries, size = _get(address)
        print(  # noqa: T201 - the result is for a person at a terminal
            f"{name} {address}: {ms:.0f} ms, {ms / lines:.2f} ms a line "
            f"({ms / lines / first:.2f} x NexSM24), {queries} queries, {size // 1024} KiB",
            flush=True,
        )


def _get(address: str) -> tuple[float, int, int]:
    from django.db import connection  # noqa: PLC0415 - needs Django
    from django.test import Client  # noqa: PLC0415 - needs Django
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - needs Django

    client: Any = Client(headers={"host": "localhost"})
    begin = time.perf_counter()
    answer = client.get(address)
    seconds = time.perf_counter() - begin
    if answer.status_code != 200:  # noqa: PLR2004 - HTTP
        message = f"{address} answered {answer.status_code}"
        raise SystemExit(message)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return seconds, len(queries), len(answer.content)


if __name__ == "__main__":
    measure([int(argument) for argument in sys.argv[1:]] or list(SIZES))
