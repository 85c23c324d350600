"""Keeps what the public was told about a programme: sequence numbers, tombstones, list of changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page

from conference.enums import ChangeKind, OccurrenceStatus
from conference.models import (
    ConferencePage,
    Occurrence,
    PublishedOccurrence,
    Room,
    Round,
    ScheduleChange,
    SessionPage,
)
from conference.queries import source_of

AT_ONCE = 200
# What publishing tells, and what it notes beside it.
_TOLD = ["session_id", "title", "start", "end", "room_id", "room_name", "status"]
_UPDATED = [*_TOLD, "conference_id", "number", "sequence", "changed_at", "withdrawn_at"]


@dataclass(frozen=True)
class Told:
    """What publishing tells the public about one entry."""

    uid: uuid.UUID
    title: str
    start: datetime | None
    end: datetime | None
    room: Room | None
    status: str
    session_id: uuid.UUID | None = None


@transaction.atomic
def record_conference(
    conference: ConferencePage, numbers: Mapping[uuid.UUID, int] | None = None
) -> None:
    """Note the published entries of a conference and, as rounds may have moved, of its sessions.

    The number of queries does not depend on the number of sessions. `numbers` are those that an
    imported file gave to entries; a number that is taken here already is not given again.
    """
    if source_of(conference).pk != conference.pk:
        return  # times are the same in every language and belong to the source
    _wait_for_others(conference.path)
    told = [
        Told(item.uid, str(item), item.start, item.end, item.room, item.status)
        for item in conference.schedule_items.select_related("room").all()
    ]
    rounds = _rounds(conference)
    sessions = SessionPage.objects.live().child_of(conference)
    for session in sessions.prefetch_related("occurrences__room"):
        told += _told(session, session.occurrences.all(), rounds)
    known = PublishedOccurrence.objects.filter(
        Q(conference_id=conference.public_id, session_id=None)
        | Q(session_id__in=sessions.order_by().values("public_id"))
    )
    _record(conference, told, known, numbers or {})


@transaction.atomic
def record_session(session: SessionPage) -> None:
    """Note the published occurrences of a session, once its conference is public."""
    conference = session.get_parent().specific
    if source_of(session).pk != session.pk or not conference.live:
        return
    _wait_for_others(conference.path)
    told = _told(session, session.occurrences.select_related("room").all(), _rounds(conference))
    known = PublishedOccurrence.objects.filter(session_id=session.public_id)
    _record(conference, told, known, {})


@transaction.atomic
def withdraw_session(session: SessionPage) -> None:
    """A session that is withdrawn or deleted is cancelled for everybody who has it in a calendar.

    One with a password was not told to the public, so nothing of it may stay behind.
    """
    if source_of(session).pk != session.pk:
        return
    _wait_for_others(session.path[: -Page.steplen])
    rows = PublishedOccurrence.objects.filter(session_id=session.public_id)
    if session.get_view_restrictions().exists():
        rows.delete()
        ScheduleChange.objects.filter(session_id=session.public_id).delete()
    else:
        _withdraw(rows, timezone.now())


@transaction.atomic
def withdraw_conference(conference: ConferencePage) -> None:
    """The same for a whole conference."""
    if source_of(conference).pk == conference.pk:
        _wait_for_others(conference.path)
        known = PublishedOccurrence.objects.filter(conference_id=conference.public_id)
        _withdraw(known, timezone.now())


def _wait_for_others(path: str) -> None:
    """Numbers and sequences count on from what stands there: one at a time in each conference.

    ``path``: that of the conference in the tree. It may be gone when its sessions are deleted with it.
    """
    list(Page.objects.select_for_update().filter(path=path).values_list("pk"))


def _rounds(conference: ConferencePage) -> dict[uuid.UUID, Round]:
    return {round_.uid: round_ for round_ in conference.rounds.all()}


def _told(
    session: SessionPage, rows: Iterable[Occurrence], rounds: dict[uuid.UUID, Round]
) -> list[Told]:
    told = []
    for row in rows:
        times = row.times(row.round_in(rounds))
        told.append(
            Told(
                uid=row.uid,
                title=session.title,
                start=times.start,
                end=times.end,
                room=row.room,
                status=row.status,
                session_id=session.public_id,
            )
        )
    return told


def _record(
    conference: ConferencePage,
    told: list[Told],
    known: QuerySet[PublishedOccurrence],
    numbers: Mapping[uuid.UUID, int],
) -> None:
    """Compare with what was told before. `known`: the rows that `told` replaces as a whole."""
    now = timezone.now()
    entries = {
        entry.uid: replace(entry, status=conference.status_of(entry.status)) for entry in told
    }
    before = {row.uid: row for row in known}
    _withdraw([row for uid, row in before.items() if uid not in entries], now)
    before |= _rows_elsewhere([uid for uid in entries if uid not in before])
    free = _Numbers(conference, numbers)
    new, changed, changes = [], [], []
    for uid, entry in entries.items():
        row = before.get(uid)
        if row is None:
            row = _new(conference, entry, free.number_for(uid), now)
            new.append(row)
            changes.append(_change(row, ChangeKind.NEW, now, new=row))
            continue
        if row.conference_id != conference.public_id:
            row.conference_id, row.number = conference.public_id, free.number_for(uid)
            changed.append(row)
        elif _differs(row, entry):
            changed.append(row)
        changes += _update(row, entry, now)
    PublishedOccurrence.objects.bulk_create(new)
    PublishedOccurrence.objects.bulk_update(changed, _UPDATED, batch_size=AT_ONCE)
    ScheduleChange.objects.bulk_create(changes)


def _rows_elsewhere(uids: list[uuid.UUID]) -> dict[uuid.UUID, PublishedOccurrence]:
    """What was told of these entries when they belonged to another page."""
    found: dict[uuid.UUID, PublishedOccurrence] = {}
    for start in range(0, len(uids), AT_ONCE):
        part = uids[start : start + AT_ONCE]
        found |= {row.uid: row for row in PublishedOccurrence.objects.filter(uid__in=part)}
    return found


class _Numbers:
    """Numbers for schedule exports, never one twice in a conference."""

    def __init__(self, conference: ConferencePage, wanted: Mapping[uuid.UUID, int]) -> None:
        rows = PublishedOccurrence.objects.filter(conference_id=conference.public_id)
        self.taken = set(rows.values_list("number", flat=True))
        self.wanted = wanted
        self.last = max((*self.taken, *wanted.values()), default=0)

    def number_for(self, uid: uuid.UUID) -> int:
        """The wanted number if it is free, else one that was never given."""
        number = self.wanted.get(uid)
        if number is None or number in self.taken:
            self.last += 1
            number = self.last
        self.taken.add(number)
        return number


def _new(
    conference: ConferencePage, entry: Told, number: int, now: datetime
) -> PublishedOccurrence:
    row = PublishedOccurrence(
        uid=entry.uid,
        conference_id=conference.public_id,
        number=number,
        changed_at=now,
        first_published_at=now,
    )
    _set(row, entry)
    return row


def _differs(row: PublishedOccurrence, entry: Told) -> bool:
    told = PublishedOccurrence()
    _set(told, entry)
    return row.withdrawn_at is not None or any(
        getattr(row, name) != getattr(told, name) for name in _TOLD
    )


def _update(row: PublishedOccurrence, entry: Told, now: datetime) -> list[ScheduleChange]:
    """Note the new values in the row; returns the line for the list of changes, if there is one."""
    old = PublishedOccurrence(
        start=row.start, end=row.end, room_name=row.room_name, status=row.status
    )
    before = _state(row)
    was_withdrawn = row.withdrawn_at is not None
    _set(row, entry)
    row.withdrawn_at = None
    after = _state(row)
    if before == after and not was_withdrawn:
        return []
    row.sequence += 1
    row.changed_at = now
    kind = _kind(before, after, was_withdrawn=was_withdrawn)
    return [_change(row, kind, now, old=old, new=row)]


def _withdraw(rows: Iterable[PublishedOccurrence], now: datetime) -> None:
    """Cancel what is gone. The rows stay: calendars have to be told for as long as they ask."""
    gone = [row for row in rows if row.withdrawn_at is None]
    changes = []
    for row in gone:
        was_cancelled = row.status == OccurrenceStatus.CANCELLED
        row.status = OccurrenceStatus.CANCELLED
        row.withdrawn_at = now
        if not was_cancelled:
            row.sequence += 1
            row.changed_at = now
            changes.append(_change(row, ChangeKind.CANCELLED, now, old=row))
    PublishedOccurrence.objects.bulk_update(gone, _UPDATED, batch_size=AT_ONCE)
    ScheduleChange.objects.bulk_create(changes)


def _set(row: PublishedOccurrence, entry: Told) -> None:
    row.session_id = entry.session_id
    row.title = entry.title[:255]
    row.start = entry.start
    row.end = entry.end
    row.room_id = entry.room.public_id if entry.room else None
    row.room_name = entry.room.name if entry.room else ""
    row.status = entry.status


def _state(row: PublishedOccurrence) -> tuple[object, ...]:
    """What a calendar must know (RFC 5546, 2.1.4, and the room). A renamed room is the same room."""
    return (row.start, row.end, row.room_id, row.status)


def _kind(
    before: tuple[object, ...], after: tuple[object, ...], *, was_withdrawn: bool
) -> ChangeKind:
    cancelled = OccurrenceStatus.CANCELLED
    if before[3] != after[3] or was_withdrawn:
        if after[3] == cancelled:
            return ChangeKind.CANCELLED
        return ChangeKind.RESTORED if before[3] == cancelled else ChangeKind.STATUS
    return ChangeKind.MOVED if before[:2] != after[:2] else ChangeKind.ROOM


def _change(
    row: PublishedOccurrence,
    kind: ChangeKind,
    now: datetime,
    *,
    old: PublishedOccurrence | None = None,
    new: PublishedOccurrence | None = None,
) -> ScheduleChange:
    return ScheduleChange(
        uid=row.uid,
        conference_id=row.conference_id,
        session_id=row.session_id,
        at=now,
        kind=kind,
        title=row.title,
        old_start=old.start if old else None,
        old_end=old.end if old else None,
        old_room=old.room_name if old else "",
        new_start=new.start if new else None,
        new_end=new.end if new else None,
        new_room=new.room_name if new else "",
    )
