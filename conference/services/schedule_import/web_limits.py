"""How much a schedule on the web may hold."""

from __future__ import annotations

from django.db import connection

from conference.services.schedule_import.reading import MAX_EVENTS

# SQLite has one writer at a time: an import keeps all others waiting, its check too, and they give
# up after 20 s. So many, all of them changed as drafts, take 9 to 15 s on a busy machine.
MAX_ENTRIES_ON_SQLITE = 500


def most_entries() -> int:
    """How many entries (times, breaks) a file may have on the web, so that nobody else is kept from saving."""
    return MAX_ENTRIES_ON_SQLITE if connection.vendor == "sqlite" else MAX_EVENTS
