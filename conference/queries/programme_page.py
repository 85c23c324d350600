"""What the programme part of a conference's page is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _, ngettext

from conference.enums import ConferenceState
from conference.queries.entries import Programme
from conference.queries.layout import Cell, DayLayout, programme_layout, running_and_next
from conference.queries.programme_filter import ProgrammeFilter
from knowledge.models import Language
from nexsm.base.filters import FilterGroup

if TYPE_CHECKING:
    from conference.models import ConferencePage

# Filters help where a programme cannot be taken in at a glance.
_FEWEST_FOR_FILTERS = 8


@dataclass(frozen=True)
class ProgrammeShown:
    """A programme, or the part that was asked for, ready to be drawn."""

    programme: Programme
    days: tuple[DayLayout, ...]
    chosen: ProgrammeFilter
    filters: list[FilterGroup]
    # “5 sessions, 10 times”: a repeated session is one session, so a bare number would mislead.
    words: str
    spoken_languages: tuple[Language, ...]
    running: list[Cell]
    upcoming: list[Cell]


def programme_shown(
    conference: ConferencePage, whole: Programme, chosen: ProgrammeFilter, now: datetime
) -> ProgrammeShown:
    """Return what the page draws. While the conference is on, `now` marks what is running."""
    part = chosen.apply(whole)
    is_live = conference.current_state() == ConferenceState.LIVE
    days = programme_layout(part, now if is_live else None)
    running, upcoming = running_and_next(days, now) if is_live else ([], [])
    worth_filtering = chosen.is_active or len(list(whole.occurrences())) >= _FEWEST_FOR_FILTERS
    return ProgrammeShown(
        programme=part,
        days=days,
        chosen=chosen,
        filters=chosen.groups(whole) if worth_filtering else [],
        words=_numbers(part),
        spoken_languages=_spoken_languages(part),
        running=running,
        upcoming=upcoming,
    )


def _numbers(part: Programme) -> str:
    occurrences = list(part.occurrences())
    sessions = {entry.session.id for entry in occurrences}
    sessions |= {session.id for session in part.unscheduled}
    if not sessions:
        return _("Nothing in the programme matches all filters.")
    words = ngettext("%(number)s session", "%(number)s sessions", len(sessions))
    words %= {"number": len(sessions)}
    if len(occurrences) <= len(sessions):
        return words
    times = ngettext("%(number)s time", "%(number)s times", len(occurrences))
    return f"{words}, {times % {'number': len(occurrences)}}"


def _spoken_languages(part: Programme) -> tuple[Language, ...]:
    """The languages behind the codes in the lines, in the order of the vocabulary."""
    found = {
        language.pk: language
        for entry in part.occurrences()
        for language in entry.session.languages
    }
    return tuple(sorted(found.values(), key=lambda language: (language.position, language.code)))
