"""What takes place at the same time as a session, for its page."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import Q

from conference.enums import OccurrenceStatus
from conference.models import ConferencePage, Occurrence, Round, SessionPage
from conference.queries.entries import SessionEntry, language_of
from conference.queries.layout import overlap
from conference.queries.visible import Viewer, sessions_visible_to, source_of
from nexsm.base.page_links import localised_url

# Nothing in a programme is longer: what starts earlier cannot still be running.
_LONGEST = timedelta(hours=24)


@dataclass(frozen=True)
class ParallelSession:
    """A session beside another one."""

    start: datetime
    title: str
    # Empty where it is not known: the letters are not those of the page's language.
    title_language: str
    url: str


@dataclass(frozen=True)
class ParallelAt:
    """What runs beside a session, at one of its times or at several with the same neighbours."""

    starts: tuple[datetime, ...]
    sessions: tuple[ParallelSession, ...]


def parallel_sessions(
    conference: ConferencePage,
    session: SessionPage,
    entries: Iterable[SessionEntry],
    viewer: Viewer,
) -> list[ParallelAt]:
    """Return for the times of a session what else takes place, in order; times alone are left out.

    Spans are half-open; of what has no end only the same start counts. Only the rows around these
    times are read, so the page of a session costs the same in a large conference.
    """
    timed = [entry for entry in entries if entry.start and not entry.is_cancelled]
    if not timed:
        return []
    source = source_of(conference)
    rounds = {round_.uid: round_ for round_ in source.rounds.all()}
    rows = _rows_near(source, session, timed, set(rounds))
    pages = _pages(conference, {row.session.translation_key for row in rows}, viewer)
    found = []
    for entry in timed:
        others = [
            _shown(row, start, pages, conference)
            for row in rows
            for start in [_start_if_beside(entry, row, rounds)]
            if start and row.session.translation_key in pages
        ]
        others.sort(key=lambda other: (other.start, other.title.casefold()))
        if others and entry.start:
            found.append(ParallelAt((entry.start,), tuple(others)))
    return _merged(found)


def _merged(found: list[ParallelAt]) -> list[ParallelAt]:
    """A workshop that is repeated beside the same others names them once.

    Only where all begin together: another start is shown with the neighbour it belongs to.
    """
    merged: dict[tuple[str, ...], ParallelAt] = {}
    for number, one in enumerate(found):
        begin_together = all(other.start == one.starts[0] for other in one.sessions)
        key = tuple(other.url for other in one.sessions) if begin_together else (str(number),)
        known = merged.get(key)
        merged[key] = replace(known, starts=known.starts + one.starts) if known else one
    return list(merged.values())


def _rows_near(
    source: ConferencePage,
    session: SessionPage,
    timed: list[SessionEntry],
    rounds: set[uuid.UUID],
) -> list[Occurrence]:
    near = Q(start__isnull=True, round_uid__in=rounds)
    for entry in timed:
        if entry.start:
            end = entry.end or entry.start
            near |= Q(start__gt=entry.start - _LONGEST, start__lt=end) | Q(start=entry.start)
    rows = (
        Occurrence.objects.filter(near, session__path__startswith=source.path)
        .filter(session__live=True)
        .exclude(session__translation_key=session.translation_key)
        .exclude(status=OccurrenceStatus.CANCELLED)
        .select_related("session")
    )
    return list(rows.order_by("session__path", "sort_order", "pk"))


def _pages(
    conference: ConferencePage, keys: set[uuid.UUID], viewer: Viewer
) -> dict[uuid.UUID, SessionPage]:
    """The pages to name, by work: in the conference's language where they are translated."""
    pages = sessions_visible_to(viewer).filter(translation_key__in=keys).select_related("locale")
    best: dict[uuid.UUID, SessionPage] = {}
    for page in pages.order_by("path"):
        if page.translation_key not in best or page.locale_id == conference.locale_id:
            best[page.translation_key] = page
    return best


def _start_if_beside(
    entry: SessionEntry, row: Occurrence, rounds: dict[uuid.UUID, Round]
) -> datetime | None:
    times = row.times(row.round_in(rounds))
    is_beside = overlap(entry.start, entry.end, times.start, times.end)
    return times.start if is_beside else None


def _shown(
    row: Occurrence,
    start: datetime,
    pages: dict[uuid.UUID, SessionPage],
    conference: ConferencePage,
) -> ParallelSession:
    page = pages[row.session.translation_key]
    return ParallelSession(
        start=start,
        title=page.heading,
        title_language=language_of(page.heading, [page.language_code]),
        url=f"{localised_url(conference)}{page.slug}/",
    )
