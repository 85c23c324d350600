"""What an entry of a calendar says in words."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from conference.exports.texts import clean, line, plain
from conference.models import Room, Venue
from conference.queries import (
    ItemEntry,
    PersonShown,
    ProgrammePublication,
    SessionEntry,
    TimedEntry,
)


def title_of(entry: TimedEntry) -> str:
    """The title on one line; never empty."""
    return line(entry.session.heading if isinstance(entry, SessionEntry) else entry.title)


def summary_of(entry: TimedEntry) -> str:
    """The title; of a repeated session with the count, of a cancelled one with that word."""
    title = title_of(entry)
    if isinstance(entry, SessionEntry) and entry.other_starts and entry.start:
        number = 1 + sum(start < entry.start for start in entry.other_starts)
        title = _("%(title)s (time %(number)s)") % {"title": title, "number": number}
    return _("Cancelled: %(title)s") % {"title": title} if entry.is_cancelled else title


def place_of(publication: ProgrammePublication, room: Room | None) -> str:
    """Room, house, street, postal code and city, as far as they are known."""
    venue = publication.venues.get(room.venue_id if room else publication.source.venue_id or 0)
    parts = [room.name] if room else []
    if venue is not None:
        parts += _address(venue)
    elif not room:
        parts += publication.source.venue_as_shown.splitlines()
    return ", ".join(line(part) for part in parts if part.strip())


def description_of(entry: TimedEntry, url: str) -> str:
    """Who takes part, what it is about, what is not certain, and where to read more."""
    if isinstance(entry, SessionEntry):
        paragraphs = [*_session(entry), *_reservations(entry), url]
    else:
        paragraphs = [*_item(entry), *_reservations(entry), url]
    return "\n\n".join(clean(part) for part in paragraphs if part)


def person_line(person: PersonShown) -> str:
    """Role, name and affiliation as printed."""
    text = f"{person.full_name} ({person.affiliation})" if person.affiliation else person.full_name
    return line(f"{person.role_label}: {text}" if person.role_label else text)


def _address(venue: Venue) -> list[str]:
    return [venue.name, venue.street, venue.place_line]


def _session(entry: SessionEntry) -> Iterator[str]:
    session = entry.session
    yield line(session.subtitle)
    is_told_by_line = not any(person.affiliation or person.role_label for person in session.people)
    if session.people_line and is_told_by_line:
        yield line(session.people_line)
    else:
        yield "\n".join(person_line(person) for person in session.people)
    yield _languages(entry)
    yield line(entry.round_title)
    yield plain(session.abstract)


def _item(entry: ItemEntry) -> Iterator[str]:
    yield line(entry.people_line)
    yield line(entry.note)


def _languages(entry: SessionEntry) -> str:
    session = entry.session
    names = ", ".join(language.label for language in session.languages)
    names = names or line(session.languages_as_shown)
    text = _("Languages: %(names)s") % {"names": names} if names else ""
    if session.interpretation:
        into = ", ".join(language.label for language in session.interpretation)
        more = _("Interpreted into: %(names)s") % {"names": into}
        text = f"{text}\n{more}" if text else more
    return text


def _reservations(entry: TimedEntry) -> Iterator[str]:
    if entry.is_tentative:
        yield _("It is not yet certain that this takes place.")
    if entry.end is None:
        yield _("The end is open.")
    elif entry.end_is_derived:
        yield _("The end is calculated, the programme does not print it.")
