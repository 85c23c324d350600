"""A search as the JSON Elasticsearch takes: what finds the hits of a page, and what counts facets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search.engines.base import Sort, facet_size, split_filters
from search.engines.elastic_compile import Json, compile_filter, compile_query
from search.fields import KEY_FIELD, SORT_FIELD
from search.query.tree import FacetFilter, Tree

_ORDERS: dict[Sort, list[Any]] = {
    "relevance": ["_score", {"recency": "desc"}],
    "newest": [{"recency": "desc"}],
    "title": [{SORT_FIELD: "asc"}, {"recency": "desc"}],
}
_MOST_FREQUENT = [{"_count": "desc"}, {"_key": "asc"}]
# The name, in an answer, of the facets that have no filter of their own: they share all filters.
_TOGETHER = "together"


def hits_body(tree: Tree, filters: Sequence[FacetFilter], sort: Sort) -> Json:
    """Everything but which part of the hits is wanted, and whether all are counted."""
    query = compile_query(tree)
    if filters:
        restricted = compile_filter([item.tree for item in filters])
        query = {"bool": {"must": [query], "filter": [restricted]}}
    return {
        "query": query,
        "sort": _ORDERS[sort],
        # Reading the key as a column is cheaper than opening the stored part of each document.
        "stored_fields": "_none_",
        "docvalue_fields": [KEY_FIELD],
    }


def counts_body(matching: Tree, filters: Sequence[FacetFilter], facets: Sequence[str]) -> Json:
    """How many there are and the counts of facets, for an unscored tree.

    As it asks for no hits, Elasticsearch keeps the answer until documents change.
    """
    everywhere = [item.tree for item in filters if item.facet not in facets]
    own = [item for item in filters if item.facet in facets]
    body: Json = {
        "query": compile_filter([matching, *everywhere]),
        "size": 0,
        "track_total_hits": True,
        "aggs": _counts(own, facets),
    }
    if own:
        # After the counting, so that each facet can be counted without its own filter.
        body["post_filter"] = compile_filter([item.tree for item in own])
    return body


def _counts(filters: Sequence[FacetFilter], facets: Sequence[str]) -> Json:
    """Aggregations of these facets, each without its own filter."""
    together, alone = split_filters(filters, facets)
    counted = {_TOGETHER: ([item.tree for item in filters], together)} if together else {}
    counted.update({facet: (rest, [facet]) for facet, rest in alone.items()})
    return {
        name: {
            "filter": compile_filter(rest),
            "aggs": {facet: {"terms": _terms(facet)} for facet in names},
        }
        for name, (rest, names) in counted.items()
    }


def _terms(facet: str) -> Json:
    return {"field": facet, "size": facet_size(facet), "order": _MOST_FREQUENT}


def read_facets(
    answer: Mapping[str, Any], facets: Sequence[str]
) -> dict[str, list[tuple[str, int]]]:
    """The counts, in the order of the facets asked for."""
    found = {name: part for counted in answer.values() for name, part in counted.items()}
    return {facet: _pairs(found[facet]["buckets"]) for facet in facets}


def _pairs(buckets: Sequence[Mapping[str, Any]]) -> list[tuple[str, int]]:
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
