"""What in a programme cannot be meant: two things at once, wrong days. It warns, it never blocks.

Pure functions over plain data; a programme may be right although it looks wrong (a team, a room with
a partition).
"""

from __future__ import annotations

import uuid
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import combinations

from conference.queries.hours import Hours
from conference.queries.layout import overlap

# Doors open and people stay on around the printed hours; only what is farther away is odd.
FAR = timedelta(hours=1)


class ConflictKind(StrEnum):
    """What is odd."""

    PERSON = "person"
    ROOM = "room"
    OUTSIDE = "outside"
    HOURS = "hours"
    ORDER = "order"


@dataclass(frozen=True)
class Slot:
    """One time of a session, or an entry without a page."""

    uid: uuid.UUID
    title: str
    start: datetime | None
    end: datetime | None
    # The day of the conference it belongs to; unknown without a start.
    day: date | None = None
    # Public id or primary key, and name: what is the same room has the same key.
    room: tuple[str, str] | None = None
    # Record (None where there is none) and printed name of each person.
    people: tuple[tuple[int | None, str], ...] = ()
    # Page of the session; None for entries of the conference itself.
    page_id: int | None = None


@dataclass(frozen=True)
class Conflict:
    """Something odd about one slot, or about two. `what` is the name of the room or person."""

    kind: ConflictKind
    slots: tuple[Slot, ...]
    what: str = ""

    def concerns(self, page_id: int) -> bool:
        """Whether a session is part of it."""
        return any(slot.page_id == page_id for slot in self.slots)


def find_conflicts(
    slots: Iterable[Slot],
    first_day: date | None = None,
    last_day: date | None = None,
    hours: Hours | None = None,
) -> list[Conflict]:
    """Return what is odd, by time. Leave cancelled slots out: they do not take place.

    ``hours``: begin and end of a conference of one day (`printed_hours`).

    Times are half-open: what ends at 12:00 does not meet what starts at 12:00. Where an end is not
    known, the next later start of the same day counts; without one, only an equal start is a meeting.
    """
    known = sorted((slot for slot in slots if slot.start), key=_by_start)
    ends = _ends(known)
    found = [
        Conflict(ConflictKind.ORDER, (slot,))
        for slot in known
        if slot.end and _start(slot) >= slot.end
    ]
    found += [
        Conflict(ConflictKind.OUTSIDE, (slot,))
        for slot in known
        if first_day and slot.day and not first_day <= slot.day <= (last_day or first_day)
    ]
    if hours:
        found += [
            Conflict(ConflictKind.HOURS, (slot,))
            for slot in known
            if slot.day == first_day and _is_far_from(hours, slot)
        ]
    found += _meetings(known, ends, ConflictKind.ROOM, _room_keys)
    found += _meetings(known, ends, ConflictKind.PERSON, _person_keys)
    found.sort(key=lambda conflict: (_start(conflict.slots[0]), conflict.kind, conflict.what))
    return found


def _is_far_from(hours: Hours, slot: Slot) -> bool:
    """Whether it starts more than `FAR` before the begin or after the end."""
    opens, closes = hours
    start = _start(slot)
    return start < opens - FAR or start > closes + FAR


Keys = Callable[[Slot], Iterator[tuple[object, str]]]


def _meetings(
    slots: Sequence[Slot], ends: dict[uuid.UUID, datetime | None], kind: ConflictKind, keys: Keys
) -> Iterator[Conflict]:
    """Pairs that share a key and overlap, each pair once."""
    sharing: dict[object, list[tuple[Slot, str]]] = defaultdict(list)
    for slot in slots:
        for key, name in keys(slot):
            sharing[key].append((slot, name))
    told: set[frozenset[uuid.UUID]] = set()
    for members in sharing.values():
        for (one, name), (other, _name) in combinations(members, 2):
            pair = frozenset((one.uid, other.uid))
            if len(pair) == 1 or pair in told:
                continue
            if not overlap(one.start, ends[one.uid], other.start, ends[other.uid]):
                continue
            told.add(pair)
            yield Conflict(kind, (one, other), name)


def _ends(slots: Sequence[Slot]) -> dict[uuid.UUID, datetime | None]:
    """End of each slot; where it is not known, or makes no sense, the next later start of its day."""
    starts: dict[date | None, list[datetime]] = defaultdict(list)
    for slot in slots:  # by time, so each list is in order
        starts[slot.day].append(_start(slot))
    ends: dict[uuid.UUID, datetime | None] = {}
    for slot in slots:
        start, of_day = _start(slot), starts[slot.day]
        if slot.end and slot.end > start:
            ends[slot.uid] = slot.end
            continue
        later = bisect_right(of_day, start)
        ends[slot.uid] = of_day[later] if later < len(of_day) else None
    return ends


def _room_keys(slot: Slot) -> Iterator[tuple[object, str]]:
    if slot.room:
        yield slot.room


def _person_keys(slot: Slot) -> Iterator[tuple[object, str]]:
    """By record and by printed name: a row without a record may be the person of another one."""
    for record, name in slot.people:
        if record is not None:
            yield record, name
        if folded := " ".join(name.casefold().split()):
            yield folded, name


def _start(slot: Slot) -> datetime:
    if slot.start is None:
        raise ValueError("a slot without a start has been left out before")
    return slot.start


def _by_start(slot: Slot) -> tuple[datetime, str]:
    return _start(slot), str(slot.uid)
