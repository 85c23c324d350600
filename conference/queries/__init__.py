"""Reads of the conference room. Every public read starts at a `…_visible_to(viewer)`."""

from .changes import ChangeDay, ChangeList, ChangeShown, changes_of, earlier_starts
from .context import (
    conference_card,
    conference_context,
    conference_list,
    session_context,
    zone_sentence,
)
from .documentation import DocumentationShown
from .entries import (
    ItemEntry,
    PersonShown,
    Programme,
    ProgrammeDay,
    RoundEntry,
    SessionEntry,
    SessionShown,
)
from .layout import Cell, DayLayout, Slot, programme_layout
from .people import people_visible_to, person_context
from .programme import day_of, programme, session_programme
from .programme_filter import ProgrammeFilter
from .publication import (
    ProgrammePublication,
    TimedEntry,
    absolute,
    hidden_sessions,
    last_published_at,
    public_documentation,
    publication_of,
)
from .stretching import rows_of
from .visible import (
    Viewer,
    conferences_visible_to,
    next_or_last_conference,
    sessions_visible_to,
    source_of,
)

__all__ = [
    "Cell",
    "ChangeDay",
    "ChangeList",
    "ChangeShown",
    "DayLayout",
    "DocumentationShown",
    "ItemEntry",
    "PersonShown",
    "Programme",
    "ProgrammeDay",
    "ProgrammeFilter",
    "ProgrammePublication",
    "RoundEntry",
    "SessionEntry",
    "SessionShown",
    "Slot",
    "TimedEntry",
    "Viewer",
    "absolute",
    "changes_of",
    "conference_card",
    "conference_context",
    "conference_list",
    "conferences_visible_to",
    "day_of",
    "earlier_starts",
    "hidden_sessions",
    "last_published_at",
    "next_or_last_conference",
    "people_visible_to",
    "person_context",
    "programme",
    "programme_layout",
    "public_documentation",
    "publication_of",
    "rows_of",
    "session_context",
    "session_programme",
    "sessions_visible_to",
    "source_of",
    "zone_sentence",
]
