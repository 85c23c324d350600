"""Counting the values of facets with Tantivy, in threads of its own beside the look for hits."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache
from typing import Any, TypeAlias

from tantivy import Query, Schema

from search.engines.base import facet_size, split_filters
from search.engines.tantivy_compile import compile_tree, restricted
from search.query.tree import FacetFilter, Tree

Counts: TypeAlias = Mapping[str, Sequence[tuple[str, int]]]
Counting: TypeAlias = Sequence[Future[Counts]]


def begin(
    searcher: Any,
    matching: Tree,
    filters: Sequence[FacetFilter],
    facets: Sequence[str],
    fields: Schema,
) -> Counting:
    """Begin to count what ``matching``, an unscored tree, matches; `finish` waits for the end."""
    # Tantivy does not hold the interpreter, so the one who asks finds hits meanwhile.
    return [
        _helpers(os.getpid()).submit(_aggregate, searcher, query, names)
        for query, names in _passes(matching, filters, facets, fields)
    ]


def finish(counted: Counting, facets: Sequence[str]) -> Counts:
    """The counts in the order of the facets asked for, each with its most frequent value first."""
    counts = {name: pairs for part in counted for name, pairs in part.result().items()}
    return {facet: counts[facet] for facet in facets}


@cache
def _helpers(process: int) -> ThreadPoolExecutor:  # noqa: ARG001 - threads do not survive a fork
    return ThreadPoolExecutor(os.cpu_count(), "count")


def _passes(
    matching: Tree, filters: Sequence[FacetFilter], facets: Sequence[str], fields: Schema
) -> Iterator[tuple[Query, list[str]]]:
    query = compile_tree(matching, fields)
    together, alone = split_filters(filters, facets)
    if together:
        yield restricted(query, [item.tree for item in filters], fields), together
    for facet, others in alone.items():
        yield restricted(query, others, fields), [facet]


def _aggregate(searcher: Any, query: Query, facets: list[str]) -> Counts:
    wanted = {
        facet: {"terms": {"field": facet, "size": facet_size(facet), "segment_size": 10_000}}
        for facet in facets
    }
    answer = searcher.aggregate(query, wanted)
    return {facet: _buckets(answer[facet]["buckets"]) for facet in facets}


def _buckets(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    """Most frequent first, equal counts by value: the order no engine promises by itself."""
    pairs = [(_value(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
    return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))


def _value(key: Any) -> str:
    return str(int(key)) if isinstance(key, int | float) else str(key)
