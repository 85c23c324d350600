"""Reads of the conference room. Every public read starts at a `…_visible_to(viewer)`."""

from .context import conference_card, conference_context, conference_list, session_context
from .entries import (
    ItemEntry,
    PersonShown,
    Programme,
    ProgrammeDay,
    RoundEntry,
    SessionEntry,
    SessionShown,
)
from .people import people_visible_to, person_context
from .programme import programme, session_programme
from .programme_filter import ProgrammeFilter
from .visible import (
    Viewer,
    conferences_visible_to,
    next_or_last_conference,
    sessions_visible_to,
    source_of,
)

__all__ = [
    "ItemEntry",
    "PersonShown",
    "Programme",
    "ProgrammeDay",
    "ProgrammeFilter",
    "RoundEntry",
    "SessionEntry",
    "SessionShown",
    "Viewer",
    "conference_card",
    "conference_context",
    "conference_list",
    "conferences_visible_to",
    "next_or_last_conference",
    "people_visible_to",
    "person_context",
    "programme",
    "session_context",
    "session_programme",
    "sessions_visible_to",
    "source_of",
]
