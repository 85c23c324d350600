"""Counts of facets in Elasticsearch, all in the request that finds the hits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from elasticsearch.dsl import A, Search

from search.engines.base import facet_size, split_filters
from search.engines.elastic_compile import compile_filter
from search.query.tree import FacetFilter

_ORDER = [{"_count": "desc"}, {"_key": "asc"}]
# The name, in an answer, of the facets that have no filter of their own: they share all filters.
_TOGETHER = "together"


def count_facets(query: Search[Any], filters: Sequence[FacetFilter], facets: Sequence[str]) -> None:
    """Let the query count these facets, each without its own filter."""
    together, alone = split_filters(filters, facets)
    counted = {_TOGETHER: ([item.tree for item in filters], together)} if together else {}
    counted.update({facet: (rest, [facet]) for facet, rest in alone.items()})
    for name, (rest, names) in counted.items():
        part = query.aggs.bucket(name, A("filter", filter=compile_filter(rest)))
        for facet in names:
            part.bucket(facet, "terms", field=facet, size=facet_size(facet), order=_ORDER)


def read_facets(
    answer: Mapping[str, Any], facets: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """The counts, in the order of the facets asked for."""
    found = {name: part for counted in answer.values() for name, part in counted.items()}
    return {facet: _pairs(found[facet]["buckets"]) for facet in facets}


def _pairs(buckets: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
