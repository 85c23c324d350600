"""Waiting for what a running site does by itself."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PAUSE_SECONDS = 0.5


def wait_for(
    condition: Callable[[], T], seconds: float, what: str, explain: Callable[[], str] = str
) -> T:
    """Look again and again until there is something, and return it.

    Counted are the pauses, not the clock: on a machine that stood still meanwhile the site stood, too,
    and gets its time. Raises AssertionError with ``what``, and with what ``explain`` finds out.
    """
    for _look in range(round(seconds / PAUSE_SECONDS)):
        if result := condition():
            return result
        time.sleep(PAUSE_SECONDS)
    raise AssertionError(f"{what}\n{explain()}")
