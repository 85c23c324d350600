"""A schedule as it stands in the file: texts only, nothing interpreted, the same for XML and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class RawPerson:
    """A name with the keys that the generator gave."""

    name: str
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class RawLink:
    """An address with its text. `kind` is the generator's word."""

    url: str
    title: str = ""
    kind: str = ""


@dataclass
class RawEvent:
    """One event: `fields` holds the texts of its elements and attributes by name."""

    place: str
    fields: dict[str, str]
    persons: list[RawPerson] = field(default_factory=list)
    links: list[RawLink] = field(default_factory=list)
    attachments: list[RawLink] = field(default_factory=list)
    room: str = ""
    room_guid: str = ""
    day: str = ""


@dataclass
class RawDay:
    """A day with its bounds as they are written."""

    date: str
    start: str
    end: str


@dataclass
class RawSchedule:
    """A whole file. `conference` holds the texts of its elements, `rooms` the names and guids of each day."""

    kind: str
    version: str
    conference: dict[str, str]
    # Name of the program that wrote the file, where it says so.
    generator: str = ""
    days: list[RawDay] = field(default_factory=list)
    events: list[RawEvent] = field(default_factory=list)
    rooms: list[list[tuple[str, str]]] = field(default_factory=list)
