"""Parts of a programme that have a calendar of their own."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from conference.exports.texts import line
from conference.models import PublishedOccurrence
from conference.queries import (
    ProgrammePublication,
    RoundEntry,
    SessionEntry,
    TimedEntry,
    day_of,
)


@dataclass(frozen=True)
class CalendarPart:
    """What stands in one calendar, and its name."""

    name: str
    entries: tuple[TimedEntry, ...]
    withdrawn: tuple[PublishedOccurrence, ...]


def whole(publication: ProgrammePublication) -> CalendarPart:
    """Everything."""
    entries = tuple(publication.timed_entries())
    return CalendarPart(line(publication.conference.title), entries, publication.withdrawn)


def of_day(publication: ProgrammePublication, day: date) -> CalendarPart | None:
    """One day of the conference; None where it has no such day."""
    conference = publication.conference
    rows = [row for row in publication.withdrawn if row.start]
    withdrawn = tuple(row for row in rows if row.start and day_of(row.start, conference) == day)
    days = [entry for entry in publication.programme.days if entry.date == day]
    if not days and not withdrawn and not _is_day(publication, day):
        return None
    entries = tuple(
        entry
        for entry in publication.timed_entries()
        if entry.start and day_of(entry.start, conference) == day
    )
    return CalendarPart(_name(publication, date_format(day)), entries, withdrawn)


def of_round(publication: ProgrammePublication, uid: uuid.UUID) -> CalendarPart | None:
    """One round; None where it is not known."""
    for entry in publication.programme.entries():
        if isinstance(entry, RoundEntry) and entry.uid == uid:
            # Nobody keeps which round an entry stood in that is gone: the start says it.
            rows = [row for row in publication.withdrawn if row.session_id and row.start]
            withdrawn = tuple(row for row in rows if row.start == entry.start)
            name = _name(publication, line(entry.label or entry.title))
            return CalendarPart(name, entry.parallel, withdrawn)
    return None


def of_session(publication: ProgrammePublication, session_id: uuid.UUID) -> CalendarPart:
    """All times of a session."""
    entries = tuple(
        entry
        for entry in publication.timed_entries()
        if isinstance(entry, SessionEntry) and entry.session.id == session_id
    )
    withdrawn = tuple(row for row in publication.withdrawn if row.session_id == session_id)
    titles = [entry.session.heading for entry in entries] + [row.title for row in withdrawn]
    return CalendarPart(_name(publication, line(titles[0]) if titles else ""), entries, withdrawn)


def of_entry(publication: ProgrammePublication, uid: uuid.UUID) -> CalendarPart | None:
    """One time of a session or one entry without a page; None where it was never public."""
    entries = tuple(entry for entry in publication.timed_entries() if entry.uid == uid)
    withdrawn = tuple(row for row in publication.withdrawn if row.uid == uid)
    if not entries and not withdrawn:
        return None
    return CalendarPart(line(publication.conference.title), entries, withdrawn)


def without_time(entries: Iterable[TimedEntry]) -> int:
    """How many entries no calendar can show, because nobody knows when they start."""
    return sum(entry.start is None for entry in entries)


def _name(publication: ProgrammePublication, part: str) -> str:
    title = line(publication.conference.title)
    return f"{title}: {part}" if part else title


def _is_day(publication: ProgrammePublication, day: date) -> bool:
    first, last = publication.conference.date_start, publication.conference.last_day
    return first is not None and last is not None and first <= day <= last
