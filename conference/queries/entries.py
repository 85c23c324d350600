"""The programme as plain data: one truth for page, print, calendar and exports.

Nothing here touches the database, and nothing has to be known: room, end, start, people and title
may all be missing.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo

from conference.enums import OccurrenceStatus
from conference.models import Room
from knowledge.models import Language
from nexsm.base.languages import direction, runs_right_to_left

# Stands in for an unknown start when sorting; a flag before it puts those entries last.
_NO_TIME = datetime.min.replace(tzinfo=UTC)


def language_of(heading: str, codes: Iterable[str]) -> str:
    """Return the first of these languages whose letters run as those of the heading do, else ""."""
    is_rtl = runs_right_to_left(heading)
    return next((code for code in codes if (direction(code) == "rtl") == is_rtl), "")


@dataclass(frozen=True)
class PersonShown:
    """A person as the programme prints her."""

    name: str
    prefix: str = ""
    affiliation: str = ""
    role: str = ""
    role_label: str = ""
    # Set only where the person agreed to be shown: her public id, and the address of her page.
    person_id: uuid.UUID | None = None
    url: str = ""

    @property
    def full_name(self) -> str:
        """The name with what is printed before it."""
        return f"{self.prefix} {self.name}".strip()


@dataclass(frozen=True)
class SessionShown:
    """What every occurrence of a session has in common."""

    id: uuid.UUID
    page_id: int
    slug: str
    url: str
    # The title as printed, empty where the programme gives none; the heading is never empty.
    title: str
    heading: str
    subtitle: str
    format: str
    format_label: str
    # The format as printed is in the session's language; our own word is in the reader's.
    format_language: str
    track: str
    language_code: str
    abstract: str
    languages: tuple[Language, ...]
    interpretation: tuple[Language, ...]
    languages_as_shown: str
    people: tuple[PersonShown, ...]
    people_line: str

    @property
    def title_language(self) -> str:
        """The language of the heading, empty where it is not known.

        That of the page; where the letters of the heading run the other way, the spoken language that
        is written so: a German programme prints the title of an Arabic talk in Arabic.
        """
        codes = (self.language_code, *(language.code for language in self.languages))
        return language_of(self.heading, codes)

    @property
    def names(self) -> tuple[str, ...]:
        """The people one by one, each to be set in its own direction; else the line as printed."""
        names = tuple(person.full_name for person in self.people)
        return names if self.people_line == ", ".join(names) else (self.people_line,)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What all lines of a programme share."""

    uid: uuid.UUID
    start: datetime | None
    end: datetime | None
    end_is_derived: bool = False
    position: int | None = None
    order: int = 0
    room: Room | None = None
    status: str = OccurrenceStatus.CONFIRMED
    # Nothing is published yet where these are empty, e.g. in a preview.
    sequence: int = 0
    changed_at: datetime | None = None
    number: int | None = None

    @property
    def is_cancelled(self) -> bool:
        """Whether it does not take place."""
        return self.status == OccurrenceStatus.CANCELLED

    @property
    def is_tentative(self) -> bool:
        """Whether it is not yet certain."""
        return self.status == OccurrenceStatus.TENTATIVE

    def sort_key(self) -> tuple[bool, datetime, bool, int, int, str]:
        """By start, then by position; what is not known comes last. Ties keep the editors' order."""
        return (
            self.start is None,
            self.start or _NO_TIME,
            self.position is None,
            self.position or 0,
            self.order,
            str(self.uid),
        )


@dataclass(frozen=True, kw_only=True)
class SessionEntry(Entry):
    """One occurrence of a session."""

    session: SessionShown
    label: str = ""
    round_uid: uuid.UUID | None = None
    round_title: str = ""
    # Starts of the other occurrences of the same session that take place.
    other_starts: tuple[datetime, ...] = ()
    kind: str = "session"


@dataclass(frozen=True, kw_only=True)
class ItemEntry(Entry):
    """An entry without a page: break, registration, greeting."""

    title: str
    item_kind: str
    people: tuple[str, ...] = ()
    people_line: str = ""
    note: str = ""
    spans_all: bool = True
    kind: str = "item"


@dataclass(frozen=True, kw_only=True)
class RoundEntry(Entry):
    """A round with the sessions that run side by side in it."""

    title: str
    label: str
    results: str = ""
    parallel: tuple[SessionEntry, ...] = ()
    kind: str = "round"


AnyEntry: TypeAlias = SessionEntry | ItemEntry | RoundEntry


@dataclass(frozen=True)
class ProgrammeDay:
    """The entries of one day of the conference; without a date those whose time is not known."""

    date: date | None
    entries: tuple[AnyEntry, ...]


@dataclass(frozen=True)
class Programme:
    """A whole programme in order."""

    zone: ZoneInfo
    zone_is_derived: bool
    days: tuple[ProgrammeDay, ...] = ()
    # Sessions that have no time at all yet.
    unscheduled: tuple[SessionShown, ...] = ()

    def entries(self) -> Iterator[AnyEntry]:
        """All entries; rounds are not opened."""
        for day in self.days:
            yield from day.entries

    def occurrences(self) -> Iterator[SessionEntry]:
        """All occurrences of sessions, those in rounds included."""
        for entry in self.entries():
            if isinstance(entry, RoundEntry):
                yield from entry.parallel
            elif isinstance(entry, SessionEntry):
                yield entry

    @property
    def has_derived_ends(self) -> bool:
        """Whether an end is shown that no source prints."""
        return any(
            entry.end_is_derived for entry in (*self.entries(), *self.occurrences()) if entry.end
        )

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not self.days and not self.unscheduled
