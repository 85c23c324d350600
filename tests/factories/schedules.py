"""An invented conference of any size as schedule.xml: seven tracks side by side, three days, breaks.

``write_schedule(300)`` is the same at every call. Every twentieth session is given twice; every day
has a lunch break and sessions after midnight that belong to the evening.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

DAYS, TRACKS = 3, 7
FIRST_DAY = dt.date(2025, 10, 24)  # the clocks go back in the night before the third day
ZONE = ZoneInfo("Europe/Berlin")
REPEATED_EVERY = 20
PEOPLE = 500
NAMESPACE = uuid.UUID("3f0e1a52-7c1d-4a51-9f59-2b1f8f3a6c10")
TRACK_NAMES = [
    "Vereinsarbeit und Ehrenamt",
    "Sprache und Bildung",
    "Gesundheit",
    "Arbeit und Anerkennung",
    "Wohnen und Nachbarschaft",
    "Digitale Teilhabe",
    "Gegen Diskriminierung",
]
ROOMS = ["Großer Saal", "Bibliothek", "Werkraum", "Galerie", "Küche", "Atelier", "Dachboden"]
TYPES = ["Talk", "Workshop", "Panel", "Discussion", "Erfahrungsbericht mit Aussprache"]
LANGUAGES = ["de", "de", "de", "en", "de, en", "tr", "ar", "uk"]
FIRST_NAMES = [
    "Amal",
    "Bogdan",
    "Ceren",
    "Dilan",
    "Emeka",
    "Farah",
    "Goran",
    "Hoa",
    "Inès",
    "Jalil",
]
LAST_NAMES = [
    "Beispiel",
    "Muster",
    "Probe",
    "Vorlage",
    "Entwurf",
    "Platzhalter",
    "Skizze",
    "Modell",
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
    "Gesundheit",
    "Wohnen",
    "Arbeit",
    "Anerkennung",
    "Digitalisierung",
    "Engagement",
    "Kommune",
    "Nachbarschaft",
    "gemeinsam",
    "mehrsprachig",
    "vor",
    "Ort",
    "mit",
    "Beispielen",
    "aus",
    "der",
    "Praxis",
    "für",
    "alle",
    "die",
    "neu",
    "anfangen",
]


@dataclass(frozen=True)
class Slot:
    """A time in a room."""

    room: int
    start: dt.datetime
    minutes: int

    @property
    def day(self) -> int:
        """Index of the conference day; a night belongs to the day before."""
        return ((self.start - dt.timedelta(hours=4)).date() - FIRST_DAY).days


def write_schedule(sessions: int, *, seed: int = 1, acronym: str = "beispielkongress") -> bytes:
    """The bytes of a schedule.xml with that many sessions."""
    events = _events(sessions, random.Random(seed), acronym)  # noqa: S311 - sample data, nothing secret
    days = "".join(_day(index, events, acronym) for index in range(DAYS))
    last = FIRST_DAY + dt.timedelta(days=DAYS - 1)
    tracks = "".join(f'<track name={quoteattr(name)} color="#2a9d8f"/>' for name in TRACK_NAMES)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<schedule><generator name="example"/>'
        f"<version>1</version><conference><acronym>{acronym}</acronym>"
        f"<title>Beispiel: Kongress mit {sessions} Programmpunkten</title>"
        f"<start>{FIRST_DAY}</start><end>{last}</end><days>{DAYS}</days>"
        f"<timeslot_duration>00:05</timeslot_duration>{tracks}"
        "<base_url>https://example.org/kongress/</base_url>"
        f"<time_zone_name>{ZONE.key}</time_zone_name></conference>{days}</schedule>\n"
    ).encode()


def counts(sessions: int) -> dict[str, int]:
    """What an import of that conference has to find."""
    repeated = sessions // REPEATED_EVERY
    return {
        "days": DAYS,
        "rooms": TRACKS,
        "sessions": sessions,
        "occurrences": sessions + repeated,
        "items": DAYS,
    }


def _events(sessions: int, chance: random.Random, acronym: str) -> list[tuple[Slot, str]]:
    numbers = list(range(1, sessions + 1))
    numbers += [number for number in numbers if number % REPEATED_EVERY == 0]
    slots = _slots(len(numbers))
    texts = {number: _text(number, chance, acronym) for number in range(1, sessions + 1)}
    seen: dict[int, int] = {}
    events = []
    for number, slot in zip(numbers, slots, strict=True):
        seen[number] = seen.get(number, 0) + 1
        guid = uuid.uuid5(NAMESPACE, f"{acronym}/{number}/{seen[number]}")
        events.append((slot, _event(number, str(guid), slot, texts[number])))
    for day in range(DAYS):
        start = _at(day, dt.timedelta(hours=12, minutes=30))
        slot = Slot(0, start, 45)
        guid = uuid.uuid5(NAMESPACE, f"{acronym}/break/{day}")
        text = "<title>Mittagspause</title><type>Break</type><abstract/><persons/>"
        events.append((slot, _event(90_000 + day, str(guid), slot, text)))
    return events


def _slots(number: int) -> Iterator[Slot]:
    """Times from the morning on, track by track; the day is cut into as many as are needed."""
    rows = -(-number // (DAYS * TRACKS))
    minutes = 30 if rows <= 20 else 15
    for day in range(DAYS):
        for row in range(rows):
            offset = dt.timedelta(hours=9, minutes=row * minutes)
            if offset >= dt.timedelta(hours=12, minutes=30):
                offset += dt.timedelta(minutes=45)
            if row == rows - 1:
                offset = dt.timedelta(hours=24, minutes=15)  # music after midnight
            for room in range(TRACKS):
                if number == 0:
                    return
                number -= 1
                yield Slot(room, _at(day, offset), minutes)


def _at(day: int, offset: dt.timedelta) -> dt.datetime:
    date = FIRST_DAY + dt.timedelta(days=day + offset // dt.timedelta(days=1))
    minutes = offset % dt.timedelta(days=1) // dt.timedelta(minutes=1)
    return dt.datetime.combine(date, dt.time(minutes // 60, minutes % 60), tzinfo=ZONE)


def _text(number: int, chance: random.Random, acronym: str) -> str:
    def words(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count)).capitalize()

    several = chance.sample(range(PEOPLE), chance.randint(1, 3))
    people = "".join(_person(person, acronym) for person in several)
    link = f'<link href="https://example.org/{number}">Mehr dazu</link>' if number % 5 == 0 else ""
    return (
        f"<title>{words(5)} {number}</title><subtitle/><track>{TRACK_NAMES[number % TRACKS]}</track>"
        f"<type>{chance.choice(TYPES)}</type><language>{chance.choice(LANGUAGES)}</language>"
        f"<abstract>{words(40)}.</abstract><description>{words(60)}.\n\n{words(60)}.</description>"
        f"<logo/><persons>{people}</persons><links>{link}</links><attachments/>"
        f"<url>https://example.org/kongress/{number}</url>"
    )


def _person(number: int, acronym: str) -> str:
    first = FIRST_NAMES[number % len(FIRST_NAMES)]
    last = LAST_NAMES[number // len(FIRST_NAMES) % len(LAST_NAMES)]
    guid = uuid.uuid5(NAMESPACE, f"{acronym}/person/{number}")
    return f'<person id="{number + 1}" guid="{guid}">{first} {last} {number}</person>'


def _event(number: int, guid: str, slot: Slot, text: str) -> str:
    hours, minutes = divmod(slot.minutes, 60)
    return (
        f'<event id="{number}" guid="{guid}"><date>{slot.start.isoformat()}</date>'
        f"<start>{slot.start:%H:%M}</start><duration>{hours:02}:{minutes:02}</duration>"
        f"<room>{escape(ROOMS[slot.room])}</room>{text}</event>\n"
    )


def _day(index: int, events: list[tuple[Slot, str]], acronym: str) -> str:
    date = FIRST_DAY + dt.timedelta(days=index)
    start, end = _at(index, dt.timedelta(hours=4)), _at(index, dt.timedelta(hours=27, minutes=59))
    rooms = ""
    for place, name in enumerate(ROOMS):
        inner = "".join(text for slot, text in events if slot.day == index and slot.room == place)
        guid = uuid.uuid5(NAMESPACE, f"{acronym}/{name}")
        rooms += f'<room name={quoteattr(name)} guid="{guid}">{inner}</room>'
    bounds = f'start="{start.isoformat()}" end="{end.isoformat()}"'
    return f'<day index="{index + 1}" date="{date}" {bounds}>{rooms}</day>'
