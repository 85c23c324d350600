"""A limit on how often something may happen, counted in the shared cache."""

from __future__ import annotations

import hashlib

from django.core.cache import cache


def allow(action: str, key: str, *, limit: int, seconds: int) -> bool:
    """Count one event and say whether it is within ``limit`` for each ``seconds``.

    ``key`` says who acts (an address, a user). It is hashed: no personal data stays in the cache.
    """
    digest = hashlib.sha256(f"{action}:{key}".encode()).hexdigest()
    name = f"throttle:{digest}"
    if cache.add(name, 1, timeout=seconds):
        return limit >= 1
    try:
        return cache.incr(name) <= limit
    except ValueError:  # it ran out between the two calls
        cache.set(name, 1, timeout=seconds)
        return limit >= 1
