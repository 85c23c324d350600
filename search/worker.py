"""The loop that watches the outbox: in the server process by default, or as a process of its own."""

from __future__ import annotations

import logging
import os
import threading
from typing import Any

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from nexsm.base import periodic
from nexsm.base.leading import lead
from nexsm.base.locks import Guard, LockLost, exclusive
from search import consistency, generations, indexer
from search.analysis import analyse
from search.batches import WorkStopped
from search.engines import EngineUnavailable, get_engine
from search.files.reader import Reader
from search.locks import LEADER, WRITER
from search.models import IndexJob

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
# After an outage everything shall be found within a minute, so nobody pauses for long.
LONGEST_PAUSE = 15.0
# How many rounds pass between two looks at the index itself, and at what killed builds have left.
ROUNDS_BETWEEN_CHECKS = 10
ROUNDS_BETWEEN_SWEEPS = 60
# In this hour of the night the whole index is compared with the database.
COMPARING_HOUR = 3

_start_lock = threading.Lock()
_running_in: int | None = None


class Worker:
    """Brings the index up to date until it is told to stop. Survives every error."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._pause = IDLE_SECONDS
        self._rounds = 0
        self._compared_on = timezone.localdate()

    def run(self) -> None:
        """Wait to become the one that works, then work."""
        for language, _name in settings.LANGUAGES:
            # Load the dictionaries now, not while the first visitor waits.
            analyse("Wort", language)
        lead(LEADER, self.round, self.stop)

    def round(self) -> float:
        """Work once. Returns how many seconds to wait before the next time."""
        try:
            close_old_connections()
            self._work()
        except (LockLost, WorkStopped):
            self._pause = IDLE_SECONDS
        except EngineUnavailable as error:
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            logger.warning("The search engine cannot be written: %s", error)
        except Exception:
            # A database that is away or not migrated yet, a full disk: try again, never die.
            self._pause = min(self._pause * 2, LONGEST_PAUSE)
            logger.exception("The index worker failed")
        else:
            self._pause = IDLE_SECONDS
        finally:
            close_old_connections()
        return self._pause

    def _work(self) -> None:
        rounds, self._rounds = self._rounds, self._rounds + 1
        engine = get_engine()
        due = IndexJob.objects.filter(is_parked=False, not_before__lte=timezone.now())
        has_work = due.exists()
        if rounds % ROUNDS_BETWEEN_CHECKS == 0:
            has_work = has_work or generations.needs_rebuild(engine)
        is_sweep = rounds % ROUNDS_BETWEEN_SWEEPS == 0
        is_comparison = self._is_comparison_due()
        if not (has_work or is_sweep or is_comparison):
            return
        with exclusive(WRITER) as guard:
            if guard is None:
                return  # somebody builds the index, and brings edits into it meanwhile
            if is_sweep:
                self._sweep()
            if has_work:
                indexer.bring_up_to_date(pulse=lambda: self._go_on(guard))
        if is_comparison:
            # If the engine is away, the next round tries again; it does as long as the hour lasts.
            consistency.repair(consistency.compare(engine))
            self._compared_on = timezone.localdate()

    def _sweep(self) -> None:
        swept = get_engine().sweep()
        if swept:
            logger.info("Deleted what is not used any more: %s", ", ".join(swept))

    def _is_comparison_due(self) -> bool:
        now = timezone.localtime()
        return now.hour == COMPARING_HOUR and now.date() != self._compared_on

    def _go_on(self, guard: Guard) -> None:
        guard.check()
        if self.stop.is_set():
            raise WorkStopped


def ensure_running(**kwargs: Any) -> None:  # noqa: ARG001 - receives Django's request_started, too
    """Start the worker threads of this process, once. Does nothing where the settings say so.

    Called by what only a server does (loading the WSGI application, answering a request), so that
    management commands and tests have no second writer. All server processes may call it: the lock
    lets one of them work, and another take over when it dies.
    """
    global _running_in  # noqa: PLW0603 - one thread for each process, also after a fork
    if not settings.SEARCH_EMBEDDED_WORKER or _running_in == os.getpid():
        return
    with _start_lock:
        if _running_in == os.getpid():
            return
        _running_in = os.getpid()
        start(threading.Event())


def start(stop: threading.Event) -> list[threading.Thread]:
    """Start what a server does beside answering, each in a thread of its own; all end soon after ``stop``.

    To build a large index takes minutes, and to read a file as well. Mail with a code to sign in and
    what is scheduled wait for neither.
    """
    jobs = {
        "search-worker": Worker(stop).run,
        "search-files": Reader(stop).run,
        "periodic": lambda: periodic.keep_running(stop),
    }
    threads = [threading.Thread(target=run, name=name, daemon=True) for name, run in jobs.items()]
    for thread in threads:
        thread.start()
    return threads
