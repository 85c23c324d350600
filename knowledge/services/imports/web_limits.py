"""How much an import on the web may hold, and how much a page can wait for."""

from __future__ import annotations

from django.db import connection

MAX_ROWS_OF_MEMBERS = 5_000
MAX_ROWS_OF_EDITORS = 100_000
# SQLite has one writer at a time: an import keeps all others waiting, and they give up after 20 s.
MAX_ROWS_ON_SQLITE = 5_000
MAX_BYTES_OF_MEMBERS = 10 * 1024 * 1024
MAX_BYTES_OF_EDITORS = 100 * 1024 * 1024
MAX_UNFINISHED = 10
# So many may wait in the editors' queue at once; what is more stays a draft.
MAX_SENT = 50
# What a page can wait for: a few seconds.
ROWS_AT_ONCE = 500
BYTES_AT_ONCE = 1024 * 1024


def most_rows(*, is_member: bool) -> int:
    """How many rows a file may have on the web, so that nobody else is kept from saving."""
    most = MAX_ROWS_OF_MEMBERS if is_member else MAX_ROWS_OF_EDITORS
    return min(most, MAX_ROWS_ON_SQLITE) if connection.vendor == "sqlite" else most
