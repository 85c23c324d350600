"""A limit on how often something may happen, counted in the shared cache."""

from __future__ import annotations

import hashlib
import math
import time

from django.core.cache import cache


def allow(action: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one event and say whether it is within ``limit`` for each ``seconds``.

    ``key`` says who acts (an address, a user). It is hashed: no personal data stays in the cache.
    """
    digest = hashlib.sha256(f"{action}:{key}".encode()).hexdigest()
    # The end of the time stands in the value: not every cache keeps it when it counts on.
    name, now = f"throttle:{digest}", time.time()
    count, until = cache.get(name) or (0, 0.0)
    if until <= now:
        count, until = 0, now + seconds
    cache.set(name, (count + 1, until), timeout=max(1, math.ceil(until - now)))
    return bool(count < limit)
