"""A programme cut into rows of time and columns, for the page and for paper.

One structure serves the list and the grid: days, in them slots (one start, or one round), in them
cells. Only style sheets decide whether cells stand below each other or side by side.

Columns are the positions in a round, else the rooms of the day. Where a day has more rooms than fit
beside each other, its cells wrap in the order of the rooms and every one names its room.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import TypeAlias
from zoneinfo import ZoneInfo

from django.utils.formats import date_format

from conference.models import Room
from conference.queries.entries import (
    AnyEntry,
    ItemEntry,
    Programme,
    ProgrammeDay,
    RoundEntry,
    SessionEntry,
)
from conference.queries.going_on import with_going_on
from conference.queries.stretching import stretched

SingleEntry: TypeAlias = SessionEntry | ItemEntry
# More columns than this cannot be read on any screen.
MOST_COLUMNS = 8
# How long an entry counts as running at most where nobody says when it ends.
_LONGEST_GUESS = timedelta(hours=2)


@dataclass(frozen=True)
class Clock:
    """A moment as the clock on the wall of the conference shows it."""

    iso: str
    text: str
    seconds: int


@dataclass(frozen=True)
class Cell:
    """One occurrence or entry at its place."""

    entry: SingleEntry
    start: Clock | None
    end: Clock | None
    # Its start differs from the slot's, so it has to be seen.
    has_own_start: bool
    # Until when it counts as running: its end, else the next start, at most two hours later.
    until: Clock | None
    # The room's column, 0 without one; `spans`: over all columns.
    column: int = 0
    spans: bool = False
    # How many rows of a grid with rooms it fills, because they begin while it runs.
    rows: int = 1
    is_now: bool = False
    # All times of a session that is repeated, with the day where it is another one.
    all_starts: tuple[Clock, ...] = ()
    # Sessions that overlap with this one and do not stand beside it.
    beside: tuple[SessionEntry, ...] = ()
    # Sessions that still run, said here because other ones are drawn over the whole slot.
    going_on: tuple[Cell, ...] = ()

    @property
    def more_beside(self) -> int:
        """How many of those are not named: three names are enough in a list."""
        return max(0, len(self.beside) - 3)


@dataclass(frozen=True)
class Slot:
    """What starts at one time, or the sessions of one round."""

    start: Clock | None
    cells: tuple[Cell, ...]
    round: RoundEntry | None = None
    end: Clock | None = None
    # Sessions that began before and still run, where they are few.
    going_on: tuple[Cell, ...] = ()
    # What reaches down over it in a grid with rooms: the eye sees that it goes on.
    crossed_by: frozenset[uuid.UUID] = frozenset()

    @property
    def is_crossed(self) -> bool:
        """Whether anything reaches down over it: then no line has room over all columns."""
        return bool(self.crossed_by)

    @property
    def not_drawn(self) -> tuple[Cell, ...]:
        """Which of the sessions that go on a grid with rooms does not show."""
        return tuple(cell for cell in self.going_on if cell.entry.uid not in self.crossed_by)

    @property
    def columns(self) -> str:
        """How many cells stand side by side: empty for one, `many` where they are too many."""
        beside = sum(not cell.spans for cell in self.cells)
        return _columns(beside) if beside > 1 else ""


@dataclass(frozen=True)
class DayLayout:
    """A day with its columns; no rooms where rounds, or nothing, decide on columns."""

    date: date | None
    slots: tuple[Slot, ...]
    rooms: tuple[Room, ...] = ()
    # Last part of the address that leads to this day.
    anchor: str = ""

    @property
    def columns(self) -> str:
        """How many rooms it has; `many` where they do not fit beside each other."""
        return _columns(len(self.rooms)) if self.rooms else ""

    @property
    def has_heads(self) -> bool:
        """Whether the rooms can stand above columns of their own."""
        return 0 < len(self.rooms) <= MOST_COLUMNS

    @property
    def is_stretched(self) -> bool:
        """Whether something fills several rows."""
        return any(cell.rows > 1 for slot in self.slots for cell in slot.cells)


def programme_layout(programme: Programme, now: datetime | None = None) -> tuple[DayLayout, ...]:
    """Return the days of a programme cut into slots and cells. `now` marks what is running."""
    return tuple(_DayBuilder(day, programme.zone, now).build() for day in programme.days)


def running_and_next(days: Iterable[DayLayout], now: datetime) -> tuple[list[Cell], list[Cell]]:
    """Return what is running at `now`, and what starts next on the same day of the conference."""
    seconds = int(now.timestamp())
    running: list[Cell] = []
    for day in days:
        cells = [cell for slot in day.slots for cell in slot.cells if not cell.entry.is_cancelled]
        timed = [(cell.start.seconds, cell) for cell in cells if cell.start]
        running += [cell for cell in cells if cell.is_now]
        later = [start for start, _cell in timed if start > seconds]
        has_begun = any(start <= seconds for start, _cell in timed)
        if later and (has_begun or min(later) - seconds < _LONGEST_GUESS.total_seconds()):
            return running, [cell for start, cell in timed if start == min(later)]
    return running, []


def parallel_to(entry: SessionEntry, others: Iterable[SessionEntry]) -> tuple[SessionEntry, ...]:
    """Return what takes place at the same time: half-open spans; without an end only the start."""
    return tuple(
        other
        for other in others
        if other.session.id != entry.session.id
        and not other.is_cancelled
        and overlap(entry.start, entry.end, other.start, other.end)
    )


def overlap(
    start: datetime | None,
    end: datetime | None,
    other_start: datetime | None,
    other_end: datetime | None,
) -> bool:
    """Whether two half-open spans share time. What has no end shares only its start."""
    if start is None or other_start is None:
        return False
    if start == other_start:
        return True
    if start < other_start:
        return end is not None and other_start < end
    return other_end is not None and start < other_end


def clock(moment: datetime | None, zone: ZoneInfo) -> Clock | None:
    """Return a moment in this zone."""
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return Clock(local.isoformat(timespec="seconds"), f"{local:%H:%M}", int(moment.timestamp()))


class _DayBuilder:
    """Knows what all slots of a day share: its rooms, its starts, the time of the clock."""

    def __init__(self, day: ProgrammeDay, zone: ZoneInfo, now: datetime | None) -> None:
        self.day = day
        self.zone = zone
        self.now = now
        self.starts = sorted({entry.start for entry in day.entries if entry.start})
        self.rooms = _room_columns(day.entries)
        self.sessions = _sessions(day.entries)
        # Where several rooms are in use, everything runs parallel to something: said by the grid.
        self.is_one_room = len({entry.room for entry in self.sessions if entry.room}) <= 1
        self.columns = {room.pk: number for number, room in enumerate(self.rooms, start=1)}

    def build(self) -> DayLayout:
        slots = tuple(self._slots())
        if 0 < len(self.rooms) <= MOST_COLUMNS:
            slots = stretched(slots)
        return DayLayout(
            date=self.day.date,
            slots=with_going_on(slots),
            rooms=self.rooms,
            anchor=self.day.date.isoformat() if self.day.date else "open",
        )

    def _slots(self) -> Iterable[Slot]:
        for (start, round_uid), group in groupby(self.day.entries, _slot_of):
            entries = list(group)
            first = entries[0]
            if round_uid and isinstance(first, RoundEntry):
                cells = [self._cell(entry, start, spans=False) for entry in first.parallel]
                end = clock(first.end, self.zone)
                yield Slot(clock(start, self.zone), tuple(cells), round=first, end=end)
                continue
            singles = [entry for entry in entries if not isinstance(entry, RoundEntry)]
            singles.sort(key=self._column_of)
            cells = [
                self._cell(entry, start, spans=self._spans(entry, alone=len(singles) == 1))
                for entry in singles
            ]
            yield Slot(clock(start, self.zone), tuple(cells))

    def _column_of(self, entry: SingleEntry) -> int:
        return self.columns.get(entry.room.pk, 0) if entry.room else 0

    def _spans(self, entry: SingleEntry, *, alone: bool) -> bool:
        if isinstance(entry, ItemEntry) and entry.spans_all:
            return True
        if not self.rooms:
            return alone
        # Without a room it belongs to no column. With one, a plenary is what nothing runs beside.
        return not self._column_of(entry) or (alone and self._is_undisturbed(entry))

    def _is_undisturbed(self, entry: SingleEntry) -> bool:
        """Whether nothing else happens while it runs, as far as ends are known."""
        return not any(
            overlap(entry.start, entry.end, other.start, other.end)
            for other in self.day.entries
            if other.uid != entry.uid and not other.is_cancelled
        )

    def _cell(self, entry: SingleEntry, slot_start: datetime | None, *, spans: bool) -> Cell:
        until = self._until(entry)
        return Cell(
            entry=entry,
            start=clock(entry.start, self.zone),
            end=clock(entry.end, self.zone),
            has_own_start=entry.start != slot_start,
            until=clock(until, self.zone),
            column=0 if spans else self._column_of(entry),
            spans=spans,
            is_now=self._is_now(entry, until),
            all_starts=self._all_starts(entry),
            beside=self._beside(entry, slot_start),
        )

    def _all_starts(self, entry: SingleEntry) -> tuple[Clock, ...]:
        if not isinstance(entry, SessionEntry) or not entry.other_starts:
            return ()
        starts = set(entry.other_starts)
        if entry.start and not entry.is_cancelled:
            starts.add(entry.start)
        today = entry.start.astimezone(self.zone).date() if entry.start else None
        clocks = []
        for start in sorted(starts):
            shown = clock(start, self.zone)
            local = start.astimezone(self.zone)
            if shown and local.date() != today:
                day = date_format(local, "SHORT_DATE_FORMAT")
                shown = replace(shown, text=f"{day}, {shown.text}")
            clocks.append(shown)
        return tuple(filter(None, clocks))

    def _beside(self, entry: SingleEntry, slot_start: datetime | None) -> tuple[SessionEntry, ...]:
        if not isinstance(entry, SessionEntry) or not self.is_one_room:
            return ()
        found = parallel_to(entry, self.sessions)
        return tuple(
            other
            for other in found
            if other.round_uid != entry.round_uid
            or (entry.round_uid is None and other.start != slot_start)
        )

    def _is_now(self, entry: SingleEntry, until: datetime | None) -> bool:
        if entry.is_cancelled or not (self.now and entry.start and until):
            return False
        return entry.start <= self.now < until

    def _until(self, entry: SingleEntry) -> datetime | None:
        if entry.end or entry.start is None:
            return entry.end
        latest = entry.start + _LONGEST_GUESS
        return min((start for start in self.starts if entry.start < start < latest), default=latest)


def _sessions(entries: Iterable[AnyEntry]) -> list[SessionEntry]:
    found: list[SessionEntry] = []
    for entry in entries:
        if isinstance(entry, RoundEntry):
            found.extend(entry.parallel)
        elif isinstance(entry, SessionEntry):
            found.append(entry)
    return found


def _slot_of(entry: AnyEntry) -> tuple[datetime | None, uuid.UUID | None]:
    return entry.start, entry.uid if isinstance(entry, RoundEntry) else None


def _columns(number: int) -> str:
    return str(number) if number <= MOST_COLUMNS else "many"


def _room_columns(entries: tuple[AnyEntry, ...]) -> tuple[Room, ...]:
    """The rooms that become columns: none on a day with rounds or with one room."""
    if any(isinstance(entry, RoundEntry) for entry in entries):
        return ()
    rooms = {
        entry.room.pk: entry.room
        for entry in entries
        if entry.room and not (isinstance(entry, ItemEntry) and entry.spans_all)
    }
    if len(rooms) <= 1:
        return ()
    return tuple(sorted(rooms.values(), key=Room.sort_key))
