"""What the file wants of each page, column by column, with short traces of it.

The next import compares with the traces and not with the page: only what changed in the file is
changed here, and what editors corrected or added stays.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from conference.services.schedule_import.meant import (
    ConferenceMeant,
    EventMeant,
    LinkMeant,
    Prints,
    RoomMeant,
    SessionMeant,
    TimeMeant,
)
from knowledge.services.imports.schema import fingerprint

TIME, LINK, ITEM = "time ", "link ", "item "
# The state of a time that is gone from the file and was cancelled for that.
CANCELLED = "cancelled"


@dataclass
class WantedSession:
    """A session of the file with the UUIDs of its times."""

    meant: SessionMeant
    import_id: str
    times: dict[uuid.UUID, TimeMeant]
    links: dict[uuid.UUID, LinkMeant]
    prints: Prints = field(default_factory=dict)

    @property
    def event(self) -> EventMeant:
        """The texts."""
        return self.meant.event

    @property
    def title(self) -> str:
        """The title, or what stands in for it in lists and the address."""
        event = self.event
        return event.title or event.format_label or _("Session %(key)s") % {"key": self.meant.key}


def wanted_session(
    meant: SessionMeant, acronym: str, times: list[tuple[uuid.UUID, TimeMeant]]
) -> WantedSession:
    """A session with traces of all its columns."""
    import_id = f"{acronym}/{meant.key}"
    links = {link_uid(import_id, link): link for link in meant.links}
    wanted = WantedSession(meant, import_id, dict(times), links)
    event = meant.event
    values: dict[str, Any] = {
        "title": event.title,
        "subtitle": event.subtitle,
        "format": [event.format, event.format_label],
        "track": event.track,
        "languages": [list(event.languages), event.languages_as_shown],
        "abstract": event.abstract,
        "body": event.description,
    }
    prints = {name: fingerprint(value) for name, value in values.items()}
    prints["people"] = people_print([person.name for person in event.people])
    for uid, time in wanted.times.items():
        prints[f"{TIME}{uid}"] = fingerprint(_time(time.start, time.end, time.room, time.position))
    for uid, link in wanted.links.items():
        value = [link.kind, link.title, link.url, link.licence, link.availability]
        prints[f"{LINK}{uid}"] = fingerprint(value)
    wanted.prints = prints
    return wanted


def conference_prints(meant: ConferenceMeant, items: dict[uuid.UUID, EventMeant]) -> Prints:
    """Traces of the conference's columns and of its entries without a page."""
    prints = {
        name: fingerprint(str(value))
        for name, value in conference_values(meant).items()
        if value not in (None, "")
    }
    for uid, item in items.items():
        time = item.time
        people = [person.name for person in item.people]
        value = [item.item_kind, item.title, item.subtitle, people]
        value += _time(time.start, time.end, time.room, time.position)
        prints[f"{ITEM}{uid}"] = fingerprint(value)
    return prints


def conference_values(meant: ConferenceMeant) -> dict[str, Any]:
    """Columns of the conference. Nothing for what the file does not say."""
    return {
        "title": meant.title,
        "subtitle": meant.subtitle,
        "website": meant.website,
        "timezone": meant.zone.key,
        "timezone_is_derived": meant.zone_is_derived,
        "date_start": meant.date_start,
        "date_end": meant.date_end,
        "day_change": meant.day_change,
        "venue": " / ".join(filter(None, (meant.venue, meant.city))),
    }


def people_print(names: list[str]) -> str:
    """One trace for each name: so it can be told later which rows came from a file."""
    return " ".join(fingerprint(name) for name in names)


def link_uid(import_id: str, link: LinkMeant) -> uuid.UUID:
    """The lasting identity of an item of documentation: its session and its address."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{import_id} {link.kind if not link.url else link.url}")


def _time(
    start: datetime | None, end: datetime | None, room: RoomMeant | None, position: int | None
) -> list[Any]:
    return [
        str(start.timestamp()) if start else None,
        str(end.timestamp()) if end else None,
        room.name if room else None,
        position,
    ]
