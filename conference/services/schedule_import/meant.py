"""What a file says once it has been understood. No page and no database row is known here yet."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

Prints = dict[str, str]


@dataclass(frozen=True)
class PersonMeant:
    """Somebody as the file names her, with the keys by which earlier imports may know her."""

    name: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class LinkMeant:
    """An item of documentation elsewhere; without an address: that there will be none."""

    kind: str
    title: str
    url: str
    licence: str = ""
    availability: str = "available"


@dataclass(frozen=True)
class RoomMeant:
    """A room by its name; the guid is empty where the file has none that can be used."""

    name: str
    guid: str = ""


@dataclass(frozen=True)
class TimeMeant:
    """One time of a session. `uid` is settled when the file is compared with what is stored."""

    place: str
    guid: str
    key: str
    start: datetime | None
    end: datetime | None
    room: RoomMeant | None
    position: int | None
    # The file's id where it is a number that exports can give again.
    number: int | None = None


@dataclass(frozen=True)
class EventMeant:
    """One event of the file, cleaned."""

    place: str
    id: str
    guid: str
    code: str
    url: str
    title: str
    subtitle: str
    format: str
    format_label: str
    item_kind: str
    track: str
    languages: tuple[str, ...]
    languages_as_shown: str
    abstract: str
    description: str
    people: tuple[PersonMeant, ...]
    links: tuple[LinkMeant, ...]
    time: TimeMeant

    @property
    def content(self) -> tuple[Any, ...]:
        """What all events of one session should agree on."""
        return (
            self.subtitle,
            self.format,
            self.format_label,
            self.track,
            self.languages,
            self.abstract,
            self.description,
            self.people,
        )


@dataclass
class SessionMeant:
    """A session with all its times."""

    key: str
    event: EventMeant
    times: list[TimeMeant]
    links: list[LinkMeant]


@dataclass
class ConferenceMeant:
    """The conference itself."""

    acronym: str
    # The address of a new page.
    slug: str
    title: str
    subtitle: str
    venue: str
    city: str
    website: str
    zone: ZoneInfo
    zone_is_derived: bool
    date_start: date | None
    date_end: date | None
    day_change: time | None


@dataclass
class ScheduleMeant:
    """The whole file."""

    version: str
    conference: ConferenceMeant
    sessions: list[SessionMeant]
    items: list[EventMeant]
    rooms: list[RoomMeant] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Numbers of days, rooms, sessions, times, entries and names, as the file has them."""
        times = [time for session in self.sessions for time in session.times]
        change = self.conference.day_change or time(4)
        zone = self.conference.zone
        starts = [time_.start.astimezone(zone) for time_ in times if time_.start]
        days = {start.date().toordinal() - (start.time() < change) for start in starts}
        people = {person for session in self.sessions for person in session.event.people}
        return {
            "days": len(days),
            "rooms": len({time_.room.name for time_ in times if time_.room}),
            "sessions": len(self.sessions),
            "occurrences": len(times),
            "items": len(self.items),
            "people": len({person.keys or person.name for person in people}),
        }


def as_uuid(text: str) -> uuid.UUID | None:
    """The UUID that a text is, or None. Only the usual spelling with dashes counts."""
    try:
        found = uuid.UUID(text)
    except (ValueError, AttributeError):
        return None
    return found if str(found) == text.strip().lower() else None
