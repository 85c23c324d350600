"""The search measured inside one process: `search.service.run` beside the engine alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.translation import override

from benchmarks import corpus, raw
from benchmarks.forgetting import forget
from benchmarks.stopwatch import Place, Stopwatch
from benchmarks.timing import at_once, in_turns
from benchmarks.workplace import this_place
from search import asking, highlight, service, shown, sources
from search.asking import SearchRequest
from search.engines import get_engine
from search.suggest import suggest

FACETS = ("type", "topic", "language", "region")
LANGUAGE = "de"
_VISITOR = AnonymousUser()


def request_for(query: corpus.Query) -> SearchRequest:
    """Twenty hits and four facets."""
    return SearchRequest(text=query.text, chosen=query.filters, ui_language=LANGUAGE, facets=FACETS)


def ask(query: corpus.Query) -> service.ResultPage:
    """What a page of results or an answer of the API needs."""
    page = service.run(request_for(query), _VISITOR)
    if page.degraded:
        raise SystemExit("The engine does not answer.")
    return page


def complete(query: corpus.Query) -> object:
    """Suggestions."""
    return suggest(query.text, LANGUAGE, _VISITOR)


def rounds() -> dict[str, Callable[..., Any]]:
    """What can be measured."""
    queries, beginnings = corpus.queries(), corpus.prefixes()
    raw_calls = {query.text + str(query.filters): _raw(query) for query in queries}

    def ask_raw(query: corpus.Query) -> object:
        return raw_calls[query.text + str(query.filters)]()

    def search() -> dict[str, list[float]]:
        forget()
        with override(LANGUAGE):
            return in_turns({"service": ask, "raw": ask_raw}, queries)

    def again() -> dict[str, list[float]]:
        with override(LANGUAGE):
            return in_turns({"again": ask}, queries)

    def suggestions() -> dict[str, list[float]]:
        with override(LANGUAGE):
            return in_turns({"suggest": complete}, beginnings)

    def threads(clients: int) -> dict[str, Any]:
        times, seconds = at_once(ask, queries, clients, forget)
        return {"service": times, "per_second": len(times) / seconds}

    def threads_again(clients: int) -> dict[str, Any]:
        times, seconds = at_once(ask, queries, clients)
        return {"again": times, "per_second": len(times) / seconds}

    def breakdown() -> dict[str, float]:
        forget()
        return spent(queries)

    return {
        "search": search,
        "again": again,
        "suggest": suggestions,
        "threads": threads,
        "threads_again": threads_again,
        "breakdown": breakdown,
        "check": lambda: check(queries, ask_raw),
    }


def check(queries: Sequence[corpus.Query], ask_raw: Callable[[corpus.Query], Any]) -> int:
    """Both must find the same. Returns how many queries were compared; raises SystemExit."""
    for query in queries:
        page, (keys, total, counts) = ask(query), ask_raw(query)
        ours = {
            group.name: {option.value: option.count for option in group.options if option.count}
            for group in page.facets
        }
        theirs = {name: counts[name] for name in ours}
        if page.total != total or ours != theirs or len(page.hits) != len(keys):
            raise SystemExit(f"{query}: the engine alone answers something else")
    return len(queries)


def _raw(query: corpus.Query) -> raw.Ask:
    """The engine's request behind a query, caught on its way."""
    caught: list[tuple[Any, dict[str, Any]]] = []
    engine = get_engine()
    search = engine.search

    def catch(tree: Any, **options: Any) -> Any:
        caught.append((tree, options))
        return search(tree, **options)

    engine.search = catch
    try:
        ask(query)
    finally:
        del engine.search  # the method of the class again
    # The last that asks for a page: the search may have tried another reading first, or count others.
    tree, options = next(one for one in reversed(caught) if one[1].get("facets"))
    place = this_place()
    if engine.name == "tantivy":
        return raw.raw_tantivy(engine, tree, options["filters"], options["facets"])
    make = raw.raw_elastic(engine, place.elasticsearch or "")
    return make(tree, options["filters"], options["facets"])


# ------------------------------------------------------------------------------------- where it goes
def _places() -> list[Place]:
    """The parts of a search. What is not named here is counted as the rest."""
    found: list[Place] = [
        (service, "understand", "reading the query"),
        (asking, "_tree", "building the tree"),
        (service, "groups", "names of the filters"),
        (sources, "read", "reading 20 items from the database"),
        (shown, "load", "reading their texts from the database"),
        (service, "_hit_from_kept", "marking"),
        (highlight, "wanted_in", "marking"),
    ]
    if get_engine().name == "tantivy":
        from search.engines import tantivy, tantivy_counts  # noqa: PLC0415 - the engine in use only

        return [
            *found,
            (tantivy, "compile_tree", "writing the engine's query"),
            (tantivy, "unscored", "writing the engine's query"),
            (tantivy, "restricted", "writing the engine's query"),
            (tantivy_counts, "begin", "writing the engine's query"),
            (tantivy_counts, "finish", "engine: facets, after the hits"),
            (type(get_engine()), "search", "engine: hits"),
        ]
    from elastic_transport import Transport  # noqa: PLC0415 - the engine in use only

    return [
        *found,
        (Transport, "perform_request", "engine"),
        (type(get_engine()), "search", "writing the engine's query"),
    ]


def spent(queries: Sequence[corpus.Query]) -> dict[str, float]:
    """Milliseconds of each part of a search, on average over the queries."""
    watch = Stopwatch()
    with override(LANGUAGE), watch.running([*_places(), (service, "run", "the rest")]):
        for query in queries:
            ask(query)
    return {name: round(value / len(queries), 4) for name, value in watch.times.items()}
