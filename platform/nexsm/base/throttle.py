"""A limit on how often something may happen, counted in a table of its own.

Not in the cache: between reading a count and writing the next one others pass, and a cache that is
full throws counts away.
"""

from __future__ import annotations

import hashlib
import time
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F

from nexsm.base import periodic
from nexsm.base.models import ThrottleCount

# Spans in seconds, as `allow` takes them.
HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY


def allow(action: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one event and say whether it is within ``limit`` for each ``seconds``.

    ``key`` says who acts (an address, a user). It is hashed: no personal data stays. One statement
    looks and counts, so the limit holds for any number of requests at once. In a transaction that
    fails, the event does not count.
    """
    if limit < 1:
        return False
    digest = hashlib.sha256(f"{action}:{key}".encode()).hexdigest()
    now = datetime.fromtimestamp(time.time(), UTC)
    until = now + timedelta(seconds=seconds)
    rows = ThrottleCount.objects.filter(key=digest)
    while True:
        if rows.filter(until__lte=now).update(count=1, until=until):
            return True
        if rows.filter(count__lt=limit).update(count=F("count") + 1):
            return True
        if rows.exists():
            return False
        try:
            with transaction.atomic():
                ThrottleCount.objects.create(key=digest, until=until)
        except IntegrityError:  # somebody else was quicker with the first event
            continue
        return True


def forget_old(now: datetime | None = None) -> int:
    """Delete counts whose time is over. Returns how many."""
    moment = now or datetime.fromtimestamp(time.time(), UTC)
    return ThrottleCount.objects.filter(until__lt=moment).delete()[0]


def register() -> None:
    """Let the workers of the server delete what is over."""
    periodic.register("throttle", forget_old, every=3600)
