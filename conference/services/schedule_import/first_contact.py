"""What a page says already when a file meets it for the first time.

That happens with pages made by hand, and with this site's own exports: they are plain text, and come
back without bold letters and links, without rounds, with the main room for what has no room. A page that
says the same in other clothes keeps its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from conference.models import Occurrence, Room, ScheduleItem, SessionPage
from conference.services.schedule_import.meant import EventMeant, TimeMeant
from conference.services.schedule_import.wanted import WantedSession

_TAG = re.compile(r"<[^>]*>")
_WORD = re.compile(r"\w+")


def said_already(page: SessionPage, wanted: WantedSession) -> set[str]:
    """Columns of a session in which the page and the file mean the same."""
    event = wanted.event
    says = {
        "title": _line(page.heading) == wanted.title,
        "format": _line(page.shown_format) == event.format_label
        or (page.format == event.format and not event.format_label),
        "languages": {row.code for row in page.languages.all()} == set(event.languages)
        and not event.languages_as_shown,
        "abstract": _words(page.abstract) == _words(event.abstract),
        "body": set(_words(event.description)) <= set(_words(" ".join(_texts(page.body.raw_data)))),
    }
    return {name for name, same in says.items() if same}


def same_time(row: Occurrence | ScheduleItem, time: TimeMeant, main_room: Room | None) -> bool:
    """Whether a row without a room is what the file puts into the main room of the conference."""
    return bool(
        row.room is None and time.room and main_room and time.room.name == _line(main_room.name)
    )


def same_entry(row: ScheduleItem, item: EventMeant) -> bool:
    """Whether an entry without a title of its own is shown as the file names it."""
    return _line(str(row)) == item.title


def _line(text: str) -> str:
    return " ".join(text.split())


def _words(html: str) -> list[str]:
    return _WORD.findall(unescape(_TAG.sub(" ", html)))


def _texts(value: Any) -> Iterator[str]:
    """All texts inside the stored form of a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _texts(part)
    elif not isinstance(value, int | float | bool | None):
        for part in value:
            yield from _texts(part)
