"""Parts of a programme, chosen by the address: the page, the calendars and the print share it.

`?language=&format=&person=&track=&day=`; a parameter may be repeated, then one of its values is
enough. Different parameters must all match. An unknown value matches nothing and is no error: an
old link to a programme that has changed says so instead of breaking.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conference.enums import SessionFormat
from conference.queries.entries import (
    AnyEntry,
    Programme,
    ProgrammeDay,
    RoundEntry,
    SessionEntry,
    SessionShown,
)
from nexsm.base.filters import FilterGroup, FilterOption

if TYPE_CHECKING:
    from django.http import QueryDict

# What a session must have; the order is that of the form.
SESSION_FILTERS = ("language", "format", "track", "person")
FILTERS = ("day", *SESSION_FILTERS)
DAY_UNKNOWN = "open"
# Nobody chooses more than this by hand, and no name in a programme is longer.
_MOST_VALUES = 50
_LONGEST_VALUE = 300

# What can be chosen, with its label.
Values: TypeAlias = dict[str, str]
Found: TypeAlias = tuple[str, dict[str, Values]]


@dataclass(frozen=True)
class ProgrammeFilter:
    """What somebody wants to see of a programme. An empty one shows everything."""

    chosen: Mapping[str, frozenset[str]]

    @classmethod
    def from_query(cls, query: QueryDict) -> ProgrammeFilter:
        """Read the parameters of an address; others and empty ones are left alone."""
        chosen = {}
        for name in FILTERS:
            values = [value for value in query.getlist(name) if 0 < len(value) <= _LONGEST_VALUE]
            if values:
                chosen[name] = frozenset(values[:_MOST_VALUES])
        return cls(chosen)

    @property
    def is_active(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.chosen)

    @property
    def querystring(self) -> str:
        """The choice as part of an address, without `?`; the same choice gives the same text."""
        pairs = [(name, value) for name in FILTERS for value in sorted(self._of(name))]
        return urlencode(pairs)

    def apply(self, programme: Programme) -> Programme:
        """Return the chosen part. Breaks and greetings stay only where whole days are chosen."""
        if not self.is_active:
            return programme
        days = (
            replace(day, entries=self._entries(day.entries))
            for day in programme.days
            if self._matches("day", _day_values(day))
        )
        waiting = () if self._of("day") else programme.unscheduled
        return replace(
            programme,
            days=tuple(day for day in days if day.entries),
            unscheduled=tuple(session for session in waiting if self._wants(session)),
        )

    def groups(self, programme: Programme) -> list[FilterGroup]:
        """Return the filters worth offering, with the sessions each choice would leave.

        `programme` is the whole one. A session that is repeated counts once. A choice in one filter
        changes the numbers of the others, not its own. What is chosen is always offered, so that it
        can be taken back, also where the programme does not know it.
        """
        found = list(_all_values(programme))
        labels = {
            "day": _("Day"),
            "language": _("Language"),
            "format": _("Format"),
            "track": _("Track"),
            "person": _("Person"),
        }
        groups = []
        for name in FILTERS:
            options = self._options(name, found)
            if len(options) > 1 or self._of(name):
                kind = "select" if name == "person" else "checkbox"
                groups.append(FilterGroup(name, labels[name], options, kind))
        return groups

    def _of(self, name: str) -> frozenset[str]:
        return self.chosen.get(name, frozenset())

    def _matches(self, name: str, values: Iterable[str]) -> bool:
        wanted = self._of(name)
        return not wanted or not wanted.isdisjoint(values)

    def _wants(self, session: SessionShown) -> bool:
        return all(self._matches(name, _VALUES[name](session)) for name in SESSION_FILTERS)

    def _entries(self, entries: Iterable[AnyEntry]) -> tuple[AnyEntry, ...]:
        if not any(self._of(name) for name in SESSION_FILTERS):
            return tuple(entries)
        kept: list[AnyEntry] = []
        for entry in entries:
            if isinstance(entry, RoundEntry):
                parallel = tuple(one for one in entry.parallel if self._wants(one.session))
                if parallel:
                    kept.append(replace(entry, parallel=parallel))
            elif isinstance(entry, SessionEntry) and self._wants(entry.session):
                kept.append(entry)
        return tuple(kept)

    def _options(self, name: str, found: list[Found]) -> list[FilterOption]:
        others = [other for other in FILTERS if other != name]
        labels: Values = {}
        sessions: dict[str, set[str]] = {}
        for key, values in found:
            labels.update(values[name])
            if all(self._matches(other, values[other]) for other in others):
                for value in values[name]:
                    sessions.setdefault(value, set()).add(key)
        unknown = {value: value for value in sorted(self._of(name)) if value not in labels}
        counts = Counter({value: len(keys) for value, keys in sessions.items()})
        return [
            FilterOption(value, label, counts[value], value in self._of(name))
            for value, label in (*_in_order(name, labels), *unknown.items())
        ]


def _in_order(name: str, labels: Values) -> list[tuple[str, str]]:
    """Days by the calendar, everything else by the alphabet of the reader."""
    if name == "day":
        return sorted(labels.items())
    return sorted(labels.items(), key=lambda item: (item[1].casefold(), item[0]))


def _all_values(programme: Programme) -> Iterable[Found]:
    """Every session with its values, once for each day on which it takes place."""
    sessions: dict[str, dict[str, Values]] = {}

    def values_of(session: SessionShown) -> dict[str, Values]:
        key = str(session.id)
        if key not in sessions:
            sessions[key] = {name: _VALUES[name](session) for name in SESSION_FILTERS}
        return sessions[key]

    for day in programme.days:
        day_values = _day_values(day)
        for entry in _occurrences(day):
            values = values_of(entry.session)
            yield str(entry.session.id), {**values, "day": day_values}
    for session in programme.unscheduled:
        yield str(session.id), {**values_of(session), "day": {}}


def _occurrences(day: ProgrammeDay) -> Iterable[SessionEntry]:
    for entry in day.entries:
        if isinstance(entry, RoundEntry):
            yield from entry.parallel
        elif isinstance(entry, SessionEntry):
            yield entry


def _day_values(day: ProgrammeDay) -> Values:
    if day.date is None:
        return {DAY_UNKNOWN: _("Time not yet known")}
    return {day.date.isoformat(): f"{date_format(day.date, 'l')}, {date_format(day.date)}"}


def _languages(session: SessionShown) -> Values:
    """Spoken ones, and those it is interpreted into: both help somebody who understands them."""
    spoken = {language.code: language.label for language in session.languages}
    return spoken | {language.code: language.label for language in session.interpretation}


def _formats(session: SessionShown) -> Values:
    """One of our formats by its code; what we have no word for, by the word as printed."""
    if session.format and session.format != SessionFormat.OTHER:
        return {session.format: str(SessionFormat(session.format).label)}
    return {session.format_label: session.format_label} if session.format_label else {}


def _tracks(session: SessionShown) -> Values:
    return {session.track: session.track} if session.track else {}


def _people(session: SessionShown) -> Values:
    """People as printed. Who is who is not concluded from names."""
    return {person.name: person.name for person in session.people}


_VALUES: dict[str, Callable[[SessionShown], Values]] = {
    "language": _languages,
    "format": _formats,
    "track": _tracks,
    "person": _people,
}
