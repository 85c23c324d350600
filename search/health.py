"""Whether searching works and how far the index is behind."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.db.models import Count, Min, Q
from django.utils import timezone

from search.breaker import breaker
from search.engines import EngineHealth, get_engine
from search.models import IndexJob

logger = logging.getLogger(__name__)

# A large import may take minutes. After this long, no worker is running.
LONGEST_LAG_SECONDS = 900
_WAITING = Q(is_parked=False, attempts=0)


def health() -> dict[str, Any]:
    """State of engine and outbox. Never raises.

    ``waiting`` jobs have not been tried, ``failing`` ones will be tried again, ``parked`` ones were given
    up for now. ``lag_seconds`` is the age of the oldest job that waits, 0 if none does. While this process
    leaves the engine alone after failures, so do we.
    """
    engine = get_engine()
    if breaker.is_open:
        detail = "left alone for a while after several failures"
        state = EngineHealth(ok=False, detail=detail)
    else:
        state = engine.health()
    answer: dict[str, Any] = {
        "ok": state.ok,
        "engine": engine.name,
        "generation": state.generation,
        "documents": state.documents,
    }
    if state.detail:
        # The words of the engine may name hosts and folders: they are for the log, not for everybody.
        logger.warning("The search engine is not well: %s", state.detail)
        answer["detail"] = "the engine does not answer as it should; see the log"
    try:
        jobs = IndexJob.objects.order_by().aggregate(
            oldest=Min("created_at", filter=_WAITING),
            waiting=Count("pk", filter=_WAITING),
            failing=Count("pk", filter=Q(is_parked=False, attempts__gt=0)),
            parked=Count("pk", filter=Q(is_parked=True)),
        )
    except DatabaseError as error:
        return {**answer, "ok": False, "detail": type(error).__name__}
    oldest = jobs.pop("oldest")
    lag = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    answer |= {**jobs, "lag_seconds": lag}
    if answer["ok"] and engine.name != "null" and lag > LONGEST_LAG_SECONDS:
        answer |= {"ok": False, "detail": "the index is not being brought up to date"}
    return answer
