"""The engines without the project: the best request for the same answer, made ready beforehand.

Each maker takes what `search.service.run` asks its engine and returns a call that only asks: no reading
of the query, no text of a hit. Its answer is the keys of the hits, the total and the counts.
"""

from __future__ import annotations

import http.client
import json
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

from search.engines.base import facet_size, split_filters
from search.engines.elastic import ElasticEngine
from search.engines.elastic_request import counts_body, hits_body
from search.engines.tantivy import TantivyEngine
from search.engines.tantivy_compile import compile_tree as tantivy_query
from search.fields import KEY_FIELD
from search.query.tree import AllOf, FacetFilter, Tree, unscored

HITS = 20
Answer = tuple[list[str], int, dict[str, dict[str, int]]]
Ask = Callable[[], Answer]


def raw_tantivy(
    engine: TantivyEngine, tree: Tree, filters: Sequence[FacetFilter], facets: Sequence[str]
) -> Ask:
    """Compiled queries on an open searcher: one search, one pass for all facets without a filter.

    The passes run beside the search, each in a thread.
    """
    index = engine._open().index  # noqa: SLF001 - nothing else opens a generation
    searcher, schema = index.searcher(), index.schema
    restrictions = [item.tree for item in filters]
    query = tantivy_query(AllOf((tree, *restrictions)), schema)
    matching = unscored(tree)
    together, alone = split_filters(filters, facets)
    counted = [(together, [item.tree for item in filters])] if together else []
    counted += [([facet], others) for facet, others in alone.items()]
    passes = [
        (
            tantivy_query(AllOf((matching, *rest)), schema),
            {name: _tantivy_terms(name) for name in names},
        )
        for names, rest in counted
    ]

    def count(matched: Any, wanted: dict[str, Any]) -> dict[str, dict[str, int]]:
        return {
            name: {b["key"]: b["doc_count"] for b in answer["buckets"]}
            for name, answer in searcher.aggregate(matched, wanted).items()
        }

    def ask() -> Answer:
        counted = [_helpers().submit(count, *one) for one in passes]
        found = searcher.search(query, limit=HITS)
        keys = [searcher.doc(address).get_first(KEY_FIELD) for _score, address in found.hits]
        counts = {name: values for one in counted for name, values in one.result().items()}
        return keys, int(found.count), counts

    return ask


@cache
def _helpers() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(os.cpu_count())


def _tantivy_terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": facet_size(name), "segment_size": 10_000}}


class RawElastic:
    """One connection that is kept open."""

    def __init__(self, address: str, index: str) -> None:
        self._connection = http.client.HTTPConnection(address.split("://", 1)[1])
        self._path = f"/{index}/_msearch"

    def request(self, tree: Tree, filters: Sequence[FacetFilter], facets: Sequence[str]) -> Ask:
        """One request for hits and counts, which the server finds side by side; its JSON is ready."""
        head = {"allow_partial_search_results": False}
        hits = {**hits_body(tree, filters, "relevance"), "size": HITS, "track_total_hits": False}
        parts = [head, hits, head, counts_body(unscored(tree), filters, facets)]
        body = "".join(json.dumps(part) + "\n" for part in parts)

        def ask() -> Answer:
            headers = {"Content-Type": "application/x-ndjson"}
            self._connection.request("POST", self._path, body, headers)
            found, counted = json.loads(self._connection.getresponse().read())["responses"]
            counts = {
                name: {b["key"]: b["doc_count"] for b in values["buckets"]}
                for part in counted["aggregations"].values()
                for name, values in part.items()
                if name != "doc_count"
            }
            keys = [hit["fields"][KEY_FIELD][0] for hit in found["hits"]["hits"]]
            return keys, counted["hits"]["total"]["value"], counts

        return ask


def raw_elastic(
    engine: ElasticEngine, address: str
) -> Callable[[Tree, Sequence[FacetFilter], Sequence[str]], Ask]:
    """The maker for a running server."""
    return RawElastic(address, engine.prefix).request
