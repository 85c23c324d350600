"""Elasticsearch: one index for each generation, an alias that names the current one.

Elasticsearch only stores and scores the terms that the analysis of this room makes; its own analysis
does no more than to cut a string of terms at its separators. Ordinary modules suffice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping as Map, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import (
    A,
    Index,
    Keyword,
    Long,
    Mapping,
    Search,
    Text,
    analyzer,
    token_filter,
    tokenizer,
)
from elasticsearch.helpers import BulkIndexError, scan, streaming_bulk

from search.engines.base import (
    MAX_WINDOW,
    EngineHealth,
    EngineUnavailable,
    Hit,
    Page,
    Sort,
    Stored,
    facet_size,
    split_filters,
)
from search.engines.elastic_compile import compile_filter, compile_tree
from search.fields import (
    EMPTY_MARK,
    FACET_FIELDS,
    FILTER_FIELDS,
    GROUP_FIELD,
    KEY_FIELD,
    NUMBER_FIELDS,
    SORT_FIELD,
    STORED_FIELDS,
    TEXT_FIELDS,
    EngineDocument,
    Positions,
)
from search.query.tree import FacetFilter, Tree

# Visitors wait for searches, nobody waits for the worker.
SEARCH_SECONDS = 2
WRITE_SECONDS = 60
_VOCABULARY_PAGE = 10_000

# "a|b c": a space begins the next position, a bar stacks terms on one.
_terms = analyzer(
    "terms",
    tokenizer=tokenizer("positions", "simple_pattern_split", pattern=" "),
    filter=[
        token_filter("stacked", "pattern_capture", preserve_original=False, patterns=["([^|]+)"])
    ],
)
_SETTINGS = {
    "number_of_replicas": 0,
    "max_result_window": MAX_WINDOW,
    # Count stacked terms in the length of a text, as the embedded engine does.
    "similarity": {"default": {"type": "BM25", "discount_overlaps": False}},
}


def mapping() -> Mapping:
    """The fields of search.fields in Elasticsearch's words."""
    fields = Mapping()
    fields.meta("dynamic", "strict")
    fields.meta("_source", includes=[KEY_FIELD, GROUP_FIELD, *STORED_FIELDS])
    for name in TEXT_FIELDS:
        fields.field(name, Text(analyzer=_terms))
    for name in (KEY_FIELD, GROUP_FIELD, SORT_FIELD, *FACET_FIELDS, *FILTER_FIELDS):
        fields.field(name, Keyword())
    for name in STORED_FIELDS:
        fields.field(name, Keyword(index=False, doc_values=False))
    for name in NUMBER_FIELDS:
        fields.field(name, Long())
    return fields


@contextmanager
def _as_unavailable(what: str) -> Iterator[None]:
    """Turn whatever the client raises into EngineUnavailable."""
    try:
        yield
    except BulkIndexError as error:
        reasons = [item for action in error.errors for item in action.values()]
        raise EngineUnavailable(f"{what}: {str(reasons[:1])[:300]}") from error
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"{what}: {str(error)[:300]}") from error


class ElasticEngine:
    """Search and index in an Elasticsearch cluster."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, prefix: str) -> None:
        self.client = client
        self.prefix = prefix
        self._searching = client.options(request_timeout=SEARCH_SECONDS, max_retries=0)
        self._writing = client.options(request_timeout=WRITE_SECONDS, max_retries=2)

    @classmethod
    def from_url(cls, url: str) -> ElasticEngine:
        """Make an engine from ``elasticsearch[s]://[user:password@]host:port/prefix``.

        Raises ImproperlyConfigured if host or prefix are missing.
        """
        parts = urlsplit(url)
        prefix = parts.path.strip("/")
        if not parts.hostname or not prefix or prefix != prefix.lower() or "/" in prefix:
            raise ImproperlyConfigured(
                "NEXSM_SEARCH_URL: an Elasticsearch address is elasticsearch://HOST:PORT/PREFIX, "
                "the prefix in small letters."
            )
        scheme = "https" if parts.scheme == "elasticsearchs" else "http"
        options: dict[str, Any] = {}
        if parts.username:
            options["basic_auth"] = (unquote(parts.username), unquote(parts.password or ""))
        address = f"{scheme}://{parts.hostname}:{parts.port or 9200}"
        return cls(Elasticsearch(address, **options), prefix)

    # ------------------------------------------------------------------------------- generations
    def current(self) -> str | None:
        """The generation the alias names, or None. Raises EngineUnavailable."""
        with _as_unavailable("current"):
            return self._current()

    def _current(self) -> str | None:
        if not self._searching.indices.exists_alias(name=self.prefix):
            return None
        names = sorted(self._searching.indices.get_alias(name=self.prefix))
        return names[-1].removeprefix(f"{self.prefix}-") if names else None

    def _index(self, generation: str) -> str:
        return f"{self.prefix}-{generation}"

    def create(self, generation: str) -> None:
        """Make an empty index for it. Raises EngineUnavailable."""
        with _as_unavailable("create"):
            index = Index(self._index(generation), using=self._writing)
            index.settings(**_SETTINGS)
            index.mapping(mapping())
            index.create()

    def swap(self, generation: str) -> None:
        """Point the alias to it, keep the one before, delete older ones. Raises EngineUnavailable."""
        with _as_unavailable("swap"):
            before = self._current()
            new = self._index(generation)
            if not self._writing.indices.exists(index=new):
                raise EngineUnavailable(f"swap: there is no generation {generation}")
            actions: list[dict[str, Any]] = [{"add": {"index": new, "alias": self.prefix}}]
            if before is not None and before != generation:
                old = {"index": self._index(before), "alias": self.prefix}
                actions.append({"remove": old})
            self._writing.indices.update_aliases(actions=actions)
            for name in self._writing.indices.get(index=f"{self.prefix}-*"):
                # "site-*" also matches the indexes of a neighbour called "site-test".
                is_ours = "-" not in name.removeprefix(f"{self.prefix}-")
                if is_ours and name not in {new, before and self._index(before)}:
                    self._writing.indices.delete(index=name, ignore_unavailable=True)

    def drop(self, generation: str) -> None:
        """Delete it unless it is the current one. Raises EngineUnavailable."""
        with _as_unavailable("drop"):
            if generation != self._current():
                name = self._index(generation)
                self._writing.indices.delete(index=name, ignore_unavailable=True)

    # ----------------------------------------------------------------------------------- writing
    def write(
        self,
        upserts: Iterable[EngineDocument],
        deletes: Iterable[str] = (),
        *,
        generation: str | None = None,
    ) -> int:
        """Write in bulk. Raises EngineUnavailable; what was written until then is written again."""
        groups = list(deletes)
        with _as_unavailable("write"):
            current = self._current()
            name = generation or current
            if name is None:
                raise EngineUnavailable("write: there is no index yet")
            index = self._index(name)
            if not self._writing.indices.exists(index=index):
                raise EngineUnavailable(f"write: there is no generation {name}")
            # A live index gets nothing before everything is ready; a new one is filled as it comes.
            documents = list(upserts) if name == current else upserts
            keys: list[str] = []
            actions = (_action(document, index, keys) for document in documents)
            for _result in streaming_bulk(self._writing, actions, chunk_size=200):
                pass
            self._writing.indices.refresh(index=index)
            if groups:
                self._delete(index, groups, keys)
        return len(keys)

    def _delete(self, index: str, groups: list[str], keys: list[str]) -> None:
        """Delete what these groups had and have no more. New versions are there already."""
        gone = {
            "bool": {
                "filter": [{"terms": {GROUP_FIELD: groups}}],
                "must_not": [{"ids": {"values": keys}}],
            }
        }
        self._writing.delete_by_query(index=index, query=gone, conflicts="proceed", refresh=True)

    # ----------------------------------------------------------------------------------- reading
    def search(
        self,
        tree: Tree,
        *,
        filters: Sequence[FacetFilter] = (),
        facets: Sequence[str] = (),
        sort: Sort = "relevance",
        offset: int = 0,
        limit: int = 20,
    ) -> Page:
        """Find documents, in one request. Raises EngineUnavailable."""
        limit = max(0, min(limit, MAX_WINDOW - offset))
        offset = min(offset, MAX_WINDOW)
        with _as_unavailable("search"):
            query = self._search(tree, filters, facets, sort)[offset : offset + limit]
            query = query.source(False)
            answer: Any = query.execute().to_dict()
        return Page(
            hits=tuple(
                Hit(hit["_id"], round(hit.get("_score") or 0.0, 3))
                for hit in answer["hits"]["hits"]
            ),
            total=int(answer["hits"]["total"]["value"]),
            facets={facet: _buckets(answer["aggregations"], facet) for facet in facets},
        )

    def _search(
        self, tree: Tree, filters: Sequence[FacetFilter], facets: Sequence[str], sort: Sort
    ) -> Search[Any]:
        query = Search(using=self._searching, index=self.prefix).query(compile_tree(tree))
        query = query.extra(track_total_hits=True)
        query = query.params(search_type="dfs_query_then_fetch")
        order: dict[str, list[Any]] = {
            "relevance": ["_score", {"recency": "desc"}],
            "newest": [{"recency": "desc"}],
            "title": [{SORT_FIELD: "asc"}, {"recency": "desc"}],
        }
        query = query.sort(*order[sort])
        everywhere = [item.tree for item in filters if item.facet not in facets]
        if everywhere:
            query = query.filter(compile_filter(everywhere))
        own = [item for item in filters if item.facet in facets]
        if own:
            # After the counting, so that each facet can be counted without its own filter.
            query = query.post_filter(compile_filter([item.tree for item in own]))
        together, alone = split_filters(own, facets)
        for facet in facets:
            rest = [item.tree for item in own] if facet in together else alone[facet]
            counted = A("filter", filter=compile_filter(rest))
            counted.bucket("values", "terms", field=facet, size=facet_size(facet), order=_ORDER)
            query.aggs.bucket(facet, counted)
        return query

    def vocabulary(self) -> dict[str, int]:
        """All written words with document frequencies. Raises EngineUnavailable."""
        found: dict[str, int] = {}
        after: dict[str, Any] = {}
        with _as_unavailable("vocabulary"):
            while True:
                source = [{"word": {"terms": {"field": "words"}}}]
                pages = {"size": _VOCABULARY_PAGE, "sources": source, **after}
                answer = self._writing.search(
                    index=self.prefix, size=0, aggs={"words": {"composite": pages}}
                )
                words = answer["aggregations"]["words"]
                for bucket in words["buckets"]:
                    found[bucket["key"]["word"]] = bucket["doc_count"]
                if "after_key" not in words:
                    return found
                after = {"after": words["after_key"]}

    def ids(self) -> dict[str, Stored]:
        """Key → group and digest of all documents. Raises EngineUnavailable."""
        with _as_unavailable("ids"):
            fields = {"_source": [GROUP_FIELD, "digest"]}
            rows = scan(self._writing, index=self.prefix, query=fields, size=1000)
            return {
                row["_id"]: Stored(row["_source"][GROUP_FIELD], row["_source"]["digest"])
                for row in rows
            }

    def health(self) -> EngineHealth:
        """Ask for the alias and count. Never raises."""
        try:
            with _as_unavailable("health"):
                generation = self._current()
                if generation is None:
                    return EngineHealth(ok=False, detail="there is no index yet")
                count = int(self._searching.count(index=self.prefix)["count"])
        except EngineUnavailable as error:
            return EngineHealth(ok=False, detail=str(error))
        return EngineHealth(ok=True, generation=generation, documents=count)


_ORDER = [{"_count": "desc"}, {"_key": "asc"}]


def _action(document: EngineDocument, index: str, keys: list[str]) -> dict[str, Any]:
    """The bulk action that stores a document, noting its key."""
    keys.append(document.key)
    source: dict[str, Any] = {
        KEY_FIELD: document.key,
        GROUP_FIELD: document.group,
        SORT_FIELD: document.sort_title,
        "digest": document.digest,
        "recency": document.recency,
        "day": document.day,
        **{name: list(values) for name, values in document.keywords.items()},
        **{name: _token_string(document.texts.get(name, ())) for name in TEXT_FIELDS},
    }
    if document.year is not None:
        source["year"] = document.year
    return {"_op_type": "index", "_index": index, "_id": document.key, "_source": source}


def _token_string(positions: Positions) -> str:
    return " ".join("|".join(terms) for terms in positions) or EMPTY_MARK


def _buckets(answer: Map[str, Any], facet: str) -> list[tuple[str, int]]:
    buckets = answer[facet]["values"]["buckets"]
    return [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets]
