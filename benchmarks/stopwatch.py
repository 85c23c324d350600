"""What a call spends where: functions are wrapped, and each counts its own time only."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

Place = tuple[object, str, str]
"""Where a function is looked up, its name there, and how its time is called."""


class Stopwatch:
    """Own time by name, in milliseconds, of what runs inside `running`."""

    def __init__(self) -> None:
        self.times: defaultdict[str, float] = defaultdict(float)
        self._inner = [0.0]

    @contextmanager
    def running(self, places: Sequence[Place]) -> Iterator[None]:
        """Wrap these functions. Raises AttributeError if one is not there any more."""
        with ExitStack() as stack:
            for owner, name, label in places:
                function = getattr(owner, name)
                stack.enter_context(patch.object(owner, name, self._timed(function, label)))
            yield

    def _timed(self, function: Callable[..., Any], label: str) -> Callable[..., Any]:
        @wraps(function)
        def timed(*args: Any, **kwargs: Any) -> Any:
            self._inner.append(0.0)
            started = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                spent = (time.perf_counter() - started) * 1000
                self.times[label] += spent - self._inner.pop()
                self._inner[-1] += spent

        return timed
