"""Rounds of questions: all contenders take turns, round by round, in processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

from benchmarks import corpus, web
from benchmarks.forgetting import VARIABLE as FORGETS, keeping
from benchmarks.timing import over_rounds, percentiles
from benchmarks.workplace import ROOT, Place, say

# Wagtail's database backend takes most of a minute for a query of 100,000 documents.
SAMPLE_OF_DATABASE = 5
CLIENTS = 8
# Behind the name of what was measured with answers that are kept.
AGAIN = "_again"
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
    """Everything, for all sizes; the results are kept with the largest.

    First with nothing kept of answers given before, then asked again, which only ``again`` figures hold.
    """
    largest = places[-1]
    inside(places, engines, rounds)
    peers_inside(largest, engines, rounds)
    through_http(largest, engines, rounds)


def _keep(places: Sequence[Place], *, is_on: bool) -> None:
    """Whether Elasticsearch may keep answers; what our processes keep is theirs to forget."""
    for place in places:
        keeping(place.elasticsearch, f"{place.site_prefix}*,{place.peer_index}*", is_on=is_on)


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
            found[key] = {"service": [], "raw": [], "suggest": [], "again": []}

        def measured(*kinds: str) -> None:
            for number in range(rounds):
                say(f"inside, {kinds[0]}, round {number + 1} of {rounds}")
                for key, one in running.items():
                    for kind in kinds:
                        for name, values in one.round(kind).items():
                            found[key][name].append(percentiles(values))

        _keep(places, is_on=False)
        measured("search", "suggest")
        spent = {key: one.round("breakdown") for key, one in running.items()}
        _keep(places, is_on=True)
        for one in running.values():
            one.round("again")
        measured("again")
        for (place, engine), series in found.items():
            result = {name: over_rounds(values) for name, values in series.items()}
            more = {"spent": spent[place, engine], "rounds": rounds}
            place.keep(f"inside-{engine}", {**result, **more})


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

        def measured(suffix: str) -> None:
            for name, one in running.items():
                is_peer = name.startswith("wagtail")
                times = one.round("again" if suffix and not is_peer else "search")
                times.pop("raw", None)
                (values,) = times.values()
                many = one.round("threads" if is_peer else f"threads{suffix}", CLIENTS)
                figures = percentiles(values)
                figures["per_second_at_1"] = 1000 * len(values) / sum(values)
                figures[f"per_second_at_{CLIENTS}"] = many["per_second"]
                found.setdefault(name + suffix, []).append(figures)

        for suffix in ("", AGAIN):
            _keep([place], is_on=bool(suffix))
            for one in running.values():
                one.round("search")
            for number in range(rounds):
                say(f"beside Wagtail's Elasticsearch backend{suffix}, round {number + 1}")
                measured(suffix)
        result: Figures = {name: over_rounds(values) for name, values in found.items()}
        place.keep("peers-inside", result)
        say(f"Wagtail's database backend, the first {SAMPLE_OF_DATABASE} queries")
        database = stack.enter_context(contender("default", place.peer()))
        times = database.round("search", SAMPLE_OF_DATABASE)["peer"]
        result["wagtail-database"] = over_rounds([percentiles(times)])
        place.keep("peers-inside", result)


def through_http(place: Place, engines: Sequence[str], rounds: int) -> None:
    """The API, the page of results and an empty view; Wagtail's Elasticsearch backend likewise."""
    found: dict[str, list[dict[str, float]]] = {}
    with ExitStack() as stack:
        targets = dict(_served(stack, place, engines))

        def measured(names: Iterable[str], suffix: str) -> None:
            for name in names:
                port, addresses = targets[name]
                for clients in (1, CLIENTS):
                    times, per_second = web.round_of(port, addresses, clients)
                    figures = {**percentiles(times), "per_second": per_second}
                    found.setdefault(f"{name}{suffix} {clients}", []).append(figures)

        for port, addresses in targets.values():
            web.round_of(port, addresses, CLIENTS)
        for suffix in ("", AGAIN):
            # Only Elasticsearch answers differently the second time; the others are measured once.
            names = [name for name in targets if not suffix or name.endswith("elasticsearch")]
            _keep([place], is_on=bool(suffix))
            for number in range(rounds):
                say(f"through HTTP{suffix}, round {number + 1} of {rounds}")
                measured(names, suffix)
    place.keep("http", {name: over_rounds(values) for name, values in found.items()})


def _served(
    stack: ExitStack, place: Place, engines: Sequence[str]
) -> Iterator[tuple[str, tuple[int, list[str]]]]:
    """Servers as long as the stack lives: what is asked for → port and addresses."""
    queries = corpus.queries()
    empty = [web.EMPTY] * len(queries)
    calls = web.addresses(API, queries, facets=FACETS)
    pages = web.addresses(PAGE, queries)
    sites = [(engine, "", {FORGETS: "1"}) for engine in engines]
    if "tantivy" in engines:  # Elasticsearch keeps what it keeps itself
        sites.append(("tantivy", AGAIN, {}))
    for engine, suffix, more in sites:
        environment = {**place.site(engine), **more}
        log = place.log(f"web-{engine}{suffix}")
        port = stack.enter_context(web.served("nexsm.config.wsgi", environment, log))
        yield f"api-{engine}{suffix}", (port, calls)
        yield f"page-{engine}{suffix}", (port, pages)
        yield "empty", (port, empty)
    if place.elasticsearch:
        log = place.log("web-peer")
        port = stack.enter_context(web.served("benchmarks.peers.wsgi", place.peer(), log))
        yield "wagtail-elasticsearch", (port, calls)
        yield "wagtail-empty", (port, empty)
