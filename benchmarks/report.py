"""What was measured, as tables in Markdown, and whether the goals were reached."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from benchmarks.measuring import CLIENTS, SAMPLE_OF_DATABASE
from benchmarks.workplace import Place, say

_PACKAGES = ("wagtail", "modelsearch", "tantivy", "elasticsearch")
Row = Sequence[object]
Goal = tuple[str, str, bool | None]


def write(places: Sequence[Place], engines: Sequence[str], path: Path) -> None:
    """Write the report and show it."""
    largest = places[-1]
    parts = [
        _machine(largest),
        _goals(places, engines),
        _inside(places, engines),
        _spent(largest, engines),
        _peers(largest),
        _http(largest),
        _indexing(places, engines),
    ]
    text = "\n\n".join(filter(None, parts)) + "\n"
    path.write_text(text, encoding="utf-8")
    say(f"written to {path}\n\n{text}")


def _machine(place: Place) -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    rounds = (_first(place, "inside-tantivy", "inside-elasticsearch") or {}).get("rounds", "?")
    today = datetime.now(tz=UTC).date()
    return (
        f"{today}, {os.cpu_count()} cores, Python {platform.python_version()}, {versions}. "
        f"Milliseconds: the median of {rounds} rounds of 200 queries; (least p50 of a round)."
    )


def _first(place: Place, *names: str) -> dict[str, Any] | None:
    return next((found for name in names if (found := place.result(name))), None)


def _table(heads: Row, rows: Iterable[Row]) -> str:
    lines = ["| " + " | ".join(map(str, heads)) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(map(_cell, row)) + " |" for row in rows]
    return "\n".join(lines)


def _cell(value: object) -> str:
    if not isinstance(value, float):
        return str(value)
    return f"{value:.2f}" if value < 100 else f"{value:.0f}"  # noqa: PLR2004 - three digits are enough


# ---------------------------------------------------------------------------------------------- goals
def _goals(places: Sequence[Place], engines: Sequence[str]) -> str:
    found: list[Goal] = []
    for engine in engines:
        found += _goals_inside(places, engine)
    found += _goals_beside_peers(places[-1], engines)
    rows = [
        (name, value, {True: "reached", False: "**missed**", None: "?"}[reached])
        for name, value, reached in found
    ]
    return "## Goals\n\n" + _table(("goal", "measured", ""), rows)


def _goals_inside(places: Sequence[Place], engine: str) -> list[Goal]:
    largest = places[-1]
    inside, index = largest.result(f"inside-{engine}"), largest.result(f"index-{engine}")
    found: list[Goal] = []
    if inside:
        for name, most in (("p50", 2.0), ("p99", 3.0)):
            ratio = inside["service"][name] / inside["raw"][name]
            goal = f"{engine}: search ≤ {most:.0f} × the engine alone, {name}"
            found.append((goal, f"{ratio:.2f} ×", ratio <= most))
        slowest = inside["suggest"]["p99"]
        goal = f"{engine}: suggestions p99 ≤ 10 ms"
        found.append((goal, f"{slowest:.2f} ms", slowest <= 10))  # noqa: PLR2004 - the goal
        before = places[-2].result(f"inside-{engine}") if len(places) > 1 else None
        if before:
            for name in ("service", "suggest"):
                growth = inside[name]["p50"] / before[name]["p50"]
                goal = f"{engine}: {name} p50, {places[-2].documents} → {largest.documents} documents ≤ 1.6 ×"
                found.append((goal, f"{growth:.2f} ×", growth <= 1.6))  # noqa: PLR2004 - the goal
    if index:
        speed = index["documents_a_second"]
        goal = f"{engine}: index ≥ 500 documents a second"
        found.append((goal, f"{speed:.0f}", speed >= 500))  # noqa: PLR2004 - the goal
    return found


def _goals_beside_peers(place: Place, engines: Sequence[str]) -> list[Goal]:
    peers, http = place.result("peers-inside"), place.result("http")
    found: list[Goal] = []
    for engine in engines if peers else ():
        ours = peers[engine]
        theirs = peers.get("wagtail-elasticsearch")
        if theirs:
            ratio = theirs["p50"] / ours["p50"]
            goal = f"{engine}: faster than Wagtail on Elasticsearch, 1 client, p50"
            found.append((goal, f"{ratio:.1f} ×", ratio > 1))
            name = f"per_second_at_{CLIENTS}"
            ratio = ours[name] / theirs[name]
            goal = f"{engine}: ≥ 3 × its throughput at {CLIENTS} clients, inside one process"
            found.append((goal, f"{ratio:.1f} ×", ratio >= 3))  # noqa: PLR2004 - the goal
        database = peers["wagtail-database"]["p50"]
        ratio = database / ours["p50"]
        goal = f"{engine}: ≥ 100 × faster than Wagtail on SQLite, p50"
        found.append((goal, f"{ratio:.0f} ×", ratio >= 100))  # noqa: PLR2004 - the goal
    theirs = (http or {}).get(f"wagtail-elasticsearch {CLIENTS}")
    for engine in engines if theirs else ():
        ratio = http[f"api-{engine} {CLIENTS}"]["per_second"] / theirs["per_second"]
        goal = f"{engine}: ≥ 3 × its throughput at {CLIENTS} clients, through HTTP"
        found.append((goal, f"{ratio:.1f} ×", ratio >= 3))  # noqa: PLR2004 - the goal
    return found


# --------------------------------------------------------------------------------------------- tables
def _inside(places: Sequence[Place], engines: Sequence[str]) -> str:
    rows = []
    for place in places:
        for engine in engines:
            result = place.result(f"inside-{engine}") or {}
            rows += [
                (place.documents, engine, name, *_percentiles(result[name]))
                for name in ("raw", "service", "again", "suggest")
                if name in result
            ]
    return "## Inside one process, 1 client\n\n" + _table(
        ("documents", "engine", "what", "p50", "p95", "p99"), rows
    )


def _percentiles(figures: dict[str, float]) -> tuple[object, ...]:
    least = figures["p50_least"]
    return f"{figures['p50']:.2f} ({least:.2f})", figures["p95"], figures["p99"]


def _spent(place: Place, engines: Sequence[str]) -> str:
    rows = []
    for engine in engines:
        spent = (place.result(f"inside-{engine}") or {}).get("spent", {})
        rows += [(engine, name, value) for name, value in _dearest_first(spent)]
    return f"## Where a search spends its time, {place.documents} documents\n\n" + _table(
        ("engine", "part", "ms on average"), rows
    )


def _dearest_first(spent: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(spent.items(), key=lambda item: -item[1])


def _peers(place: Place) -> str:
    found = place.result("peers-inside")
    if not found:
        return ""
    rows = [
        (
            name,
            *_percentiles(figures),
            figures.get("per_second_at_1", "–"),
            figures.get(f"per_second_at_{CLIENTS}", "–"),
        )
        for name, figures in found.items()
    ]
    heads = ("what", "p50", "p95", "p99", "a second, 1 client", f"a second, {CLIENTS} threads")
    return (
        f"## Beside Wagtail's own backends, {place.documents} documents\n\n"
        f"Of its database backend only the first {SAMPLE_OF_DATABASE} queries, once.\n\n"
        + _table(heads, rows)
    )


def _http(place: Place) -> str:
    found = place.result("http")
    if not found:
        return ""
    rows = [
        (*name.rsplit(" ", 1), *_percentiles(figures), figures["per_second"])
        for name, figures in found.items()
    ]
    return f"## Through HTTP, gunicorn with 2 processes, {place.documents} documents\n\n" + _table(
        ("what", "clients", "p50", "p95", "p99", "a second"), rows
    )


def _indexing(places: Sequence[Place], engines: Sequence[str]) -> str:
    rows = []
    for place in places:
        for engine in engines:
            result = place.result(f"index-{engine}")
            if result:
                phases = result.get("phases", {})
                parts = (phases.get(name, "–") for name in ("reading", "analysing", "engine"))
                speed = result["documents_a_second"]
                rows.append((place.documents, engine, result["seconds"], speed, *parts))
        peers = (place.result("peers") or {}).get("elasticsearch")
        if peers:
            speed = peers["documents_a_second"]
            rows.append((place.documents, "Wagtail on Elasticsearch", peers["seconds"], speed))
    heads = ("documents", "engine", "seconds", "documents a second")
    phases_heads = ("reading, s per 1,000", "analysing", "engine")
    width = len(heads) + len(phases_heads)
    return "## Building the index\n\n" + _table(
        (*heads, *phases_heads), [(*row, *["–"] * (width - len(row))) for row in rows]
    )
