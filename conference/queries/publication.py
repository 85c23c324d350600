"""A programme with what stands around it in calendars and schedule files."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TypeAlias

from django.conf import settings
from django.utils.encoding import iri_to_uri

from conference.models import (
    ConferencePage,
    PublishedOccurrence,
    SessionDocumentation,
    SessionPage,
    Venue,
)
from conference.queries.entries import ItemEntry, Programme, RoundEntry, SessionEntry
from conference.queries.programme import programme
from conference.queries.programme_filter import ProgrammeFilter
from conference.queries.visible import Viewer, sessions_visible_to, source_of
from nexsm.base.page_links import localised_url

# What takes place at one time: a time of a session, or an entry without a page.
TimedEntry: TypeAlias = SessionEntry | ItemEntry
# Stands for "when was this published" where a page came in without being published.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class ProgrammePublication:
    """A programme or a chosen part of it, ready to leave the site."""

    conference: ConferencePage
    # The page in the language of the sources; its identity counts in every language.
    source: ConferencePage
    url: str
    programme: Programme
    # Entries that were public once and are gone. Calendars have to be told that they are cancelled.
    withdrawn: tuple[PublishedOccurrence, ...] = ()
    # Houses of the rooms in the programme, by id, and that of the conference.
    venues: Mapping[int, Venue] = field(default_factory=dict)
    published_at: datetime = LONG_AGO

    def timed_entries(self) -> Iterator[TimedEntry]:
        """Everything that takes place; rounds are opened."""
        for entry in self.programme.entries():
            if isinstance(entry, RoundEntry):
                yield from entry.parallel
            else:
                yield entry

    @property
    def modified_at(self) -> datetime:
        """When the programme, one of its pages or one of its times was published last."""
        moments = [entry.changed_at for entry in self.timed_entries() if entry.changed_at]
        moments += [row.changed_at for row in self.withdrawn]
        return max([self.published_at, *moments])


def absolute(path: str) -> str:
    """The whole address of a path on this site, as calendars and feeds may hold it (RFC 3986)."""
    return f"{settings.BASE_URL}{iri_to_uri(path)}"


def publication_of(
    conference: ConferencePage, viewer: Viewer, chosen: ProgrammeFilter | None = None
) -> ProgrammePublication:
    """Return the programme, or the chosen part of it, with a number of queries that does not grow."""
    source = source_of(conference)
    whole = programme(conference, viewer)
    rows = _withdrawn(source, viewer)
    part = whole
    if chosen is not None and chosen.is_active:
        part = chosen.apply(whole)
        # Nobody knows whether a session that is gone was chosen; whoever never had it loses nothing.
        others = _sessions(whole) - _sessions(part)
        rows = [row for row in rows if row.session_id and row.session_id not in others]
    publication = ProgrammePublication(
        conference=conference,
        source=source,
        url=localised_url(conference),
        programme=part,
        withdrawn=tuple(rows),
        published_at=last_published_at(conference, viewer),
    )
    return replace(publication, venues=_venues(publication))


def public_documentation(
    publication: ProgrammePublication,
) -> dict[int, list[SessionDocumentation]]:
    """Return what visitors may see of the sessions' documentation, by id of the session's page."""
    pages = {entry.session.page_id for entry in publication.programme.occurrences()}
    rows = (
        SessionDocumentation.objects.filter(session_id__in=pages, is_public=True)
        .select_related("document", "licence", "language")
        .order_by("session_id", "sort_order", "pk")
    )
    found: dict[int, list[SessionDocumentation]] = defaultdict(list)
    for row in rows:
        found[row.session_id].append(row)
    return found


def hidden_sessions(source: ConferencePage, viewer: Viewer) -> set[uuid.UUID]:
    """Public ids of sessions below the conference that are there but not for everybody."""
    below = SessionPage.objects.child_of(source).live()
    # Below a conference that was taken offline nothing is visible, but not because it were secret.
    seen = sessions_visible_to(viewer) if source.live else below.public()
    return set(below.exclude(pk__in=seen.values("pk")).values_list("public_id", flat=True))


def last_published_at(conference: ConferencePage, viewer: Viewer) -> datetime:
    """When the conference or one of its sessions was published last, in the shown language too."""
    source = source_of(conference)
    moments = {conference.last_published_at, source.last_published_at}
    for page in (source, conference):
        below = sessions_visible_to(viewer).filter(path__startswith=page.path, depth=page.depth + 1)
        moments.add(
            below.filter(last_published_at__isnull=False)
            .order_by("-last_published_at")
            .values_list("last_published_at", flat=True)
            .first()
        )
    return max((moment for moment in moments if moment), default=LONG_AGO)


def _sessions(shown: Programme) -> set[uuid.UUID]:
    """Public ids of its sessions, with and without a time."""
    ids = {entry.session.id for entry in shown.occurrences()}
    return ids | {session.id for session in shown.unscheduled}


def _withdrawn(source: ConferencePage, viewer: Viewer) -> list[PublishedOccurrence]:
    rows = PublishedOccurrence.objects.filter(
        conference_id=source.public_id, withdrawn_at__isnull=False
    )
    hidden = hidden_sessions(source, viewer)
    return [row for row in rows.order_by("start", "number") if row.session_id not in hidden]


def _venues(publication: ProgrammePublication) -> dict[int, Venue]:
    ids = {entry.room.venue_id for entry in publication.timed_entries() if entry.room}
    ids |= {publication.source.venue_id} - {None}
    return Venue.objects.select_related("region").in_bulk(ids) if ids else {}
