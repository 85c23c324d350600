"""The worker: takes jobs from the outbox and brings the index to the state of the database."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from search import generations, shown, sources
from search.engines import Engine, EngineUnavailable, get_engine
from search.models import IndexJob
from search.prepare import prepare

logger = logging.getLogger(__name__)

BATCH = 200
MAX_ATTEMPTS = 10
_FIRST_DELAY = timedelta(seconds=2)
_LONGEST_DELAY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What one round of the worker did."""

    jobs: int = 0
    documents: int = 0
    failed: int = 0


def bring_up_to_date(limit: int | None = None) -> BatchResult:
    """Work until no job is due. Builds the index first if there is none that fits.

    Raises EngineUnavailable if the engine cannot be written; the jobs then wait, uncounted.
    """
    engine = get_engine()
    if generations.needs_rebuild(engine):
        generations.rebuild(engine)
    total = BatchResult()
    while limit is None or total.jobs < limit:
        done = run_batch(engine)
        total = BatchResult(
            total.jobs + done.jobs, total.documents + done.documents, total.failed + done.failed
        )
        if done.jobs == 0:
            break
    return total


def run_batch(engine: Engine) -> BatchResult:
    """Do the oldest jobs that are due, at most BATCH. Raises EngineUnavailable; the jobs stay."""
    jobs = list(IndexJob.objects.filter(is_parked=False, not_before__lte=timezone.now())[:BATCH])
    if not jobs:
        return BatchResult()
    groups = list(dict.fromkeys(job.group for job in jobs))
    try:
        written = write_groups(engine, groups)
    except EngineUnavailable:
        # Not the jobs' fault: they keep their attempts and are done when the engine is back.
        raise
    except Exception:
        # One bad item must not hold up the others: find it by doing them one by one.
        logger.exception("A batch of %s groups failed, trying each alone", len(groups))
        return _one_by_one(engine, jobs)
    _finish(jobs)
    return BatchResult(len(jobs), written)


def write_groups(engine: Engine, groups: Sequence[str], *, generation: str | None = None) -> int:
    """Replace what the index holds of these groups by what is public now."""
    documents = sources.collect(groups)
    written = engine.write(shown.keeping(map(prepare, documents)), groups, generation=generation)
    shown.forget(groups, [document.key for document in documents])
    return written


def _one_by_one(engine: Engine, jobs: Sequence[IndexJob]) -> BatchResult:
    written = failed = 0
    for job in jobs:
        try:
            written += write_groups(engine, [job.group])
        except EngineUnavailable:
            raise
        except Exception as error:
            logger.exception("Indexing %s failed", job.group)
            _fail(job, error)
            failed += 1
        else:
            _finish([job])
    return BatchResult(len(jobs), written, failed)


def _finish(jobs: Sequence[IndexJob]) -> None:
    """Delete the jobs. A change made meanwhile has written a job of its own."""
    IndexJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()


def _fail(job: IndexJob, error: Exception) -> None:
    attempts = job.attempts + 1
    delay = min(_FIRST_DELAY * 2**attempts, _LONGEST_DELAY)
    IndexJob.objects.filter(pk=job.pk).update(
        attempts=F("attempts") + 1,
        is_parked=attempts >= MAX_ATTEMPTS,
        not_before=timezone.now() + delay,
        error=f"{type(error).__name__}: {error}"[:500],
    )


def unpark() -> int:
    """Try parked jobs once more. Returns how many."""
    with transaction.atomic():
        return IndexJob.objects.filter(is_parked=True).update(
            is_parked=False, attempts=0, not_before=timezone.now()
        )
