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
from search import generations, indexer
from search.analysis import analyse
from search.engines import EngineUnavailable, get_engine
from search.locks import LEADER, WRITER, file_lock
from search.models import IndexJob

logger = logging.getLogger(__name__)

IDLE_SECONDS = 1.0
LEADER_RETRY_SECONDS = 5.0
LONGEST_PAUSE = 60.0
# How many idle rounds pass between two looks at the index itself.
ROUNDS_BETWEEN_CHECKS = 10

_start_lock = threading.Lock()
_running_in: int | None = None


class Worker:
    """Brings the index up to date until it is told to stop. Survives every error."""

    def __init__(self, stop: threading.Event) -> None:
        self.stop = stop
        self._pause = IDLE_SECONDS
        self._rounds = 0

    def run(self) -> None:
        """Wait to become the one that works, then work."""
        for language, _name in settings.LANGUAGES:
            # Load the dictionaries now, not while the first visitor waits.
            analyse("Wort", language)
        while not self.stop.is_set():
            with file_lock(LEADER) as is_leader:
                while is_leader and not self.stop.is_set():
                    self.stop.wait(self.round())
            self.stop.wait(LEADER_RETRY_SECONDS)

    def round(self) -> float:
        """Work once. Returns how many seconds to wait before the next time."""
        close_old_connections()
        periodic.run_due()  # scheduled items first: publishing them makes work for the index
        try:
            if self._has_work():
                with file_lock(WRITER) as is_writer:
                    if is_writer:
                        indexer.bring_up_to_date()
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

    def _has_work(self) -> bool:
        check_index = self._rounds % ROUNDS_BETWEEN_CHECKS == 0
        self._rounds += 1
        if check_index and generations.needs_rebuild(get_engine()):
            return True
        return IndexJob.objects.filter(is_parked=False, not_before__lte=timezone.now()).exists()


def ensure_running(**kwargs: Any) -> None:  # noqa: ARG001 - receives Django's request_started, too
    """Start the worker thread of this process, once. Does nothing where the settings say so.

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
        worker = Worker(threading.Event())
        threading.Thread(target=worker.run, name="search-worker", daemon=True).start()
