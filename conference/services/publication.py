"""Keeps what the public was told about a programme: sequence numbers, tombstones, list of changes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

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
def record_conference(conference: ConferencePage) -> None:
    """Note the published entries of a conference and, as rounds may have moved, of its sessions."""
    if source_of(conference).pk != conference.pk:
        return  # times are the same in every language and belong to the source
    told = [
        Told(item.uid, str(item), item.start, item.end, item.room, item.status)
        for item in conference.schedule_items.select_related("room").all()
    ]
    known = PublishedOccurrence.objects.filter(conference_id=conference.public_id)
    _record(conference, told, known.filter(session_id=None))
    rounds = _rounds(conference)
    for session in SessionPage.objects.live().child_of(conference):
        _record_session(session, conference, rounds)


@transaction.atomic
def record_session(session: SessionPage) -> None:
    """Note the published occurrences of a session, once its conference is public."""
    conference = session.get_parent().specific
    if source_of(session).pk != session.pk or not conference.live:
        return
    _record_session(session, conference, _rounds(conference))


@transaction.atomic
def withdraw_session(session: SessionPage) -> None:
    """A session that is withdrawn or deleted is cancelled for everybody who has it in a calendar."""
    if source_of(session).pk == session.pk:
        _withdraw(PublishedOccurrence.objects.filter(session_id=session.public_id), timezone.now())


@transaction.atomic
def withdraw_conference(conference: ConferencePage) -> None:
    """The same for a whole conference."""
    if source_of(conference).pk == conference.pk:
        known = PublishedOccurrence.objects.filter(conference_id=conference.public_id)
        _withdraw(known, timezone.now())


def _rounds(conference: ConferencePage) -> dict[uuid.UUID, Round]:
    return {round_.uid: round_ for round_ in conference.rounds.all()}


def _record_session(
    session: SessionPage, conference: ConferencePage, rounds: dict[uuid.UUID, Round]
) -> None:
    rows: Iterable[Occurrence] = session.occurrences.select_related("room").all()
    told = []
    for row in rows:
        times = row.times(rounds.get(row.round_uid) if row.round_uid else None)
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
    known = PublishedOccurrence.objects.filter(session_id=session.public_id)
    _record(conference, told, known)


def _record(
    conference: ConferencePage, told: list[Told], known: QuerySet[PublishedOccurrence]
) -> None:
    """Compare with what was told before. `known`: the rows that `told` replaces as a whole."""
    now = timezone.now()
    uids = [entry.uid for entry in told]
    _withdraw(known.exclude(uid__in=uids), now)
    before = PublishedOccurrence.objects.in_bulk(uids, field_name="uid")
    for entry in told:
        row = before.get(entry.uid)
        if row is None:
            _add(conference, entry, now)
        else:
            _update(conference, row, entry, now)


def _add(conference: ConferencePage, entry: Told, now: datetime) -> None:
    row = PublishedOccurrence(
        uid=entry.uid,
        conference_id=conference.public_id,
        number=_next_number(conference),
        changed_at=now,
        first_published_at=now,
    )
    _set(row, entry)
    row.save()
    _log(row, ChangeKind.NEW, now, new=row)


def _update(
    conference: ConferencePage, row: PublishedOccurrence, entry: Told, now: datetime
) -> None:
    if row.conference_id != conference.public_id:
        row.conference_id = conference.public_id
        row.number = _next_number(conference)
    old = PublishedOccurrence(
        start=row.start, end=row.end, room_name=row.room_name, status=row.status
    )
    before = _state(row)
    was_withdrawn = row.withdrawn_at is not None
    _set(row, entry)
    row.withdrawn_at = None
    after = _state(row)
    if before != after or was_withdrawn:
        row.sequence += 1
        row.changed_at = now
        _log(row, _kind(before, after, was_withdrawn=was_withdrawn), now, old=old, new=row)
    row.save()


def _withdraw(rows: QuerySet[PublishedOccurrence], now: datetime) -> None:
    """Cancel what is gone. The rows stay: calendars have to be told for as long as they ask."""
    for row in rows.filter(withdrawn_at=None):
        was_cancelled = row.status == OccurrenceStatus.CANCELLED
        row.status = OccurrenceStatus.CANCELLED
        row.withdrawn_at = now
        if not was_cancelled:
            row.sequence += 1
            row.changed_at = now
            _log(row, ChangeKind.CANCELLED, now, old=row)
        row.save()


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


def _next_number(conference: ConferencePage) -> int:
    rows = PublishedOccurrence.objects.filter(conference_id=conference.public_id)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def _log(
    row: PublishedOccurrence,
    kind: ChangeKind,
    now: datetime,
    *,
    old: PublishedOccurrence | None = None,
    new: PublishedOccurrence | None = None,
) -> None:
    ScheduleChange.objects.create(
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
