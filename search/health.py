"""Whether searching works and how far the index is behind."""

from __future__ import annotations

import logging
from typing import Any

from django.db import DatabaseError
from django.db.models import Min
from django.utils import timezone

from search.engines import get_engine
from search.models import IndexJob

logger = logging.getLogger(__name__)


def health() -> dict[str, Any]:
    """State of engine and outbox. Never raises.

    ``lag_seconds`` is the age of the oldest job that waits, 0 if none does.
    """
    engine = get_engine()
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
        waiting = IndexJob.objects.filter(is_parked=False)
        oldest = waiting.aggregate(oldest=Min("created_at"))["oldest"]
        answer["waiting"] = waiting.count()
        answer["parked"] = IndexJob.objects.filter(is_parked=True).count()
    except DatabaseError as error:
        return {**answer, "ok": False, "detail": type(error).__name__}
    answer["lag_seconds"] = int((timezone.now() - oldest).total_seconds()) if oldest else 0
    return answer
