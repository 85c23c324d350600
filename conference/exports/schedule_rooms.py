"""Rooms for formats that need one for every entry, also where nobody knows it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from conference.exports.texts import line
from conference.models import Room
from conference.queries import ProgrammePublication, TimedEntry


@dataclass(frozen=True)
class RoomKey:
    """A room of the file: a real one, or a column such as "Parallel 1"."""

    name: str
    guid: uuid.UUID | None = None


def placed(
    publication: ProgrammePublication, entries: Iterable[TimedEntry]
) -> dict[RoomKey, list[TimedEntry]]:
    """Sort entries into rooms: real ones in the order of their house, then the columns.

    An entry without a room that has its time to itself is in the conference's main room. Entries
    without a room at the same time get columns of their own, by position, because programs would
    lay them over each other in one room.
    """
    known = [entry for entry in entries if entry.room is not None]
    unknown = [entry for entry in entries if entry.room is None]
    rooms: dict[RoomKey, list[TimedEntry]] = {}
    keys = _room_keys(publication, [entry.room for entry in known if entry.room])
    for key in dict.fromkeys(keys.values()):
        rooms[key] = []
    for entry in known:
        rooms[keys[entry.room.pk if entry.room else 0]].append(entry)
    main = publication.source.room
    columns_of = _columns(unknown)
    for entry in unknown:
        column = columns_of[entry.uid]
        key = keys[main.pk] if main and not column else RoomKey(f"Parallel {column or 1}")
        rooms.setdefault(key, []).append(entry)
    real = {key: found for key, found in rooms.items() if key.guid and found}
    columns = {key: found for key, found in rooms.items() if not key.guid}
    return real | dict(sorted(columns.items(), key=lambda item: _number(item[0])))


def _number(key: RoomKey) -> int:
    return int(key.name.rsplit(" ", 1)[1])


def _room_keys(publication: ProgrammePublication, rooms: list[Room]) -> Mapping[int, RoomKey]:
    """The rooms' names in the file, by primary key. Two with the same name carry their house's."""
    main = publication.source.room
    found = {room.pk: room for room in ([*rooms, main] if main else rooms)}
    order = sorted(found.values(), key=Room.sort_key)
    names: dict[str, list[Room]] = {}
    for room in order:
        names.setdefault(line(room.name), []).append(room)
    keys = {}
    for room in order:
        name = line(room.name)
        if len(names[name]) > 1:
            venue = publication.venues.get(room.venue_id)
            name = f"{name} ({line(venue.name) if venue else room.public_id})"
        keys[room.pk] = RoomKey(name, room.public_id)
    return keys


def _columns(entries: list[TimedEntry]) -> dict[uuid.UUID, int]:
    """The column of each entry by its UUID; 0 for one beside which nothing else takes place.

    Where the end is unknown only the same start counts as the same time.
    """
    order = sorted(entries, key=lambda entry: entry.sort_key())
    beside: dict[uuid.UUID, list[uuid.UUID]] = {entry.uid: [] for entry in order}
    still_on: list[TimedEntry] = []
    for entry in order:
        still_on = [other for other in still_on if _meet(other, entry)]
        for other in still_on:
            beside[other.uid].append(entry.uid)
            beside[entry.uid].append(other.uid)
        still_on.append(entry)
    columns: dict[uuid.UUID, int] = {}
    for entry in order:
        taken = {columns.get(other) for other in beside[entry.uid]}
        free = (number for number in range(1, len(order) + 1) if number not in taken)
        columns[entry.uid] = next(free) if beside[entry.uid] else 0
    return columns


def _meet(first: TimedEntry, second: TimedEntry) -> bool:
    """Whether the second, which does not start earlier, begins while the first is on."""
    if first.start is None or second.start is None:
        return False
    end = None if first.end_is_derived else first.end
    return second.start == first.start or (end is not None and second.start < end)
