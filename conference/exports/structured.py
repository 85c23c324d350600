"""schema.org (JSON-LD) for search engines: the conference, and one Event for each time of a session.

Only what the page shows is said, and what is not known is left out. Breaks and registration are no
events.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeAlias

from conference.enums import (
    AttendanceMode,
    ConferenceState,
    DocumentationKind,
    OrganiserRole,
    ParticipationRole,
)
from conference.exports.texts import clean, line, plain
from conference.models import (
    ConferenceDocumentation,
    ConferencePage,
    Room,
    SessionDocumentation,
    Venue,
)
from conference.queries import (
    DocumentationShown,
    PersonShown,
    Programme,
    SessionEntry,
    absolute,
    source_of,
)
from nexsm.base.page_links import localised_url

CONTEXT = "https://schema.org"
# A search engine reads the sessions' own pages; a list of all of them in a large conference is only weight.
MOST_SUB_EVENTS = 100
_MODES = {
    AttendanceMode.ONSITE: "OfflineEventAttendanceMode",
    AttendanceMode.ONLINE: "OnlineEventAttendanceMode",
    AttendanceMode.MIXED: "MixedEventAttendanceMode",
}
_WORKS = {DocumentationKind.SLIDES: "PresentationDigitalDocument"}
_WITHOUT_WORK = {DocumentationKind.RECORDING, DocumentationKind.LINK, DocumentationKind.CAPTIONS}

Thing: TypeAlias = dict[str, Any]
Row: TypeAlias = ConferenceDocumentation | SessionDocumentation


def conference_data(conference: ConferencePage, programme: Programme) -> Thing:
    """Return the conference. `programme` is the one the page shows."""
    url = absolute(localised_url(conference))
    is_cancelled = conference.current_state() == ConferenceState.CANCELLED
    source = source_of(conference)
    organisers = [
        _organisation(row.name_as_shown)
        for row in source.organisers.all()
        if row.role == OrganiserRole.ORGANISER
    ]
    occurrences = [entry for entry in programme.occurrences() if entry.start]
    return _known(
        {
            "@context": CONTEXT,
            "@type": ["Event", "ConferenceEvent"],
            "@id": f"{url}#conference",
            "url": url,
            "name": line(conference.title),
            "alternateName": line(conference.hashtag),
            "description": clean(conference.introduction),
            "startDate": _date(conference.date_start),
            "endDate": _date(conference.last_day),
            "eventStatus": _schema("EventCancelled" if is_cancelled else "EventScheduled"),
            "eventAttendanceMode": _mode(conference),
            "location": _places(conference, None),
            "organizer": organisers,
            "funder": [_organisation(row.name_as_shown) for row in source.funders.all()],
            "inLanguage": _languages(occurrences),
            "subEvent": [{"@id": _entry_id(entry)} for entry in occurrences[:MOST_SUB_EVENTS]],
        }
    )


def session_data(
    conference: ConferencePage,
    entries: Iterable[SessionEntry],
    *,
    documentation: Iterable[DocumentationShown],
    earlier: Mapping[uuid.UUID, datetime],
) -> Thing | None:
    """Return one Event for each time of a session; None while no time is known.

    `earlier`: by UUID, the start that was announced before an entry was moved.
    """
    rows = [item.row for item in _flat(documentation) if item.href]
    events = [
        _event(conference, entry, rows, earlier.get(entry.uid))
        for entry in entries
        if entry.start is not None
    ]
    return {"@context": CONTEXT, "@graph": events} if events else None


def _event(
    conference: ConferencePage,
    entry: SessionEntry,
    rows: list[Row],
    earlier: datetime | None,
) -> Thing:
    session = entry.session
    conference_url = absolute(localised_url(conference))
    moderators = [person for person in session.people if person.role == ParticipationRole.MODERATOR]
    others = [person for person in session.people if person not in moderators]
    end = None if entry.end_is_derived else entry.end
    return _known(
        {
            "@type": "Event",
            "@id": _entry_id(entry),
            "url": absolute(session.url),
            "name": line(session.heading),
            "alternateName": line(session.subtitle),
            "description": plain(session.abstract),
            "startDate": _moment(entry.start, conference),
            "endDate": _moment(end, conference),
            "eventStatus": _schema(_status(entry, earlier)),
            "previousStartDate": _moment(earlier, conference),
            "eventAttendanceMode": _mode(conference),
            "location": _places(conference, entry.room),
            "superEvent": _known(
                {
                    "@type": "Event",
                    "@id": f"{conference_url}#conference",
                    "name": line(conference.title),
                    "url": conference_url,
                    "startDate": _date(conference.date_start),
                    "location": _places(conference, None),
                }
            ),
            "performer": [_person(person) for person in others],
            "contributor": [_person(person) for person in moderators],
            "inLanguage": _languages([entry]),
            "recordedIn": [_video(row) for row in rows if row.kind == DocumentationKind.RECORDING],
            "workFeatured": [
                _work(row) for row in rows if DocumentationKind(row.kind) not in _WITHOUT_WORK
            ],
        }
    )


def _flat(items: Iterable[DocumentationShown]) -> Iterator[DocumentationShown]:
    for item in items:
        yield item
        yield from item.beside


def _status(entry: SessionEntry, earlier: datetime | None) -> str:
    if entry.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if earlier else "EventScheduled"


def _known(thing: Thing) -> Thing:
    """Without what is not known; a list of one is that one."""
    found = {}
    for name, value in thing.items():
        if value in (None, "", [], {}):
            continue
        is_one = isinstance(value, list) and len(value) == 1 and name != "subEvent"
        found[name] = value[0] if is_one else value
    return found


def _schema(name: str) -> str:
    return f"{CONTEXT}/{name}"


def _entry_id(entry: SessionEntry) -> str:
    return absolute(f"{entry.session.url}#o-{entry.uid}")


def _date(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | None, conference: ConferencePage) -> str:
    return moment.astimezone(conference.zone).isoformat() if moment else ""


def _mode(conference: ConferencePage) -> str:
    mode = conference.attendance_mode
    return _schema(_MODES[AttendanceMode(mode)]) if mode else ""


def _languages(entries: Iterable[SessionEntry]) -> list[str]:
    return sorted({language.code for entry in entries for language in entry.session.languages})


def _places(conference: ConferencePage, room: Room | None) -> list[Thing]:
    """House and room; online the page that leads there."""
    places = []
    venue = room.venue if room and room.venue_id != conference.venue_id else conference.venue
    if conference.attendance_mode != AttendanceMode.ONLINE:
        house = _house(venue) if venue else _printed(conference)
        if room:
            inside = {"@type": "Place", "name": line(room.name), "containedInPlace": house}
            places.append(_known(inside | {"address": house.get("address")}))
        elif house:
            places.append(house)
    if conference.attendance_mode in {AttendanceMode.ONLINE, AttendanceMode.MIXED}:
        url = conference.website or absolute(localised_url(conference))
        places.append({"@type": "VirtualLocation", "url": url})
    return places


def _house(venue: Venue) -> Thing:
    address = _known(
        {
            "@type": "PostalAddress",
            "streetAddress": line(venue.street),
            "postalCode": line(venue.postal_code),
            "addressLocality": line(venue.city),
            "addressCountry": venue.country_code,
        }
    )
    return _known({"@type": "Place", "name": line(venue.name), "address": address})


def _printed(conference: ConferencePage) -> Thing:
    text = ", ".join(conference.venue_as_shown.split("\n"))
    return {"@type": "Place", "name": line(text), "address": line(text)} if text else {}


def _organisation(name: str) -> Thing:
    return {"@type": "Organization", "name": line(name)}


def _person(person: PersonShown) -> Thing:
    affiliation = _organisation(person.affiliation) if person.affiliation else None
    return _known({"@type": "Person", "name": line(person.full_name), "affiliation": affiliation})


def _address_of(row: Row) -> str:
    return row.href if "://" in row.href else absolute(row.href)


def _video(row: Row) -> Thing:
    hours, rest = divmod(row.duration_seconds or 0, 3600)
    minutes, seconds = divmod(rest, 60)
    return _known(
        {
            "@type": "VideoObject",
            "name": line(str(row)),
            "description": clean(row.description),
            "uploadDate": _date(row.date),
            "duration": f"PT{hours}H{minutes}M{seconds}S" if row.duration_seconds else "",
            "contentUrl" if row.document_id else "url": _address_of(row),
            "inLanguage": row.language.code if row.language else "",
            "license": row.licence.url if row.licence else "",
        }
    )


def _work(row: Row) -> Thing:
    return _known(
        {
            "@type": _WORKS.get(DocumentationKind(row.kind), "CreativeWork"),
            "name": line(str(row)),
            "url": _address_of(row),
            "inLanguage": row.language.code if row.language else "",
            "license": row.licence.url if row.licence else "",
        }
    )
