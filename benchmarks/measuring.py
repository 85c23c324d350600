"""Rounds of questions: all contenders take turns, round by round, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks import corpus, web
from benchmarks.timing import over_rounds, percentiles
from benchmarks.workplace import ROOT, Place, say

# Wagtail's database backend takes most of a minute for a query of 100,000 documents.
SAMPLE_OF_DATABASE = 5
CLIENTS = 8
API = "/api/v1/search"
# Counted by the API, and by Wagtail's view for the same work.
FACETS = ("type", "topic", "language", "region")
PAGE = "/de/suche/"

Figures = dict[str, dict[str, float]]


class Contender:
    """A process that answers questions about rounds."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def round(self, *words: object) -> Any:
        """Run a round. Raises SystemExit if the process has ended."""
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("a contender without pipes")
        self._process.stdin.write(" ".join(map(str, words)) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        if not answer:
            raise SystemExit("A contender has ended; what it said is above.")
        return json.loads(answer)


@contextmanager
def contender(name: str, environment: Mapping[str, str]) -> Iterator[Contender]:
    """Start a contender, and end it."""
    command = [sys.executable, "-m", "benchmarks.contender", name]
    with subprocess.Popen(  # noqa: S603 - ours
        command,
        env=dict(environment),
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        try:
            yield Contender(process)
        finally:
            process.kill()


def measure(places: Sequence[Place], engines: Sequence[str], rounds: int) -> None:
    """Everything, for all sizes; the results are kept with the largest."""
    largest = places[-1]
    inside(places, engines, rounds)
    peers_inside(largest, engines, rounds)
    through_http(largest, engines, rounds)


def inside(places: Sequence[Place], engines: Sequence[str], rounds: int) -> None:
    """`search.service.run` beside the engine alone, and suggestions, at all sizes in turns."""
    with ExitStack() as stack:
        running = {
            (place, engine): stack.enter_context(contender("site", place.site(engine)))
            for place in places
            for engine in engines
        }
        found: dict[tuple[Place, str], dict[str, list[dict[str, float]]]] = {}
        for key, one in running.items():
            say(f"{key[0].documents} documents, {key[1]}: {one.round('check')} answers agree")
            one.round("suggest")
            found[key] = {"service": [], "raw": [], "suggest": []}
        for number in range(rounds):
            say(f"inside, round {number + 1} of {rounds}")
            for key, one in running.items():
                times = {**one.round("search"), **one.round("suggest")}
                for name, values in times.items():
                    found[key][name].append(percentiles(values))
        for (place, engine), series in found.items():
            result = {name: over_rounds(values) for name, values in series.items()}
            spent = running[place, engine].round("breakdown")
            place.keep(f"inside-{engine}", {**result, "spent": spent, "rounds": rounds})


def peers_inside(place: Place, engines: Sequence[str], rounds: int) -> None:
    """Wagtail's backends beside ours, inside one process each, at one and at several clients."""
    with ExitStack() as stack:
        running = {
            engine: stack.enter_context(contender("site", place.site(engine))) for engine in engines
        }
        if place.elasticsearch:
            peer = contender("elasticsearch", place.peer())
            running["wagtail-elasticsearch"] = stack.enter_context(peer)
        found: dict[str, list[dict[str, float]]] = {}
        for one in running.values():
            one.round("search")
        for number in range(rounds):
            say(f"beside Wagtail's Elasticsearch backend, round {number + 1} of {rounds}")
            for name, one in running.items():
                times = one.round("search")
                times.pop("raw", None)
                (values,) = times.values()
                many = one.round("threads", CLIENTS)
                figures = percentiles(values)
                figures["per_second_at_1"] = 1000 * len(values) / sum(values)
                figures[f"per_second_at_{CLIENTS}"] = many["per_second"]
                found.setdefault(name, []).append(figures)
        result: Figures = {name: over_rounds(values) for name, values in found.items()}
        place.keep("peers-inside", result)
        say(f"Wagtail's database backend, the first {SAMPLE_OF_DATABASE} queries")
        database = stack.enter_context(contender("default", place.peer()))
        times = database.round("search", SAMPLE_OF_DATABASE)["peer"]
        result["wagtail-database"] = over_rounds([percentiles(times)])
        place.keep("peers-inside", result)


def through_http(place: Place, engines: Sequence[str], rounds: int) -> None:
    """The API, the page of results and an empty view; Wagtail's Elasticsearch backend likewise."""
    queries = corpus.queries()
    empty = [web.EMPTY] * len(queries)
    calls = web.addresses(API, queries, facets=FACETS)
    with ExitStack() as stack:
        targets: dict[str, tuple[int, list[str]]] = {}
        for engine in engines:
            port = stack.enter_context(
                web.served("nexsm.config.wsgi", place.site(engine), place.log(f"web-{engine}"))
            )
            targets[f"api-{engine}"] = (port, calls)
            targets[f"page-{engine}"] = (port, web.addresses(PAGE, queries))
            targets["empty"] = (port, empty)
        if place.elasticsearch:
            port = stack.enter_context(
                web.served("benchmarks.peers.wsgi", place.peer(), place.log("web-peer"))
            )
            targets["wagtail-elasticsearch"] = (port, calls)
            targets["wagtail-empty"] = (port, empty)
        found: dict[str, list[dict[str, float]]] = {}
        for port, addresses in targets.values():
            web.round_of(port, addresses, CLIENTS)
        for number in range(rounds):
            say(f"through HTTP, round {number + 1} of {rounds}")
            for name, (port, addresses) in targets.items():
                for clients in (1, CLIENTS):
                    times, per_second = web.round_of(port, addresses, clients)
                    figures = {**percentiles(times), "per_second": per_second}
                    found.setdefault(f"{name} {clients}", []).append(figures)
        place.keep("http", {name: over_rounds(values) for name, values in found.items()})
