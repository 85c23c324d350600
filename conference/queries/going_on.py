"""What still runs when something else begins: said in words, because not every view can draw it.

A list cannot, rounds cannot, whose columns are positions and not places, and rooms cannot that do
not fit beside each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from conference.queries.entries import SessionEntry

if TYPE_CHECKING:
    from conference.queries.layout import Cell, Slot

# Where more goes on, starts are staggered: it is the rule, and every line says its own end.
_MOST_NAMED = 3


def with_going_on(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Return the slots of a day in order, each with the sessions that began before and still run.

    Only what has an end, takes place, and belongs to few. What is said here is not said once more
    in every line that it runs beside.
    """
    running: list[Cell] = []
    shown = []
    for slot in slots:
        running = [cell for cell in running if _runs_at(cell, slot)]
        going_on = [cell for cell in running if _began_before(cell, slot)]
        if 0 < len(going_on) <= _MOST_NAMED:
            shown.append(_said(slot, going_on))
        else:
            shown.append(slot)
        running += [cell for cell in slot.cells if _can_go_on(cell)]
    return tuple(shown)


def _said(slot: Slot, going_on: list[Cell]) -> Slot:
    named = {cell.entry.uid for cell in going_on}
    cells = [
        replace(cell, beside=tuple(other for other in cell.beside if other.uid not in named))
        if cell.beside
        else cell
        for cell in slot.cells
    ]
    said = replace(slot, going_on=tuple(going_on))
    if said.is_crossed and said.not_drawn and cells:
        # A line over all columns would lie on what reaches down; a cell has room for it.
        cells[0] = replace(cells[0], going_on=said.not_drawn)
    return replace(said, cells=tuple(cells))


def _can_go_on(cell: Cell) -> bool:
    is_session = isinstance(cell.entry, SessionEntry) and not cell.entry.is_cancelled
    return is_session and cell.start is not None and cell.end is not None


def _runs_at(cell: Cell, slot: Slot) -> bool:
    return bool(slot.start and cell.end and cell.end.seconds > slot.start.seconds)


def _began_before(cell: Cell, slot: Slot) -> bool:
    return bool(slot.start and cell.start and cell.start.seconds < slot.start.seconds)
