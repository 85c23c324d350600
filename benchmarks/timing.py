"""Times of many calls: taken in turns, so that a noisy machine disturbs all contenders alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
Call = Callable[[T], object]
PERCENTILES = (50, 95, 99)


def in_turns(contenders: Mapping[str, Call[T]], questions: Sequence[T]) -> dict[str, list[float]]:
    """Milliseconds each contender takes for each question; who goes first changes with each question."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for place, question in enumerate(questions):
        order = list(contenders) if place % 2 else list(reversed(contenders))
        for name in order:
            started = time.perf_counter()
            contenders[name](question)
            times[name].append((time.perf_counter() - started) * 1000)
    return times


def at_once(
    call: Call[T], questions: Sequence[T], clients: int, ready: Callable[[], object] = bool
) -> tuple[list[float], float]:
    """Milliseconds of each question asked by so many threads, and seconds for all of them.

    ``ready`` is called when each thread has asked something.
    """

    def timed(question: T) -> float:
        started = time.perf_counter()
        call(question)
        return (time.perf_counter() - started) * 1000

    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(call, questions[:clients]))  # each thread opens its connections
        ready()
        started = time.perf_counter()
        times = list(pool.map(timed, questions))
        return times, time.perf_counter() - started


def percentiles(times: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 of one round."""
    ordered = sorted(times)
    return {
        f"p{number}": ordered[min(len(ordered) - 1, len(ordered) * number // 100)]
        for number in PERCENTILES
    }


def over_rounds(rounds: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each figure over all rounds, and the least of its p50."""
    found = {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}
    if "p50" in found:
        found["p50_least"] = min(one["p50"] for one in rounds)
    return {name: round(value, 3) for name, value in found.items()}
