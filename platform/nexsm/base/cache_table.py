"""The table that holds the cache.

Django deletes what has expired only when somebody asks for it or the table is full. Counts of tries to sign
in are asked for by those who try, so most of them would never be deleted.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.db import DatabaseCache
from django.db import connection
from django.utils import timezone


def forget_expired(now: datetime | None = None) -> int:
    """Delete what has expired. Returns how many entries; 0 where the cache is no table."""
    if not isinstance(caches["default"], DatabaseCache):
        return 0
    moment = connection.ops.adapt_datetimefield_value(
        (now or timezone.now()).replace(microsecond=0)
    )
    cache: Any = settings.CACHES["default"]
    table = connection.ops.quote_name(cache["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [moment])  # noqa: S608 - no input
        return int(cursor.rowcount)
