"""The programme as a PDF for paper and for readers: tagged (PDF/UA-1), with languages and directions.

The page is set by Typst from `programme.typ`. It gets one JSON text and treats all of it as text, so
nothing that somebody writes into a title is a command. See docs/decisions/0013.
"""

from __future__ import annotations

import importlib.resources
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext as _

from conference.exports.texts import line
from conference.queries import (
    Cell,
    DayLayout,
    ItemEntry,
    ProgrammePublication,
    SessionEntry,
    Slot,
    absolute,
    programme_layout,
    rows_of,
    zone_sentence,
)
from nexsm.base.languages import direction, runs_right_to_left

# As many sessions stand beside each other; what is more goes into the next row, and page.
_BESIDE = 5
_FONT_PACKAGES = ("fontpkg_noto_sans", "fontpkg_noto_sans_arabic")


def programme_pdf(publication: ProgrammePublication) -> bytes:
    """Return the programme, or the chosen part of it, as a PDF. The same programme, the same bytes."""
    source = Path(__file__).with_name("programme.typ")
    inputs = {"data": json.dumps(_document(publication), ensure_ascii=False)}
    try:
        return _compiled(source, inputs, ["ua-1"])
    except typst.TypstError as error:
        # PDF/UA refuses letters that no font on this machine has. The PDF is still tagged.
        if "could not be displayed" not in str(error):
            raise
        return _compiled(source, inputs, [])


def _compiled(source: Path, inputs: dict[str, str], standards: list[Any]) -> bytes:
    result: bytes = typst.compile(
        source,
        root=source.parent,
        font_paths=_fonts(),
        sys_inputs=inputs,
        pdf_standards=standards,
        timestamp=0,
    )
    return result


@cache
def _fonts() -> Any:
    """Our fonts first; those of the machine for scripts that ours do not have."""
    folders = [str(importlib.resources.files(name) / "files") for name in _FONT_PACKAGES]
    return typst.Fonts(include_system_fonts=True, font_paths=folders)


def _document(publication: ProgrammePublication) -> dict[str, Any]:
    conference = publication.conference
    language = get_language() or "de"
    days = programme_layout(publication.programme)
    return {
        "language": language.split("-")[0],
        "rtl": direction(language) == "rtl",
        "title": line(conference.title),
        "heading": _piece(conference.title, conference.language_code),
        "subtitle": _piece(conference.subtitle, conference.language_code),
        "facts": _facts(publication),
        "notes": _notes(publication),
        # On paper an address is read and typed: its letters, not their codes.
        "footer": f"{line(conference.title)} · {unquote(absolute(publication.url))}",
        "columns": _BESIDE,
        "words": {
            "unscheduled": _("Sessions without a time so far"),
            "going_on": _("Still running:"),
        },
        "days": [_day(day, conference.language_code) for day in days],
        "unscheduled": [
            _piece(session.heading, session.language_code)
            for session in publication.programme.unscheduled
        ],
    }


def _piece(text: str, language: str) -> dict[str, Any]:
    """A text with its language; Typst knows languages by their first subtag only."""
    code = language.split("-", maxsplit=1)[0]
    return {"text": line(text), "language": code, "rtl": direction(language) == "rtl"}


def _name(name: str) -> dict[str, Any]:
    language = "ar" if runs_right_to_left(name) else get_language() or "de"
    return _piece(name, language)


def _day_title(day: Any) -> str:
    if day is None:
        return _("Time not yet known")
    return f"{date_format(day, 'l')}, {date_format(day)}"


def _facts(publication: ProgrammePublication) -> list[dict[str, Any]]:
    conference = publication.conference
    place = ", ".join(part.strip(" ,") for part in conference.venue_as_shown.splitlines())
    place = place or str(conference.venue or "")
    found = [(_("Time"), conference.time_text), (_("Place"), place)]
    return [
        {"name": name, **_piece(text, conference.language_code)} for name, text in found if text
    ]


def _notes(publication: ProgrammePublication) -> list[dict[str, Any]]:
    conference = publication.conference
    language = get_language() or "de"
    notes = [_piece(zone_sentence(conference, publication.programme), language)]
    if conference.programme_note:
        notes.insert(0, _piece(conference.programme_note, conference.language_code))
    if publication.programme.has_derived_ends:
        words = _(
            "Ends marked “calculated” are not printed in the programme; they are concluded from "
            "what follows."
        )
        notes.append(_piece(words, language))
    return notes


def _day(day: DayLayout, language: str) -> dict[str, Any]:
    """A table where its rooms fit beside each other, else its slots one after the other."""
    shown: dict[str, Any] = {"title": _day_title(day.date), "rooms": []}
    if 0 < len(day.rooms) <= _BESIDE:
        rows = [row for slot in day.slots for row in _rows(slot, language)]
        return {**shown, "rooms": [_piece(room.name, language) for room in day.rooms], "rows": rows}
    return {**shown, "slots": [_slot(slot, language) for slot in day.slots]}


def _rows(slot: Slot, language: str) -> list[dict[str, Any]]:
    """The time stands in the first row of a slot, and so does what goes on without being drawn."""
    rows = [
        {
            "time": "",
            "going_on": [],
            "cells": [
                {**_cell(cell, language), "column": cell.column, "rows": cell.rows} for cell in row
            ],
        }
        for row in rows_of(slot)
    ]
    for first in rows[:1]:
        first["time"] = _time(slot)
        first["going_on"] = _going_on(slot.not_drawn, language)
    return rows


def _time(slot: Slot) -> str:
    return slot.start.text if slot.start else "–"


def _going_on(cells: Iterable[Cell], language: str) -> list[dict[str, Any]]:
    return [
        {
            **_piece(cell.entry.session.heading, cell.entry.session.title_language or language),
            "end": f"({_until(cell)})",
        }
        for cell in cells
        if isinstance(cell.entry, SessionEntry)
    ]


def _slot(slot: Slot, language: str) -> dict[str, Any]:
    shown = {"time": _time(slot), "going_on": _going_on(slot.going_on, language)}
    if slot.round:
        title = slot.round.title or slot.round.label or _("At the same time")
        if slot.end:
            title = f"{title} ({_('until')} {slot.end.text})"
        cells = [_cell(cell, language) for cell in slot.cells]
        return {**shown, "round": True, "title": _piece(title, language), "cells": cells}
    groups = [[_cell(cell, language) for cell in group] for group in _groups(slot.cells)]
    return {**shown, "round": False, "groups": groups}


def _groups(cells: Iterable[Cell]) -> list[list[Cell]]:
    """What spans all columns stands alone, the rest in rows of a few."""
    groups: list[list[Cell]] = []
    for cell in cells:
        last = groups[-1] if groups else []
        if cell.spans or not last or last[0].spans or len(last) == _BESIDE:
            groups.append([cell])
        else:
            last.append(cell)
    return groups


def _cell(cell: Cell, language: str) -> dict[str, Any]:
    entry = cell.entry
    is_item = isinstance(entry, ItemEntry)
    facts = [_end(cell), entry.room.name if entry.room else ""]
    people: tuple[str, ...]
    title_language = language
    if isinstance(entry, ItemEntry):
        title, label, url, people = entry.title, "", "", (entry.people_line,)
        facts.append(entry.note)
    else:
        session = entry.session
        title, label, url = session.heading, entry.label, session.url
        title_language = session.title_language or language
        people = session.names
        facts.insert(1, session.format_label if session.format_label not in title else "")
        facts.append(_languages(session))
        facts.append(_repeats(cell))
    return {
        "title": _piece(title, title_language),
        "label": line(label),
        "url": absolute(url) if url else "",
        "plain": is_item,
        "cancelled": entry.is_cancelled,
        "status": _status(cell),
        "spans": cell.spans,
        # A name is in no language of ours; its letters say which way it runs.
        "people": [_name(name) for name in people if name],
        "facts": [line(fact) for fact in facts if fact],
    }


def _end(cell: Cell) -> str:
    words = cell.start.text if cell.has_own_start and cell.start else ""
    return f"{words} {_until(cell)}".strip()


def _until(cell: Cell) -> str:
    if not cell.end:
        return ""
    words = f"{_('until')} {cell.end.text}"
    return f"{words} {_('(calculated)')}" if cell.entry.end_is_derived else words


def _status(cell: Cell) -> str:
    if cell.entry.is_cancelled:
        return _("Cancelled")
    return _("Not yet certain") if cell.entry.is_tentative else ""


def _languages(session: Any) -> str:
    spoken = "/".join(language.code.upper() for language in session.languages)
    shown = spoken or session.languages_as_shown
    if session.interpretation:
        names = ", ".join(str(language.label) for language in session.interpretation)
        shown = f"{shown} {_('Interpreted into:')} {names}"
    return str(shown)


def _repeats(cell: Cell) -> str:
    if not cell.all_starts:
        return ""
    times = ", ".join(start.text for start in cell.all_starts)
    words = _("Also offered at:") if cell.entry.is_cancelled else _("Repeated:")
    return f"{words} {times}"
