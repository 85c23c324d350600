"""A programme inside pages of other sites."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.html import format_html
from django.utils.translation import gettext as _

from conference.models import ConferencePage
from conference.queries import Programme, RoundEntry, TimedEntry

HEIGHT = 900
PLACE = "einbetten/"


@dataclass(frozen=True)
class FlatDay:
    """A day without rounds: what takes place, by time."""

    date: date | None
    entries: tuple[TimedEntry, ...]


def flat_days(programme: Programme) -> list[FlatDay]:
    """Return the days with rounds opened; a day on which only empty rounds stand is left out."""
    days = (FlatDay(day.date, tuple(_entries(day.entries))) for day in programme.days)
    return [day for day in days if day.entries]


def _entries(entries: tuple[object, ...]) -> Iterator[TimedEntry]:
    for entry in entries:
        if isinstance(entry, RoundEntry):
            yield from entry.parallel
        else:
            yield entry  # type: ignore[misc]  # the other two kinds


def frame_title(conference: ConferencePage) -> str:
    """The name that screen readers say for the frame."""
    return _("Programme: %(title)s") % {"title": conference.title}


def frame_code(url: str, title: str, *, width: int | str = "100%", height: int = HEIGHT) -> str:
    """Return the HTML that shows a programme elsewhere. `url` is that of the conference's page."""
    return format_html(
        '<iframe src="{}{}" title="{}" width="{}" height="{}" loading="lazy"></iframe>',
        url,
        PLACE,
        title,
        width,
        height,
    )
