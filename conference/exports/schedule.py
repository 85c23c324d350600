"""A programme in the shape of schedule.xml and schedule.json ("frab" or "c3voc", version 1).

docs/schedule-formats.md says which of our fields becomes which of theirs. The same programme always
gives the same file, and so does the programme that an import makes of the file.
"""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from conference.exports.schedule_events import (
    EventSource,
    ScheduleEvent,
    acronym_of,
    event_of,
)
from conference.exports.schedule_rooms import RoomKey, placed
from conference.exports.texts import line
from conference.models import SessionPage
from conference.queries import (
    ProgrammePublication,
    SessionEntry,
    TimedEntry,
    absolute,
    day_of,
    public_documentation,
)

# A longer range has a slip in one of its dates; then only days with entries are listed.
_MOST_DAYS = 31


@dataclass(frozen=True)
class ScheduleRoom:
    """A room with what takes place in it on one day. Rooms that only the format needs have no guid."""

    name: str
    guid: uuid.UUID | None
    events: tuple[ScheduleEvent, ...]


@dataclass(frozen=True)
class ScheduleDay:
    """A day of the conference, from the hour at which days change there to that hour on the next."""

    index: int
    date: date
    start: datetime
    end: datetime
    rooms: tuple[ScheduleRoom, ...]


@dataclass(frozen=True)
class Schedule:
    """The whole file. `version` is a fingerprint of the programme."""

    version: str
    title: str
    subtitle: str
    acronym: str
    first: date
    last: date
    zone: str
    url: str
    venue: str
    city: str
    days: tuple[ScheduleDay, ...]

    def rooms(self) -> dict[str, uuid.UUID]:
        """The rooms that are rooms, by name."""
        return {
            room.name: room.guid for day in self.days for room in day.rooms if room.guid is not None
        }


def schedule_of(publication: ProgrammePublication) -> Schedule | None:
    """Return the programme for schedule files; None while neither a date nor a time is known.

    Left out are entries without a start, cancelled ones, and ends that were only calculated: these
    formats can say none of that.
    """
    entries = [
        entry for entry in publication.timed_entries() if entry.start and not entry.is_cancelled
    ]
    dates = _dates(publication, entries)
    if not dates:
        return None
    conference = publication.conference
    first = conference.date_start or dates[0]
    venue = publication.source.venue
    schedule = Schedule(
        version="",
        title=line(conference.title),
        subtitle=line(conference.subtitle),
        acronym=acronym_of(conference),
        first=first,
        last=max(conference.last_day or dates[-1], first),
        zone=publication.programme.zone.key,
        url=absolute(publication.url),
        venue=line(venue.name) if venue else "",
        city=line(venue.city) if venue else "",
        days=tuple(_days(publication, entries, dates)),
    )
    return replace(schedule, version=_fingerprint(schedule))


def _dates(publication: ProgrammePublication, entries: list[TimedEntry]) -> list[date]:
    conference = publication.conference
    dates = {day_of(entry.start, conference) for entry in entries if entry.start}
    first, last = conference.date_start, conference.last_day
    if first and last and (last - first).days < _MOST_DAYS:
        dates |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    elif first and last:
        dates |= {first, last}
    return sorted(dates)


def _days(
    publication: ProgrammePublication, entries: list[TimedEntry], dates: list[date]
) -> Iterable[ScheduleDay]:
    conference = publication.conference
    rooms = placed(publication, entries)
    source = EventSource(
        publication, _numbers(entries), public_documentation(publication), _bodies(entries)
    )
    for index, day in enumerate(dates, start=1):
        start, end = (
            datetime.combine(one, conference.day_change, tzinfo=conference.zone)
            for one in (day, day + timedelta(days=1))
        )
        today = {
            key: [
                entry for entry in members if entry.start and day_of(entry.start, conference) == day
            ]
            for key, members in rooms.items()
        }
        yield ScheduleDay(index, day, start, end, tuple(_rooms(source, today)))


def _rooms(
    source: EventSource, today: Mapping[RoomKey, list[TimedEntry]]
) -> Iterable[ScheduleRoom]:
    for key, members in today.items():
        if members:
            order = sorted(members, key=lambda entry: (entry.start or _NEVER, str(entry.uid)))
            events = tuple(event_of(source, entry, key.name) for entry in order)
            yield ScheduleRoom(key.name, key.guid, events)


_NEVER = datetime.max.replace(tzinfo=UTC)


def _numbers(entries: list[TimedEntry]) -> dict[uuid.UUID, int]:
    """Numbers as they were published; what has none yet gets the next ones."""
    numbers = {entry.uid: entry.number for entry in entries if entry.number is not None}
    following = max(numbers.values(), default=0)
    for entry in sorted(entries, key=lambda entry: (entry.start or _NEVER, str(entry.uid))):
        if entry.uid not in numbers:
            following += 1
            numbers[entry.uid] = following
    return numbers


def _bodies(entries: list[TimedEntry]) -> dict[int, list[dict[str, object]]]:
    """The blocks of the sessions' running text by id of the page."""
    pages = {entry.session.page_id for entry in entries if isinstance(entry, SessionEntry)}
    bodies = SessionPage.objects.filter(pk__in=pages).values_list("pk", "body")
    return {page_id: list(body.raw_data) for page_id, body in bodies if body}


def _fingerprint(schedule: Schedule) -> str:
    """Changes with the programme and with nothing else, not even with the day it is asked for.

    Only what both formats carry counts: a programme that was imported keeps its version.
    """
    facts = [schedule.title, schedule.acronym, schedule.first, schedule.last, schedule.zone]
    events = [_facts(event) for day in schedule.days for room in day.rooms for event in room.events]
    text = json.dumps([facts, events], default=str, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _facts(event: ScheduleEvent) -> list[object]:
    links = {link.url for link in (*event.links, *event.attachments)} | {event.recording.url}
    return [
        *(event.guid, event.room, event.start, event.duration, event.title, event.subtitle),
        *(event.type, event.track, event.language, event.abstract, event.description),
        [person.name for person in event.persons],
        sorted(links),
    ]
