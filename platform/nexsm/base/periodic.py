"""Small jobs that must happen again and again, in a thread of their own: mail must not wait for the index."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connections

from nexsm.base.leading import lead

logger = logging.getLogger(__name__)

# Held for life by the one process that does the jobs.
LOCK = "periodic.lock"
PAUSE_SECONDS = 1.0


@dataclass
class Job:
    """A function and how many seconds lie between two runs."""

    run: Callable[[], object]
    every: float
    apart: bool = False
    due: float = 0.0
    thread: threading.Thread | None = None

    @property
    def is_running(self) -> bool:
        """Whether a thread still does it."""
        return self.thread is not None and self.thread.is_alive()


_jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[], object], *, every: float, apart: bool = False) -> None:
    """Add a job. ``every`` is in seconds.

    ``apart``: in a thread of its own, for what waits for other machines; it never runs twice at once
    in one process, and holds nobody up.
    """
    _jobs[name] = Job(run, every, apart)


def run_due(now: float | None = None) -> list[str]:
    """Run the jobs that are due and return their names. A job that fails is logged and tried again.

    A job apart is only started; while it runs it is not due.
    """
    moment = time.monotonic() if now is None else now
    done = []
    for name, job in _jobs.items():
        if job.due > moment or job.is_running or (job.apart and not settings.PERIODIC_THREADS):
            continue
        job.due = moment + job.every
        if job.apart:
            job.thread = threading.Thread(
                target=_run_apart, args=(name, job), name=f"periodic-{name}", daemon=True
            )
            job.thread.start()
            done.append(name)
        elif _run(name, job):
            done.append(name)
    return done


def keep_running(stop: threading.Event) -> None:
    """Wait to become the process that does the jobs, then do them until ``stop`` is set."""
    lead(LOCK, run_round, stop)


def run_round() -> float:
    """Run what is due. Returns how many seconds to wait before the next time."""
    close_old_connections()
    try:
        run_due()
    finally:
        close_old_connections()
    return PAUSE_SECONDS


def _run(name: str, job: Job) -> bool:
    try:
        job.run()
    except Exception:  # one job must not stop the worker or the other jobs
        logger.exception("The periodic job %s failed.", name)
        return False
    return True


def _run_apart(name: str, job: Job) -> None:
    try:
        _run(name, job)
    finally:
        connections.close_all()  # those of this thread


def publish_scheduled() -> None:
    """Publish what is due and withdraw what has expired (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)
