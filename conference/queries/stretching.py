"""How far each line of a room grid reaches down: over the rows that begin while it runs.

A slot is one row of the grid. It is several where something goes over all columns beside something
else, or where one room has two sessions at once: whatever cannot stand side by side gets a row.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from uuid import UUID

if TYPE_CHECKING:
    from conference.queries.layout import Cell, Slot

# The style sheet knows as many; a day of short talks beside an exhibition would have more.
MOST_ROWS = 24


@dataclass(frozen=True)
class _Row:
    slot: Slot
    cells: list[Cell]

    def keeps_free(self, column: int) -> bool:
        """Whether nothing stands in this column, alone or over all of them."""
        return not any(cell.spans or cell.column == column for cell in self.cells)


def stretched(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
    """Return the slots of a day with rooms; their cells row by row, with the rows each one fills.

    It ends above what comes next in its room or goes over all columns, also where its own end lies
    later: two lines never lie on each other.
    """
    rows = [row for slot in slots for row in _rows(slot)]
    cells: dict[int, list[Cell]] = defaultdict(list)
    crossed: dict[int, set[UUID]] = defaultdict(set)
    for number, row in enumerate(rows):
        later = rows[number + 1 : number + MOST_ROWS]
        reaching = [replace(one, rows=_reach(one, row, later)) for one in row.cells]
        cells[id(row.slot)] += reaching
        for one in reaching:
            for below in later[: one.rows - 1]:
                if below.slot is not row.slot:
                    crossed[id(below.slot)].add(one.entry.uid)
    return tuple(
        replace(slot, cells=tuple(cells[id(slot)]), crossed_by=frozenset(crossed[id(slot)]))
        for slot in slots
    )


def rows_of(slot: Slot) -> list[list[Cell]]:
    """Return the rows of a slot on a day with rooms, each with its cells side by side."""
    return [row.cells for row in _rows(slot)]


def _rows(slot: Slot) -> list[_Row]:
    """What goes over all columns comes first, each in a row; then rooms side by side."""
    across = [[cell] for cell in slot.cells if cell.spans]
    beside: list[list[Cell]] = []
    used: dict[int, int] = defaultdict(int)
    for cell in slot.cells:
        if cell.spans:
            continue
        place = used[cell.column]
        used[cell.column] += 1
        if place == len(beside):
            beside.append([])
        beside[place].append(cell)
    return [_Row(slot, cells) for cells in (*across, *beside)]


def _reach(cell: Cell, row: _Row, later: list[_Row]) -> int:
    """Rows from its own to the last one that begins before it ends."""
    if cell.spans:
        return 1
    reach = 1
    for below in later:
        is_over = below.slot is not row.slot and not _begins_before_the_end(below.slot, cell)
        if is_over or not below.keeps_free(cell.column):
            break
        reach += 1
    return reach


def _begins_before_the_end(slot: Slot, cell: Cell) -> bool:
    return bool(slot.start and cell.end and slot.start.seconds < cell.end.seconds)
