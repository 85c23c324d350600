"""The work of the index worker: a build if one is needed, then the jobs of the outbox."""

from __future__ import annotations

from search import generations
from search.batches import MAX_ATTEMPTS, BatchResult, Pulse, no_pulse, run_batch, unpark
from search.engines import get_engine

__all__ = ["MAX_ATTEMPTS", "bring_up_to_date", "unpark"]


def bring_up_to_date(limit: int | None = None, *, pulse: Pulse = no_pulse) -> BatchResult:
    """Work until no job is due. Builds the index first if there is none that fits.

    The caller holds the writer's lock. Raises EngineUnavailable if the engine cannot be written, and
    what ``pulse`` raises; the jobs then wait, uncounted.
    """
    engine = get_engine()
    if generations.needs_rebuild(engine):
        generations.rebuild(engine, pulse=pulse)
    total = BatchResult()
    while limit is None or total.jobs < limit:
        done = run_batch(engine, pulse=pulse)
        total = BatchResult(
            total.jobs + done.jobs, total.documents + done.documents, total.failed + done.failed
        )
        if done.jobs == 0:
            break
    return total
