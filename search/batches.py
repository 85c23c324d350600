"""Jobs of the outbox, a batch at a time: read what is public now, write it, delete the jobs."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from nexsm.base.locks import LockLost
from search import shown, sources
from search.engines import Engine, EngineUnavailable
from search.files.texts import prepared
from search.models import IndexJob
from search.outbox import enqueue

logger = logging.getLogger(__name__)

BATCH = 200
MAX_ATTEMPTS = 10
_FIRST_DELAY = timedelta(seconds=2)
_LONGEST_DELAY = timedelta(minutes=5)


class WorkStopped(Exception):  # noqa: N818 - a wish, not a mistake
    """The process shall end. What was begun is done by the next one."""


# Not the fault of a job: the database or the engine is away, or the work shall end.
NOT_THE_JOB = (EngineUnavailable, LockLost, WorkStopped, OperationalError, InterfaceError)

Pulse = Callable[[], None]
"""Called between steps of long work; raises what ends the work."""


def no_pulse() -> None:
    """Nothing ends the work."""


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What one round of the worker did."""

    jobs: int = 0
    documents: int = 0
    failed: int = 0
    groups: tuple[str, ...] = ()


def run_batch(engine: Engine, *, pulse: Pulse = no_pulse) -> BatchResult:
    """Do the oldest jobs that are due, at most BATCH.

    Raises EngineUnavailable, LockLost or the database's OperationalError; the jobs then stay and keep
    their attempts.
    """
    due = IndexJob.objects.filter(is_parked=False, not_before__lte=timezone.now())
    jobs = list(due.order_by("pk")[:BATCH])
    if not jobs:
        return BatchResult()
    groups = tuple(dict.fromkeys(job.group for job in jobs))
    try:
        written = write_groups(engine, groups)
        _still_ours(groups, pulse)
    except NOT_THE_JOB:
        raise
    except Exception:
        # One bad item must not hold up the others: find it by doing them one by one.
        logger.exception("A batch of %s groups failed, trying each alone", len(groups))
        return _one_by_one(engine, jobs, pulse)
    _finish(jobs)
    return BatchResult(len(jobs), written, groups=groups)


def write_groups(engine: Engine, groups: Sequence[str], *, generation: str | None = None) -> int:
    """Replace what the index holds of these groups by what is public now.

    Raises EngineUnavailable, DocumentsRefused, and whatever reading and analysing a document raises.
    """
    documents = sources.collect(groups)
    made = shown.keeping(prepared(documents))
    written = engine.write(made, groups, generation=generation)
    shown.forget(groups, [document.key for document in documents])
    return written


def _still_ours(groups: Sequence[str], pulse: Pulse) -> None:
    """Who has lost the lock while writing may have put an old state over a newer one: look again."""
    try:
        pulse()
    except LockLost:
        enqueue(groups)
        raise


def _one_by_one(engine: Engine, jobs: Sequence[IndexJob], pulse: Pulse) -> BatchResult:
    written = failed = 0
    for job in jobs:
        try:
            written += write_groups(engine, [job.group])
            _still_ours([job.group], pulse)
        except NOT_THE_JOB:
            raise
        except Exception as error:
            logger.exception("Indexing %s failed", job.group)
            _fail(job, error)
            failed += 1
        else:
            _finish([job])
    return BatchResult(len(jobs), written, failed, tuple(dict.fromkeys(job.group for job in jobs)))


def _finish(jobs: Sequence[IndexJob]) -> None:
    """Delete the jobs. A change made meanwhile has written a job of its own."""
    IndexJob.objects.filter(pk__in=[job.pk for job in jobs]).delete()
    # What was given up earlier for the same groups has been done with them.
    IndexJob.objects.filter(is_parked=True, group__in={job.group for job in jobs}).delete()


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
