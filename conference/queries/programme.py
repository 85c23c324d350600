"""The programme query. The number of database queries does not depend on the number of sessions."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

from django.db.models import QuerySet

from conference.enums import OccurrenceStatus
from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    PublishedOccurrence,
    Round,
    ScheduleItem,
    SessionPage,
)
from conference.queries.entries import (
    AnyEntry,
    ItemEntry,
    PersonShown,
    Programme,
    ProgrammeDay,
    RoundEntry,
    SessionEntry,
    SessionShown,
)
from conference.queries.visible import Viewer, sessions_visible_to, source_of
from knowledge.models import Language
from nexsm.base.page_links import localised_url

AnEntry = TypeVar("AnEntry", SessionEntry, ItemEntry)
Published = dict[uuid.UUID, PublishedOccurrence]


def programme(conference: ConferencePage, viewer: Viewer) -> Programme:
    """Return everything that visitors see of a conference's programme, in order.

    Rows come from the page in the language of the sources, texts from the page in the language of
    `conference` where it is translated. `conference` may be an unsaved draft (preview).
    """
    source = source_of(conference)
    pages = _sessions(source, conference, viewer)
    rows = _occurrences(list(pages))
    shown = _shown_sessions(pages, conference)
    items = list(source.schedule_items.select_related("room").all())
    published = _published(source)
    rounds = {round_.uid: round_ for round_ in source.rounds.all()}
    occurrences = [
        entry
        for page_id in pages
        for entry in _session_entries(shown[page_id], rows[page_id], rounds, published)
    ]
    occurrences = _called_off(occurrences, source)
    entries: list[AnyEntry] = [
        *_called_off([_item_entry(item, published) for item in items], source)
    ]
    entries += _in_rounds(occurrences, rounds)
    return Programme(
        zone=conference.zone,
        zone_is_derived=conference.timezone_is_derived,
        days=_days(entries, conference),
        unscheduled=tuple(shown[page_id] for page_id in pages if not rows[page_id]),
    )


def session_programme(
    session: SessionPage, conference: ConferencePage
) -> tuple[SessionShown, tuple[SessionEntry, ...]]:
    """Return a session and its occurrences in order. `session` may be an unsaved draft."""
    source = source_of(session)
    shown = _shown(
        session,
        conference,
        people=_people(source.participations.select_related("person").all()),
        languages=tuple(source.languages.all()),
        interpretation=tuple(source.interpretation.all()),
    )
    conference_source = source_of(conference)
    rounds = {round_.uid: round_ for round_ in conference_source.rounds.all()}
    rows = list(source.occurrences.select_related("room").all())
    published = PublishedOccurrence.objects.in_bulk([row.uid for row in rows], field_name="uid")
    entries = _called_off(_session_entries(shown, rows, rounds, published), conference_source)
    return shown, tuple(sorted(entries, key=SessionEntry.sort_key))


def day_of(moment: datetime, conference: ConferencePage) -> date:
    """Return the conference day: what starts after midnight may belong to the day before."""
    local = moment.astimezone(conference.zone)
    is_before_change = local.time() < conference.day_change
    return local.date() - timedelta(days=1) if is_before_change else local.date()


def _sessions(
    source: ConferencePage, conference: ConferencePage, viewer: Viewer
) -> dict[int, SessionPage]:
    """Pages to show by the id of the page whose rows count, in the order of the page tree."""
    visible = sessions_visible_to(viewer).select_related("locale").order_by("path")
    pages = {page.pk: page for page in _below(visible, source)}
    if source.pk == conference.pk:
        return pages
    by_key = {page.translation_key: pk for pk, page in pages.items()}
    for page in _below(visible, conference):
        pages[by_key.get(page.translation_key, page.pk)] = page
    return pages


def _below(pages: QuerySet[SessionPage], conference: ConferencePage) -> QuerySet[SessionPage]:
    return pages.filter(path__startswith=conference.path, depth=conference.depth + 1)


def _occurrences(page_ids: list[int]) -> dict[int, list[Occurrence]]:
    rows: dict[int, list[Occurrence]] = defaultdict(list)
    query = Occurrence.objects.filter(session_id__in=page_ids)
    for row in query.select_related("room").order_by("session_id", "sort_order", "pk"):
        rows[row.session_id].append(row)
    return rows


def _published(source: ConferencePage) -> Published:
    rows = PublishedOccurrence.objects.filter(conference_id=source.public_id)
    return {row.uid: row for row in rows}


def _shown_sessions(
    pages: dict[int, SessionPage], conference: ConferencePage
) -> dict[int, SessionShown]:
    ids = list(pages)
    people: dict[int, list[Participation]] = defaultdict(list)
    participations = Participation.objects.filter(session_id__in=ids)
    for row in participations.select_related("person").order_by("session_id", "sort_order", "pk"):
        people[row.session_id].append(row)
    spoken = _languages(SessionPage.languages.through, ids)
    interpreted = _languages(SessionPage.interpretation.through, ids)
    return {
        page_id: _shown(
            page,
            conference,
            people=_people(people[page_id]),
            languages=tuple(spoken[page_id]),
            interpretation=tuple(interpreted[page_id]),
        )
        for page_id, page in pages.items()
    }


def _languages(through: Any, page_ids: list[int]) -> dict[int, list[Language]]:
    found: dict[int, list[Language]] = defaultdict(list)
    for row in through.objects.filter(sessionpage_id__in=page_ids).select_related("language"):
        found[row.sessionpage_id].append(row.language)
    for languages in found.values():
        languages.sort(key=lambda language: (language.position, language.code))
    return found


def _people(rows: Iterable[Participation]) -> tuple[PersonShown, ...]:
    return tuple(_person(row) for row in rows)


def _person(row: Participation) -> PersonShown:
    record = row.person if row.person and row.person.has_consented else None
    return PersonShown(
        name=row.name_as_shown,
        prefix=row.prefix,
        affiliation=row.affiliation_as_shown,
        role=row.role,
        role_label=row.role_label,
        person_id=record.public_id if record else None,
        url=record.get_absolute_url() if record else "",
    )


def _shown(
    page: SessionPage,
    conference: ConferencePage,
    *,
    people: tuple[PersonShown, ...],
    languages: tuple[Language, ...],
    interpretation: tuple[Language, ...],
) -> SessionShown:
    return SessionShown(
        id=page.public_id,
        page_id=page.pk,
        slug=page.slug,
        # From the conference's address: asking each page costs a query for the site.
        url=f"{localised_url(conference)}{page.slug}/",
        title=page.shown_title,
        heading=page.heading,
        subtitle=page.subtitle,
        format=page.format,
        format_label=page.shown_format,
        format_language=page.language_code if page.format_label else "",
        track=page.track,
        language_code=page.language_code,
        abstract=page.abstract,
        languages=languages,
        interpretation=interpretation,
        languages_as_shown=page.languages_as_shown,
        people=people,
        people_line=page.people_as_shown or ", ".join(person.full_name for person in people),
    )


def _session_entries(
    session: SessionShown,
    rows: list[Occurrence],
    rounds: dict[uuid.UUID, Round],
    published: Published,
) -> list[SessionEntry]:
    entries = []
    for row in rows:
        round_ = row.round_in(rounds)
        times = row.times(round_)
        entries.append(
            SessionEntry(
                uid=row.uid,
                start=times.start,
                end=times.end,
                end_is_derived=times.end_is_derived,
                position=row.position,
                order=row.sort_order or 0,
                room=row.room,
                status=row.status,
                session=session,
                label=row.label_as_shown,
                round_uid=round_.uid if round_ else None,
                round_title=(round_.title_as_shown or round_.label) if round_ else "",
                **_known(published.get(row.uid)),
            )
        )
    return [replace(entry, other_starts=_other_starts(entry, entries)) for entry in entries]


def _called_off(entries: list[AnEntry], conference: ConferencePage) -> list[AnEntry]:
    """A conference that is called off takes all its entries with it."""
    return [
        entry
        if (status := conference.status_of(entry.status)) == entry.status
        else replace(entry, status=status)
        for entry in entries
    ]


def _other_starts(entry: SessionEntry, entries: list[SessionEntry]) -> tuple[datetime, ...]:
    starts = {
        other.start
        for other in entries
        if other.uid != entry.uid
        and other.start is not None
        and other.status != OccurrenceStatus.CANCELLED
    }
    return tuple(sorted(starts))


def _item_entry(item: ScheduleItem, published: Published) -> ItemEntry:
    return ItemEntry(
        uid=item.uid,
        start=item.start,
        end=item.end,
        end_is_derived=item.end_is_derived,
        position=item.position,
        order=item.sort_order or 0,
        room=item.room,
        status=item.status,
        title=str(item),
        item_kind=item.kind,
        people=tuple(item.people),
        people_line=item.people_as_shown or ", ".join(item.people),
        note=item.note,
        spans_all=item.spans_all,
        **_known(published.get(item.uid)),
    )


def _known(row: PublishedOccurrence | None) -> dict[str, Any]:
    if row is None:
        return {}
    return {"sequence": row.sequence, "changed_at": row.changed_at, "number": row.number}


def _in_rounds(
    occurrences: list[SessionEntry], rounds: dict[uuid.UUID, Round]
) -> list[RoundEntry | SessionEntry]:
    """Gather the occurrences of each round; rounds without sessions stay, they are announced."""
    members: dict[uuid.UUID, list[SessionEntry]] = defaultdict(list)
    alone: list[RoundEntry | SessionEntry] = []
    for entry in occurrences:
        if entry.round_uid is None:
            alone.append(entry)
        else:
            members[entry.round_uid].append(entry)
    together = [
        RoundEntry(
            uid=uid,
            start=round_.start or _earliest(members[uid]),
            end=round_.end,
            end_is_derived=round_.end_is_derived and round_.end is not None,
            position=round_.position,
            order=round_.sort_order or 0,
            title=round_.title_as_shown,
            label=round_.label,
            results=round_.results,
            parallel=tuple(sorted(members[uid], key=_parallel_key)),
        )
        for uid, round_ in rounds.items()
    ]
    return [*together, *alone]


def _parallel_key(entry: SessionEntry) -> tuple[Any, ...]:
    """In a round the position decides the column; a late start does not move it."""
    return (entry.position is None, entry.position or 0, *entry.sort_key())


def _earliest(entries: list[SessionEntry]) -> datetime | None:
    return min((entry.start for entry in entries if entry.start), default=None)


def _days(entries: list[AnyEntry], conference: ConferencePage) -> tuple[ProgrammeDay, ...]:
    days: dict[date | None, list[AnyEntry]] = defaultdict(list)
    for entry in sorted(entries, key=_entry_key):
        days[day_of(entry.start, conference) if entry.start else None].append(entry)
    order = sorted(days, key=lambda day: (day is None, day or date.min))
    return tuple(ProgrammeDay(date=day, entries=tuple(days[day])) for day in order)


def _entry_key(entry: AnyEntry) -> tuple[Any, ...]:
    return entry.sort_key()
