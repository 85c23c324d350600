"""What has changed in a programme since it was published first."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from conference.enums import ChangeKind
from conference.models import ConferencePage, ScheduleChange
from conference.queries.entries import SessionEntry, language_of
from conference.queries.publication import hidden_sessions
from conference.queries.visible import Viewer, sessions_visible_to, source_of
from nexsm.base.page_links import localised_url

# Nobody reads further back; the log itself keeps everything.
MOST_CHANGES = 300


@dataclass(frozen=True)
class ChangeShown:
    """One change as visitors read it. Times and rooms are there where they differ."""

    id: uuid.UUID
    at: datetime
    kind: ChangeKind
    title: str
    # Empty where there is no page (any more).
    url: str
    language_code: str
    old_start: datetime | None = None
    new_start: datetime | None = None
    old_end: datetime | None = None
    new_end: datetime | None = None
    old_room: str = ""
    new_room: str = ""

    @property
    def title_language(self) -> str:
        """The language of the title; empty where its letters are not those of the page's language."""
        return language_of(self.title, [self.language_code])

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(self.kind.label)

    @property
    def has_moved(self) -> bool:
        """Whether the start is another one."""
        stays = self.kind in {ChangeKind.NEW, ChangeKind.CANCELLED}
        return not stays and self.old_start != self.new_start

    @property
    def has_other_end(self) -> bool:
        """Whether only the end is another one."""
        return self.kind == ChangeKind.MOVED and not self.has_moved

    @property
    def has_other_room(self) -> bool:
        """Whether the room is another one."""
        is_there = self.kind not in {ChangeKind.NEW, ChangeKind.CANCELLED}
        return is_there and self.old_room != self.new_room

    @property
    def start(self) -> datetime | None:
        """When it is, or was to be."""
        return self.new_start or self.old_start


@dataclass(frozen=True)
class ChangeDay:
    """The changes of one day, the latest first."""

    date: date
    changes: tuple[ChangeShown, ...]


@dataclass(frozen=True)
class ChangeList:
    """The changes of a programme, the latest first."""

    # When the programme went online first, and with how many entries; they are no changes.
    published_at: datetime | None
    first_entries: int
    days: tuple[ChangeDay, ...]
    is_cut: bool = False

    def changes(self) -> list[ChangeShown]:
        """All of them, the latest first."""
        return [change for day in self.days for change in day.changes]


def changes_of(conference: ConferencePage, viewer: Viewer) -> ChangeList:
    """Return the changes of a programme. What was there on its first day is not called new."""
    source = source_of(conference)
    hidden = hidden_sessions(source, viewer)
    rows = [
        row
        for row in ScheduleChange.objects.filter(conference_id=source.public_id)
        if row.session_id not in hidden
    ]
    if not rows:
        return ChangeList(None, 0, ())
    first = rows[-1].at
    first_day = first.astimezone(conference.zone).date()
    kept = [row for row in rows if not _is_first(row, conference, first_day)]
    pages = _pages(conference, source, viewer)
    shown = [_shown(row, conference, pages) for row in kept[:MOST_CHANGES]]
    return ChangeList(
        published_at=first,
        first_entries=len(rows) - len(kept),
        days=tuple(_by_day(shown, conference)),
        is_cut=len(kept) > MOST_CHANGES,
    )


def earlier_starts(entries: Iterable[SessionEntry]) -> dict[uuid.UUID, datetime]:
    """Return, by UUID, when entries that were moved were to start before, if that was public."""
    starts = {entry.uid: entry.start for entry in entries}
    moves = ScheduleChange.objects.filter(uid__in=starts, kind=ChangeKind.MOVED).order_by(
        "at", "pk"
    )
    return {
        move.uid: move.old_start
        for move in moves
        if move.old_start and move.new_start == starts[move.uid] != move.old_start
    }


def _is_first(row: ScheduleChange, conference: ConferencePage, first_day: date) -> bool:
    is_new = row.kind == ChangeKind.NEW
    return is_new and row.at.astimezone(conference.zone).date() == first_day


def _pages(
    conference: ConferencePage, source: ConferencePage, viewer: Viewer
) -> dict[uuid.UUID, tuple[str, str, str]]:
    """Slug, title and language of the sessions' pages, translated where that is published."""
    found = {}
    for page in (source, conference):
        below = sessions_visible_to(viewer).filter(path__startswith=page.path, depth=page.depth + 1)
        for row in below.values_list("public_id", "slug", "title", "locale__language_code"):
            found[row[0]] = row[1:]
    return found


def _shown(
    row: ScheduleChange,
    conference: ConferencePage,
    pages: dict[uuid.UUID, tuple[str, str, str]],
) -> ChangeShown:
    page = pages.get(row.session_id) if row.session_id else None
    return ChangeShown(
        id=row.public_id,
        at=row.at,
        kind=ChangeKind(row.kind),
        title=page[1] if page else row.title,
        url=f"{localised_url(conference)}{page[0]}/#o-{row.uid}" if page else "",
        language_code=page[2] if page else conference.language_code,
        old_start=row.old_start,
        new_start=row.new_start,
        old_end=row.old_end,
        new_end=row.new_end,
        old_room=row.old_room,
        new_room=row.new_room,
    )


def _by_day(changes: Iterable[ChangeShown], conference: ConferencePage) -> Iterable[ChangeDay]:
    for day, found in groupby(changes, lambda one: one.at.astimezone(conference.zone).date()):
        yield ChangeDay(day, tuple(found))
