"""Work that one process does for all: whoever gets the lock works until it ends or loses the lock."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from django.db import close_old_connections

from nexsm.base.locks import exclusive

logger = logging.getLogger(__name__)

RETRY_SECONDS = 5.0


def lead(lock: str, work: Callable[[], float], stop: threading.Event) -> None:
    """Call ``work`` again and again while the lock is held, pausing as many seconds as it returns.

    Comes back when ``stop`` is set; survives every error of the lock. ``work`` must not raise.
    """
    while not stop.is_set():
        try:
            with exclusive(lock) as guard:
                while guard and guard.still_held() and not stop.is_set():
                    stop.wait(work())
        except Exception:
            # The data folder or the database cannot be reached: try again, never die.
            logger.exception("Nobody can tell whose turn it is: %s", lock)
        finally:
            close_old_connections()
        stop.wait(RETRY_SECONDS)
