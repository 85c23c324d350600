"""iCalendar (RFC 5545, with the names of RFC 7986).

An entry is known by its own stored UUID (RFC 7986, 5.3: nothing that names a host) and has the stored
SEQUENCE and the moment of its last change, so that the same programme always gives the same bytes.
There is no METHOD: this is a calendar to read, not an invitation. Nobody's address is in it.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _
from icalendar import Calendar, Event, Timezone

from conference.enums import ConferenceState, OccurrenceStatus
from conference.exports.calendar_parts import CalendarPart, without_time
from conference.exports.calendar_texts import description_of, place_of, summary_of
from conference.exports.texts import clean, line
from conference.models import PublishedOccurrence
from conference.queries import ProgrammePublication, SessionEntry, TimedEntry, absolute

PRODID = "-//NexSM//Programme//EN"
REFRESH = timedelta(hours=6)
_STATUS = {
    OccurrenceStatus.CONFIRMED: "CONFIRMED",
    OccurrenceStatus.TENTATIVE: "TENTATIVE",
    OccurrenceStatus.CANCELLED: "CANCELLED",
}


def calendar_of(publication: ProgrammePublication, part: CalendarPart, *, address: str) -> bytes:
    """Return the calendar of a part. `address` is the whole address at which it is to be had.

    Entries whose start is unknown cannot stand in a calendar; its description says how many there
    are. Cancelled and withdrawn ones stay, as cancelled.
    """
    calendar = _frame(publication, part.name, address)
    if missing := without_time(part.entries):
        text = _("Not in this calendar, because their time is not yet known: %(number)s.")
        _describe(calendar, text % {"number": missing})
    for entry in part.entries:
        if entry.start is not None:
            calendar.add_component(_entry_event(publication, entry, entry.start))
    for row in part.withdrawn:
        if row.start is not None:
            calendar.add_component(_withdrawn_event(publication, row, row.start))
    return _bytes(calendar, publication)


def calendar_of_conference(publication: ProgrammePublication, *, address: str) -> bytes:
    """Return a calendar with the conference as one entry over whole days, for those who want only that."""
    conference = publication.conference
    calendar = _frame(publication, line(conference.title), address)
    if conference.date_start is None or conference.last_day is None:
        _describe(calendar, _("The date is not yet known."))
        return _bytes(calendar, publication)
    event = Event()
    event.add("uid", str(publication.source.public_id))
    _add_moments(event, publication.published_at)
    event.add("dtstart", conference.date_start)
    event.add("dtend", conference.last_day + timedelta(days=1))  # the first day that is free again
    event.add("summary", line(conference.title))
    is_cancelled = conference.current_state() == ConferenceState.CANCELLED
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    event.add("url", absolute(publication.url))
    if place := place_of(publication, None):
        event.add("location", place)
    if conference.introduction:
        event.add("description", clean(conference.introduction))
    calendar.add_component(event)
    return _bytes(calendar, publication)


def _frame(publication: ProgrammePublication, name: str, address: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", publication.programme.zone.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    calendar.add("source", address, parameters={"VALUE": "URI"})
    calendar.add("url", absolute(publication.url))
    calendar.add("last-modified", publication.modified_at.astimezone(UTC))
    return calendar


def _describe(calendar: Calendar, text: str) -> None:
    calendar.add("description", text)
    calendar.add("x-wr-caldesc", text)


def _entry_event(publication: ProgrammePublication, entry: TimedEntry, start: datetime) -> Event:
    event = Event()
    event.add("uid", str(entry.uid))
    event.add("sequence", entry.sequence)
    _add_moments(event, entry.changed_at or publication.published_at)
    _add_times(event, publication, start, entry.end)
    event.add("summary", summary_of(entry))
    event.add("status", _STATUS[OccurrenceStatus(entry.status)])
    path = entry.session.url if isinstance(entry, SessionEntry) else publication.url
    url = absolute(f"{path}#o-{entry.uid}")
    event.add("url", url)
    event.add("description", description_of(entry, url))
    if place := place_of(publication, entry.room):
        event.add("location", place)
    if isinstance(entry, SessionEntry):
        session = entry.session
        if words := [line(word) for word in (session.format_label, session.track) if word]:
            event.add("categories", words)
    event.add("related-to", str(publication.source.public_id))
    return event


def _withdrawn_event(
    publication: ProgrammePublication, row: PublishedOccurrence, start: datetime
) -> Event:
    """All that is left of an entry: what it was called, when it was, and that it is cancelled."""
    event = Event()
    event.add("uid", str(row.uid))
    event.add("sequence", row.sequence)
    _add_moments(event, row.changed_at)
    _add_times(event, publication, start, row.end)
    event.add("summary", _("Cancelled: %(title)s") % {"title": line(row.title)})
    event.add("status", "CANCELLED")
    event.add("url", absolute(publication.url))
    event.add("related-to", str(publication.source.public_id))
    return event


def _add_moments(event: Event, changed_at: datetime) -> None:
    """Without METHOD both say when this entry changed last (RFC 5545, 3.8.7.2)."""
    moment = changed_at.astimezone(UTC).replace(microsecond=0)
    event.add("dtstamp", moment)
    event.add("last-modified", moment)


def _add_times(
    event: Event, publication: ProgrammePublication, start: datetime, end: datetime | None
) -> None:
    event.add("dtstart", _local(publication, start))
    if end is not None and end > start:
        event.add("dtend", _local(publication, end))


def _local(publication: ProgrammePublication, moment: datetime) -> datetime:
    """The moment on the conference's clock.

    Between the clock going back and the end of that hour every time of day is there twice, and
    iCalendar means the first by it (RFC 5545, 3.3.5): the second can only be written in UTC.
    """
    local = moment.astimezone(publication.programme.zone)
    return local.astimezone(UTC) if local.fold else local


def _bytes(calendar: Calendar, publication: ProgrammePublication) -> bytes:
    """The text with the rules of its time zones; lines are folded at 75 octets by the library.

    A calendar must have at least one component (RFC 5545, 3.6): an empty one has its time zone.
    """
    days = [
        event.decoded(name)
        for event in calendar.events
        for name in ("dtstart", "dtend")
        if name in event
    ]
    years = [day.year for day in days] or [publication.modified_at.year]
    first, last = date(min(years) - 1, 1, 1), date(max(years) + 1, 12, 31)
    calendar.add_missing_timezones(first_date=first, last_date=last)
    if not calendar.subcomponents:
        name = publication.programme.zone.key
        calendar.add_component(Timezone.from_tzid(name, first_date=first, last_date=last))
    for zone in calendar.timezones:
        zone.pop("comment", None)
    return calendar.to_ical()
