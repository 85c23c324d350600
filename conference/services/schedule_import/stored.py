"""What is stored of a conference, read in a fixed number of queries."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Any

from conference.models import ConferencePage, Occurrence, Room, ScheduleItem, SessionPage, Venue
from conference.services.schedule_import.meant import Prints
from knowledge.models import ImportedRow

CONFERENCE, SESSION = "conference", "session"
AT_ONCE = 500
_RELATIONS = ("occurrences__room", "participations__person", "documentation", "languages")


class Stored:
    """The sessions of a conference and what earlier imports said about them."""

    def __init__(self, conference: ConferencePage | None) -> None:
        self.conference = conference
        self.sessions: dict[int, SessionPage] = {}
        self.by_import_id: dict[str, SessionPage] = {}
        self.by_uid: dict[uuid.UUID, SessionPage] = {}
        self.prints: dict[int, Prints] = {}
        self.conference_prints: Prints = {}
        self.items: dict[uuid.UUID, ScheduleItem] = {}
        self.rooms: list[Room] = []
        if conference is not None:
            self._read(conference)

    def imported(self) -> Iterable[SessionPage]:
        """Sessions that came from a file."""
        return (page for page in self.sessions.values() if page.pk in self.prints)

    def _read(self, conference: ConferencePage) -> None:
        pages = SessionPage.objects.child_of(conference).order_by("path")
        self.sessions = {page.pk: page for page in pages.prefetch_related(*_RELATIONS)}
        for page in self.sessions.values():
            if page.import_id:
                self.by_import_id.setdefault(page.import_id, page)
            for row in page.occurrences.all():
                self.by_uid[row.uid] = page
        self.prints = dict(
            ImportedRow.objects.filter(
                kind=SESSION, object_id__in=pages.order_by().values("pk")
            ).values_list("object_id", "fingerprints")
        )
        said = ImportedRow.objects.filter(kind=CONFERENCE, object_id=conference.pk).first()
        self.conference_prints = said.fingerprints if said else {}
        self.items = {item.uid: item for item in conference.schedule_items.select_related("room")}
        venues = {conference.venue_id} | {
            row.room.venue_id
            for page in self.sessions.values()
            for row in page.occurrences.all()
            if row.room
        }
        self.rooms = list(Room.objects.filter(venue__in=venues - {None}).select_related("venue"))


def strangers(uids: Collection[uuid.UUID], conference: ConferencePage | None) -> dict[Any, str]:
    """Times and entries of other conferences that have one of these UUIDs, with where they stand."""
    found: dict[Any, str] = {}
    wanted = iter(sorted(uids))
    while part := list(islice(wanted, AT_ONCE)):
        times = Occurrence.objects.filter(uid__in=part).select_related("session")
        items = ScheduleItem.objects.filter(uid__in=part).select_related("conference")
        if conference is not None:
            key = conference.translation_key
            times = times.exclude(session__path__startswith=conference.path)
            items = items.exclude(conference__translation_key=key)
            # A translation keeps the UUIDs of its source.
            others = conference.get_translations().values_list("path", flat=True)
            for path in others:
                times = times.exclude(session__path__startswith=path)
        found |= {row.uid: row.session.title for row in times}
        found |= {row.uid: row.conference.title for row in items}
    return found


def remember(kind: str, prints: dict[int, Prints]) -> None:
    """Keep what the file said, in the place of what an earlier one said."""
    pks = iter(list(prints))
    while part := list(islice(pks, AT_ONCE)):
        ImportedRow.objects.filter(kind=kind, object_id__in=part).delete()
    ImportedRow.objects.bulk_create(
        (ImportedRow(kind=kind, object_id=pk, fingerprints=found) for pk, found in prints.items()),
        batch_size=AT_ONCE,
    )


def venue_for(name: str, city: str) -> Venue | None:
    """The one house with exactly this name and city."""
    found = list(Venue.objects.filter(name=name, city=city)[:2])
    return found[0] if len(found) == 1 else None
