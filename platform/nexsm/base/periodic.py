"""Small jobs that must happen again and again. A worker of a room above runs what is due."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.management import call_command

logger = logging.getLogger(__name__)


@dataclass
class Job:
    """A function and how many seconds lie between two runs."""

    run: Callable[[], None]
    every: float
    due: float = 0.0


_jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[], None], *, every: float) -> None:
    """Add a job. ``every`` is in seconds."""
    _jobs[name] = Job(run, every)


def run_due(now: float | None = None) -> list[str]:
    """Run the jobs that are due and return their names. A job that fails is logged and tried again."""
    moment = time.monotonic() if now is None else now
    done = []
    for name, job in _jobs.items():
        if job.due > moment:
            continue
        job.due = moment + job.every
        try:
            job.run()
        except Exception:  # one job must not stop the worker or the other jobs
            logger.exception("The periodic job %s failed.", name)
        else:
            done.append(name)
    return done


def publish_scheduled() -> None:
    """Publish what is due and withdraw what has expired (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)
