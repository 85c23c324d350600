"""What schedule files say of one entry."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from conference.enums import Availability, DocumentationKind, SessionFormat
from conference.exports.texts import blocks_text, line, plain
from conference.models import ConferencePage, SessionDocumentation
from conference.queries import (
    PersonShown,
    ProgrammePublication,
    SessionEntry,
    SessionShown,
    TimedEntry,
    absolute,
)
from knowledge.slugs import slug_for

_NO_WORD = re.compile("[^a-z0-9]")
_SHORTEST = 4  # of acronyms and of the last part of a slug, in the XSDs
_LONGEST_MINUTES = 100 * 60
# Kinds of links that the JSON schema knows; the others are just addresses.
_LINK_TYPES = {
    DocumentationKind.SLIDES: "slides",
    DocumentationKind.PAPER: "paper",
    DocumentationKind.TRANSCRIPT: "paper",
    DocumentationKind.RECORDING: "media",
    DocumentationKind.AUDIO: "media",
}


@dataclass(frozen=True)
class SchedulePerson:
    """Somebody by name. The guid comes from a record only with consent, and never from an e-mail."""

    name: str
    guid: uuid.UUID
    url: str = ""

    @property
    def number(self) -> int:
        """A small number for the XML, which has no other attribute that all schemas know."""
        return (self.guid.int >> 97) + 1


@dataclass(frozen=True)
class ScheduleLink:
    """An item of documentation with an address."""

    url: str
    title: str
    type: str
    is_recording: bool = False


@dataclass(frozen=True)
class Recording:
    """What is known of a recording. `is_refused`: there is none and will be none."""

    licence: str = ""
    url: str = ""
    is_refused: bool = False


@dataclass(frozen=True)
class ScheduleEvent:
    """An entry at one time, with every text that the formats ask for, be it empty."""

    id: int
    guid: uuid.UUID
    slug: str
    url: str
    title: str
    subtitle: str
    track: str
    type: str
    language: str
    abstract: str
    description: str
    start: datetime
    end: datetime | None
    room: str
    persons: tuple[SchedulePerson, ...]
    links: tuple[ScheduleLink, ...]
    attachments: tuple[ScheduleLink, ...]
    recording: Recording

    @property
    def duration(self) -> str:
        """`HH:MM` along the time line; `00:00` while the end is open."""
        minutes = _minutes(self.start, self.end) if self.end else 0
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


@dataclass(frozen=True)
class EventSource:
    """What the texts of all entries are taken from."""

    publication: ProgrammePublication
    numbers: Mapping[uuid.UUID, int]
    documentation: Mapping[int, list[SessionDocumentation]]
    bodies: Mapping[int, list[dict[str, object]]]


def acronym_of(conference: ConferencePage) -> str:
    """Small letters and digits, four at least: what the XSDs, the JSON schema and slugs allow."""
    text = _NO_WORD.sub("", slug_for(conference.acronym or conference.slug))
    if len(text) < _SHORTEST and conference.date_start:
        text += str(conference.date_start.year)
    return text.ljust(_SHORTEST, "0")


def event_of(source: EventSource, entry: TimedEntry, room: str) -> ScheduleEvent:
    """Return one entry that has a start."""
    publication = source.publication
    if entry.start is None:
        raise ValueError("an entry without a start has no place in a schedule")
    is_session = isinstance(entry, SessionEntry)
    session = entry.session if isinstance(entry, SessionEntry) else None
    title = line(entry.session.heading if isinstance(entry, SessionEntry) else entry.title)
    number = source.numbers[entry.uid]
    rows = source.documentation.get(session.page_id, []) if session else []
    links = _links(rows)
    files = {link.url for link in links if _is_file_of_ours(link.url)}
    people = (
        entry.session.people
        if isinstance(entry, SessionEntry)
        else tuple(PersonShown(name=name) for name in entry.people)
    )
    end = None if entry.end_is_derived else entry.end
    return ScheduleEvent(
        id=number,
        guid=entry.uid,
        slug=f"{acronym_of(publication.conference)}-{number}-{_slug(title)}",
        url=absolute(session.url if session else f"{publication.url}#o-{entry.uid}"),
        title=title,
        subtitle=line(session.subtitle if session else getattr(entry, "note", "")),
        track=line(session.track) if session else "",
        type=_type(session) if session else getattr(entry, "item_kind", ""),
        language=", ".join(language.code for language in session.languages) if session else "",
        abstract=plain(session.abstract) if session else "",
        description=blocks_text(source.bodies.get(session.page_id, [])) if session else "",
        start=entry.start.astimezone(publication.programme.zone),
        end=_end(entry.start, end, publication) if is_session or end else None,
        room=room,
        persons=tuple(_persons(people, publication)),
        links=tuple(link for link in links if link.url not in files),
        attachments=tuple(link for link in links if link.url in files),
        recording=_recording(rows),
    )


def _end(
    start: datetime, end: datetime | None, publication: ProgrammePublication
) -> datetime | None:
    """The end where the formats can say it: less than a hundred hours later."""
    if end is None or not 0 < _minutes(start, end) < _LONGEST_MINUTES:
        return None
    return end.astimezone(publication.programme.zone)


def _minutes(start: datetime, end: datetime) -> int:
    return int((end.astimezone(UTC) - start.astimezone(UTC)).total_seconds() // 60)


def _slug(title: str) -> str:
    slug = slug_for(title).replace("_", "-")
    return slug if len(slug) >= _SHORTEST else f"{slug}-item"


def _type(session: SessionShown) -> str:
    """The format as printed; our own word only where nothing else is printed."""
    label = line(session.format_label)
    if session.format and label.casefold() in _own_words(session.format):
        return session.format
    return label or session.format


@cache
def _own_words(format_: str) -> frozenset[str]:
    words = {format_}
    for language, _name in settings.LANGUAGES:
        with override(language):
            words.add(str(SessionFormat(format_).label).casefold())
    return frozenset(words)


def _persons(
    people: Iterable[PersonShown], publication: ProgrammePublication
) -> Iterable[SchedulePerson]:
    """People as printed. Without consent the guid only says: the same name in this conference."""
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, absolute(f"/{acronym_of(publication.source)}"))
    for person in people:
        name = line(person.full_name)
        if person.person_id is None:
            yield SchedulePerson(name, uuid.uuid5(namespace, name))
        else:
            path = reverse("conference:person_short", args=[person.person_id])
            yield SchedulePerson(name, person.person_id, absolute(path))


def _links(rows: Iterable[SessionDocumentation]) -> list[ScheduleLink]:
    """Items with an address; one address stands once."""
    found: dict[str, ScheduleLink] = {}
    for row in rows:
        href = row.href
        if not href:
            continue
        url = href if "://" in href else absolute(href)
        kind = DocumentationKind(row.kind)
        type_ = _LINK_TYPES.get(kind, "web")
        link = ScheduleLink(url, line(str(row)), type_, kind == DocumentationKind.RECORDING)
        found.setdefault(url, link)
    return list(found.values())


def _is_file_of_ours(url: str) -> bool:
    """Whether this is a document of this site, which an import has taken over as an address."""
    return url.startswith(absolute(_files_path()))


@cache
def _files_path() -> str:
    path = reverse("file", args=[uuid.UUID(int=0), "x"])
    return path.split(str(uuid.UUID(int=0)))[0]


def _recording(rows: Iterable[SessionDocumentation]) -> Recording:
    recordings = [row for row in rows if row.kind == DocumentationKind.RECORDING]
    for row in recordings:
        if row.href:
            url = row.href if "://" in row.href else absolute(row.href)
            return Recording(row.licence.code if row.licence else "", url)
    refused = any(row.availability == Availability.NONE for row in recordings)
    return Recording(is_refused=refused)
