"""A programme as editors have it: the latest drafts, which visitors may not see yet.

For the admin only. Drafts of sessions are read from their revisions as plain rows: making a page of
each would cost many queries.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from modelcluster.models import model_from_serializable_data
from wagtail.models import Revision

from conference.enums import OccurrenceStatus
from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    Room,
    Round,
    ScheduleItem,
    SessionPage,
)
from conference.models.programme import Times
from conference.queries.conflicts import Conflict, Slot, find_conflicts
from conference.queries.hours import printed_hours
from conference.queries.programme import day_of


@dataclass(frozen=True)
class DraftSession:
    """A session with the rows of its latest draft."""

    page: SessionPage
    title: str
    occurrences: tuple[Occurrence, ...]
    people: tuple[tuple[int | None, str], ...]


@dataclass(frozen=True)
class DraftProgramme:
    """A conference's latest draft and those of its sessions, in the order of the tree."""

    conference: ConferencePage
    sessions: tuple[DraftSession, ...]
    # By their lasting identity.
    rounds: dict[uuid.UUID, Round]
    items: tuple[ScheduleItem, ...]
    rooms: dict[int, Room]

    def slots(self) -> Iterator[Slot]:
        """All that takes place, with what can be in two places at once."""
        for session in self.sessions:
            for row in session.occurrences:
                if row.status != OccurrenceStatus.CANCELLED:
                    times = row.times(row.round_in(self.rounds))
                    slot = self._slot(row, session.title, times)
                    yield replace(slot, people=session.people, page_id=session.page.pk)
        for item in self.items:
            if item.status != OccurrenceStatus.CANCELLED:
                times = Times(item.start, item.end, item.end_is_derived)
                people = tuple((None, name) for name in item.people)
                yield replace(self._slot(item, str(item), times), people=people)

    def _slot(self, row: Occurrence | ScheduleItem, title: str, times: Times) -> Slot:
        room = self.rooms.get(row.room_id) if row.room_id else None
        return Slot(
            uid=row.uid,
            title=title,
            start=times.start,
            end=times.end,
            day=day_of(times.start, self.conference) if times.start else None,
            room=(str(room.pk), room.name) if room else None,
        )

    def conflicts(self) -> list[Conflict]:
        """What is odd in it."""
        first, last = self.conference.date_start, self.conference.last_day
        hours = printed_hours(
            self.conference.time_text, first_day=first, last_day=last, zone=self.conference.zone
        )
        return find_conflicts(self.slots(), first, last, hours)


def draft_programme(conference: ConferencePage) -> DraftProgramme:
    """Return the programme as the editors have it. A fixed number of queries beside the conference's."""
    draft = conference.get_latest_revision_as_object()
    pages = list(SessionPage.objects.child_of(conference).order_by("path"))
    revisions = Revision.objects.in_bulk(
        [page.latest_revision_id for page in pages if page.has_unpublished_changes]
    )
    drafts = {page.pk: revisions.get(page.latest_revision_id) for page in pages}
    stored = [pk for pk, revision in drafts.items() if revision is None]
    occurrences = _by_page(Occurrence.objects.filter(session_id__in=stored))
    people = _by_page(Participation.objects.filter(session_id__in=stored))
    sessions = []
    for page in pages:
        revision = drafts[page.pk]
        content = revision.content if revision else None
        sessions.append(
            DraftSession(
                page=page,
                title=content["title"] if content else page.title,
                occurrences=tuple(
                    _rows(Occurrence, content["occurrences"]) if content else occurrences[page.pk]
                ),
                people=tuple(
                    (row.person_id, row.name_as_shown)
                    for row in (
                        _rows(Participation, content["participations"])
                        if content
                        else people[page.pk]
                    )
                ),
            )
        )
    items = tuple(draft.schedule_items.all())
    wanted = {row.room_id for session in sessions for row in session.occurrences}
    wanted |= {item.room_id for item in items}
    return DraftProgramme(
        conference=draft,
        sessions=tuple(sessions),
        rounds={row.uid: row for row in draft.rounds.all()},
        items=items,
        rooms=Room.objects.in_bulk(wanted - {None}),
    )


def _by_page(rows: Any) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows.order_by("session_id", "sort_order", "pk"):
        found[row.session_id].append(row)
    return found


def _rows(model: Any, contents: Iterable[dict[str, Any]]) -> list[Any]:
    """Rows of a revision. A person or room deleted since is left out, as publishing would."""
    rows = (
        model_from_serializable_data(model, content, check_fks=False, strict_fks=False)
        for content in contents
    )
    return [row for row in rows if row is not None]
