"""How fast the index is built: the whole chain, its phases, its profile."""

from __future__ import annotations

import cProfile
import io
import os
import pstats
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management import call_command

from search import sources
from search.engines import get_engine
from search.fields import EngineDocument
from search.files.texts import prepared
from search.models import IndexGeneration

_LINES = 25
_AT_ONCE = 200


def build(processes: int) -> dict[str, Any]:
    """Build the index with ``search_rebuild --processes`` and tell how long it took."""
    started, cpu = time.perf_counter(), _cpu_seconds()
    call_command("search_rebuild", processes=processes, verbosity=0, stdout=io.StringIO())
    seconds = time.perf_counter() - started
    documents = IndexGeneration.objects.latest("started_at").documents
    return {
        "documents": documents,
        "processes": processes,
        "seconds": round(seconds, 2),
        "documents_a_second": round(documents / seconds, 1),
        "cpu_seconds": round(_cpu_seconds() - cpu, 2),
    }


def _cpu_seconds() -> float:
    """Of this process and of those it has started and waited for."""
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


def phases(sample: int) -> dict[str, float]:
    """Seconds a thousand documents take in each phase, in one process, for the first of them.

    ``reading`` is database to text, ``analysing`` is text to terms, ``engine`` stores the terms and
    throws the result away. The memories of the analysis are warm, as in most of a long build.
    """
    engine, groups = get_engine(), _groups(sample)
    warm = list(prepared(sources.collect(groups)))
    started = time.perf_counter()
    items = [item for part in _portions(groups) for item in sources.collect(part)]
    read = time.perf_counter()
    ready = list(prepared(items))
    analysed = time.perf_counter()
    _write_and_drop(engine, iter(ready))
    stored = time.perf_counter()
    scale = 1_000 / max(1, len(warm))
    return {
        "documents": len(items),
        "reading": round((read - started) * scale, 3),
        "analysing": round((analysed - read) * scale, 3),
        "engine": round((stored - analysed) * scale, 3),
    }


def profile(sample: int, path: Path) -> None:
    """Profile the chain for the first documents; the 25 dearest functions go to a file."""
    engine, groups = get_engine(), _groups(sample)

    def documents() -> Iterator[EngineDocument]:
        for part in _portions(groups):
            yield from prepared(sources.collect(part))

    write_profile(lambda: _write_and_drop(engine, documents()), path)


def write_profile(work: Callable[[], object], path: Path) -> None:
    """Run something under the profiler and write its dearest functions, by own time and in all."""
    profiler = cProfile.Profile()
    profiler.enable()
    work()
    profiler.disable()
    text = io.StringIO()
    found = pstats.Stats(profiler, stream=text).strip_dirs()
    for order in ("cumulative", "tottime"):
        found.sort_stats(order).print_stats(_LINES)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.getvalue(), encoding="utf-8")


def _groups(sample: int) -> list[str]:
    return list(islice(sources.all_groups(), sample))


def _portions(groups: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(groups), _AT_ONCE):
        yield groups[start : start + _AT_ONCE]


def _write_and_drop(engine: Any, documents: Iterator[EngineDocument]) -> None:
    name = f"probe{time.time_ns()}_0"
    engine.create(name)
    try:
        engine.write(documents, generation=name)
    finally:
        engine.drop(name)
