"""Elasticsearch: one index for each generation, an alias that names the current one.

Elasticsearch only stores and scores the terms that the analysis of this room makes; its own analysis
does no more than to cut a string of terms at its separators. Ordinary modules suffice.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from elasticsearch import ApiError, ConnectionTimeout, Elasticsearch, NotFoundError, TransportError
from elasticsearch.dsl import Index
from elasticsearch.helpers import ScanError, scan, streaming_bulk

from search.engines.base import (
    MAX_WINDOW,
    DocumentsRefused,
    EngineHealth,
    EngineUnavailable,
    Hit,
    Page,
    Sort,
    Stored,
)
from search.engines.elastic_address import Address, read_address
from search.engines.elastic_documents import SETTINGS, bulk_action, has_our_fields, mapping
from search.engines.elastic_request import counts_body, hits_body, read_facets
from search.fields import GROUP_FIELD, KEY_FIELD, EngineDocument, schema_hash
from search.query.tree import FacetFilter, Tree, unscored

# Visitors wait for searches, all attempts together; nobody waits for the worker. It must not hang for
# long either: what it writes shall be found within a minute after the cluster is back.
SEARCH_SECONDS = 2.0
WRITE_SECONDS = 20.0
# A node that does not answer is left out for a second, then for two, … at most this long.
_LONGEST_LEFT_OUT = 10.0
# Documents that a busy cluster turns away are sent again, after one second, two, four.
_BUSY = (429, 503)
_BUSY_RETRIES = 3
_BULK_DOCUMENTS = 200
_BULK_BYTES = 20_000_000
_BAD_REQUEST = 400
_NO_PART_ANSWERS = 503
# While a cluster starts, or a node is away, parts of the index are missing for a while. If that lasts
# longer, they are taken for lost, and the index is made anew from the database.
LOST_AFTER_SECONDS = 120.0
# Names of our generations. "site-*" alone would also match indexes of others, such as "site-logs".
_GENERATION = re.compile(r"[a-z0-9]+_[0-9a-f]{8}")
_VOCABULARY_PAGE = 10_000


@contextmanager
def _as_unavailable(what: str) -> Iterator[None]:
    """Turn whatever the client raises into EngineUnavailable."""
    try:
        yield
    except (ApiError, TransportError, ScanError) as error:
        raise EngineUnavailable(f"{what}: {str(error)[:300]}") from error


class ElasticEngine:
    """Search and index in an Elasticsearch cluster."""

    name = "elasticsearch"

    def __init__(self, client: Elasticsearch, prefix: str, *, shards: int = 1) -> None:
        self.client = client
        self.prefix = prefix
        self.shards = shards
        self._missing_since: float | None = None
        # With several nodes there is time for a second one when the first does not answer.
        attempts = min(2, len(client.transport.node_pool))
        self._searching = client.options(
            request_timeout=SEARCH_SECONDS / attempts,
            max_retries=attempts - 1,
            retry_on_timeout=True,
        )
        self._writing = client.options(request_timeout=WRITE_SECONDS, max_retries=2)
        # Rather the database's answer than half of the engine's.
        self._options: dict[str, Any] = {"allow_partial_search_results": False}
        if shards > 1:  # one alone knows how frequent words are, and need not be asked first
            self._options["search_type"] = "dfs_query_then_fetch"

    @classmethod
    def from_url(cls, url: str) -> ElasticEngine:
        """Make an engine from the address of a cluster (see ``read_address``).

        Raises ImproperlyConfigured if the address is not understood.
        """
        address: Address = read_address(url)
        client = Elasticsearch(
            list(address.nodes),
            basic_auth=address.login,
            dead_node_backoff_factor=1.0,
            max_dead_node_backoff=_LONGEST_LEFT_OUT,
        )
        return cls(client, address.prefix, shards=address.shards)

    # ------------------------------------------------------------------------------- generations
    def current(self) -> str | None:
        """The generation the alias names, or None. Raises EngineUnavailable."""
        with _as_unavailable("current"):
            return self._current()

    def _current(self) -> str | None:
        names = self._aliased()
        return names[-1].removeprefix(f"{self.prefix}-") if names else None

    def _aliased(self) -> list[str]:
        """The indexes the alias names: one, if nobody has interfered."""
        try:
            return sorted(self._searching.indices.get_alias(name=self.prefix))
        except NotFoundError:
            return []

    def _generations(self) -> list[str]:
        """All indexes that are generations of ours."""
        names = self._writing.indices.get(index=f"{self.prefix}-*", features="aliases")
        ours = [name.removeprefix(f"{self.prefix}-") for name in names]
        return [name for name in ours if _GENERATION.fullmatch(name)]

    def _index(self, generation: str) -> str:
        return f"{self.prefix}-{generation}"

    def create(self, generation: str) -> None:
        """Make an empty index for it. Raises EngineUnavailable."""
        with _as_unavailable("create"):
            index = Index(self._index(generation), using=self._writing)
            # Nobody searches in it before the swap, so it need not be searchable before.
            index.settings(number_of_shards=self.shards, refresh_interval="-1", **SETTINGS)
            index.mapping(mapping())
            index.create()

    def swap(self, generation: str) -> None:
        """Point the alias to it, keep the one before, delete older ones. Raises EngineUnavailable."""
        with _as_unavailable("swap"):
            before = self._current()
            new = self._index(generation)
            found = self._writing.indices.get_mapping(index=new, ignore_unavailable=True)
            if not has_our_fields(found.get(new, {})):
                raise EngineUnavailable(f"swap: there is no whole generation {generation}")
            self._writing.indices.put_settings(index=new, settings={"refresh_interval": None})
            self._merge(new)
            self._writing.indices.refresh(index=new)
            self._point_to(new)
            self._delete_all_but({generation, before})

    def _merge(self, index: str) -> None:
        """Make one piece of the many that filling leaves; a search looks into each of them."""
        patient = self._writing.options(max_retries=0)
        # If that takes long, the cluster goes on merging, and the index works meanwhile.
        with suppress(ConnectionTimeout):
            patient.indices.forcemerge(index=index, max_num_segments=1)

    def _point_to(self, index: str) -> None:
        """Let the alias name this index alone, in one step."""
        actions: list[dict[str, Any]] = [{"add": {"index": index, "alias": self.prefix}}]
        actions.extend(
            {"remove": {"index": other, "alias": self.prefix}}
            for other in self._aliased()
            if other != index
        )
        self._writing.indices.update_aliases(actions=actions)

    def _delete_all_but(self, kept: set[str | None]) -> list[str]:
        others = [name for name in self._generations() if name not in kept]
        for name in others:
            self._writing.indices.delete(index=self._index(name), ignore_unavailable=True)
        return sorted(others)

    def sweep(self) -> list[str]:
        """Delete all generations but the current one, and let the alias name it alone.

        Raises EngineUnavailable.
        """
        with _as_unavailable("sweep"):
            names = self._aliased()
            if len(names) > 1:  # somebody has interfered: every hit would be there twice
                self._point_to(names[-1])
            return self._delete_all_but({self._current()})

    def clear(self) -> None:
        """Delete all generations, also the current one. Raises EngineUnavailable."""
        with _as_unavailable("clear"):
            self._delete_all_but(set())

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
        """Write in bulk. Raises EngineUnavailable, DocumentsRefused.

        What was written until an error is written again by whoever tries again.
        """
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
            keys: dict[str, str] = {}
            refused = self._bulk(index, documents, keys)
            self._writing.indices.refresh(index=index)
            if groups:
                self._delete(index, groups, list(keys))
        if refused:
            raise DocumentsRefused(refused, len(keys) - len(refused))
        return len(keys)

    def _bulk(
        self, index: str, documents: Iterable[EngineDocument], keys: dict[str, str]
    ) -> dict[str, str]:
        """Store documents, noting key → group in ``keys``. Returns group → reason of those refused."""
        refused: dict[str, str] = {}
        actions = (bulk_action(document, index, keys) for document in documents)
        for is_stored, answer in streaming_bulk(
            self._writing,
            actions,
            chunk_size=_BULK_DOCUMENTS,
            max_chunk_bytes=_BULK_BYTES,
            raise_on_error=False,
            max_retries=_BUSY_RETRIES,
            initial_backoff=1,
            retry_on_status=_BUSY,
        ):
            if is_stored:
                continue
            (item,) = answer.values()
            if item["status"] != _BAD_REQUEST:
                raise EngineUnavailable(f"write: {str(item.get('error'))[:300]}")
            refused[keys[item["_id"]]] = str(item["error"])[:300]
        return refused

    def _delete(self, index: str, groups: list[str], keys: list[str]) -> None:
        """Delete what these groups had and have no more. New versions are there already."""
        gone = {
            "bool": {
                "filter": [{"terms": {GROUP_FIELD: groups}}],
                "must_not": [{"ids": {"values": keys}}],
            }
        }
        answer = self._writing.delete_by_query(
            index=index, query=gone, conflicts="proceed", refresh=True
        )
        if answer["failures"] or answer["version_conflicts"]:
            raise EngineUnavailable("write: not everything could be deleted")

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
        body = hits_body(tree, filters, sort)
        body.update({"from": min(offset, MAX_WINDOW), "size": limit})
        body["track_total_hits"] = not facets  # else they are counted with the facets
        counting = [counts_body(unscored(tree), filters, facets)] if facets else []
        found, *counted = self._ask(body, *counting)
        rows = found["hits"]["hits"]
        if counted and rows and not rows[0]["_index"].endswith(schema_hash()):
            matching = unscored(tree, in_one_field=False)
            counted = self._ask(counts_body(matching, filters, facets))
        counts = counted[0] if counted else found
        return Page(
            hits=tuple(
                Hit(row["fields"][KEY_FIELD][0], round(row.get("_score") or 0.0, 3)) for row in rows
            ),
            total=int(counts["hits"]["total"]["value"]),
            facets=read_facets(counts.get("aggregations", {}), facets),
        )

    def _ask(self, *bodies: dict[str, Any]) -> list[dict[str, Any]]:
        """The answers to some searches, which the cluster looks for at the same time."""
        searches = [part for body in bodies for part in (self._options, body)]
        with _as_unavailable("search"):
            answer = self._searching.msearch(index=self.prefix, searches=searches).body
        answers: list[dict[str, Any]] = answer["responses"]
        for one in answers:
            if "error" in one:
                raise EngineUnavailable(f"search: {str(one['error'])[:300]}")
        return answers

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

    def damage(self) -> str:
        """Whether parts of the index are lost for good. Raises EngineUnavailable, also if they may return."""
        try:
            with _as_unavailable("damage"):
                _count, is_whole = self._counted()
        except EngineUnavailable:
            # Nobody knows. A cluster that comes back has all the time again to collect its parts.
            self._missing_since = None
            raise
        now = time.monotonic()
        if is_whole:
            self._missing_since = None
            return ""
        if self._missing_since is None:
            self._missing_since = now
        if now - self._missing_since < LOST_AFTER_SECONDS:
            raise EngineUnavailable("damage: parts of the index are missing")
        return "parts of the index are lost"

    def _counted(self) -> tuple[int, bool]:
        """How many documents there are, and whether all parts of the index were asked."""
        try:
            answer = self._searching.count(index=self.prefix)
        except ApiError as error:
            if error.status_code == _NO_PART_ANSWERS and "shard" in str(error):
                return 0, False
            raise
        return int(answer["count"]), answer["_shards"]["failed"] == 0

    def health(self) -> EngineHealth:
        """Ask for the alias and count. Never raises."""
        try:
            with _as_unavailable("health"):
                generation = self._current()
                if generation is None:
                    return EngineHealth(ok=False, detail="there is no index yet")
                count, is_whole = self._counted()
        except EngineUnavailable as error:
            return EngineHealth(ok=False, detail=str(error))
        detail = "" if is_whole else "parts of the index are missing"
        return EngineHealth(is_whole, generation, count, detail)
