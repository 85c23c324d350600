"""The embedded engine: Tantivy, one folder for each generation, a pointer file that names the current.

Any number of processes read; the index worker alone writes (Tantivy holds a file lock). Needs a local
disk, because files are mapped into memory.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import tantivy
from tantivy import Index, Order, Query, Schema

from search.engines import tantivy_counts
from search.engines.base import (
    MAX_WINDOW,
    TIE_MARGIN,
    DocumentsRefused,
    EngineBusy,
    EngineHealth,
    EngineUnavailable,
    Hit,
    Page,
    Sort,
    Stored,
)
from search.engines.kept import Kept, Question
from search.engines.tantivy_compile import compile_tree, restricted
from search.engines.tantivy_documents import make_document
from search.engines.tantivy_files import FileCheck
from search.engines.tantivy_folders import Folders
from search.fields import (
    ANYWHERE_FIELD,
    FACET_FIELDS,
    FILTER_FIELDS,
    GROUP_FIELD,
    KEY_FIELD,
    NUMBER_FIELDS,
    SORT_FIELD,
    STORED_FIELDS,
    TEXT_FIELDS,
    UNSTACKED_FIELDS,
    EngineDocument,
    schema_hash,
)
from search.query.tree import Everything, FacetFilter, Tree, unscored

_HEAP = 64_000_000
_AT_SPACES = "at_spaces"
# How often a process that searches looks whether the files it has mapped are still as long as they
# were: to read behind the end of a mapped file kills a process, and Python cannot catch that.
_LOOK_SECONDS = 1.0
# Pages and counts, of each process: about 20 kB each.
_KEPT_ANSWERS = 500


@cache
def schema() -> Schema:
    """The fields of search.fields in Tantivy's words."""
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(KEY_FIELD, stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        cut = _AT_SPACES if name in UNSTACKED_FIELDS else "default"
        builder.add_text_field(name, tokenizer_name=cut, index_option="position")
    builder.add_text_field(ANYWHERE_FIELD, tokenizer_name=_AT_SPACES, index_option="basic")
    for name in FACET_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field(GROUP_FIELD, stored=True, tokenizer_name="raw", index_option="basic")
    for name in FILTER_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in NUMBER_FIELDS:
        builder.add_unsigned_field(name, indexed=True, fast=True)
    builder.add_text_field(SORT_FIELD, tokenizer_name="raw", index_option="basic", fast=True)
    for name in STORED_FIELDS:
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    return builder.build()


@contextmanager
def _as_unavailable(what: str) -> Iterator[None]:
    """Turn whatever Tantivy raises, a Rust panic included, into EngineUnavailable."""
    try:
        yield
    except EngineUnavailable:
        raise
    except (ValueError, OSError, RuntimeError, TypeError) as error:
        if "LockBusy" in str(error):
            raise EngineBusy(f"{what}: another process writes") from error
        raise EngineUnavailable(f"{what}: {error}") from error
    except BaseException as error:
        # A panic in Rust arrives as pyo3_runtime.PanicException, which cannot be imported.
        if type(error).__name__ != "PanicException":
            raise
        raise EngineUnavailable(f"{what}: the index is damaged") from error


class _Asked(NamedTuple):
    tree: Tree
    filters: tuple[FacetFilter, ...]
    facets: tuple[str, ...]
    sort: Sort
    offset: int
    limit: int


@dataclass(slots=True)
class _Reader:
    """An open generation and the state of its files when it was last loaded."""

    generation: str
    index: Index
    commit: tuple[int, int]


class TantivyEngine:
    """Search and index in a folder."""

    name = "tantivy"

    def __init__(self, root: Path) -> None:
        self.root = root
        self._folders = Folders(root)
        self._lock = threading.Lock()
        self._reader: _Reader | None = None
        self._files: FileCheck | None = None
        self._next_look = 0.0
        self._kept = Kept(_KEPT_ANSWERS)

    # ------------------------------------------------------------------------------- generations
    def current(self) -> str | None:
        """The generation the pointer names, or None. Raises EngineUnavailable if it cannot be told."""
        with _as_unavailable("current"):
            return self._folders.current()

    def create(self, generation: str) -> None:
        """Make an empty folder for it. Raises EngineUnavailable."""
        with _as_unavailable("create"):
            self._path(generation).mkdir(parents=True, exist_ok=False)
            Index(schema(), path=str(self._path(generation)), reuse=False)

    def swap(self, generation: str) -> None:
        """Point to it, keep the one before, delete older ones. Raises EngineUnavailable."""
        before = self.current()
        with _as_unavailable("swap"):
            if not Index.exists(str(self._path(generation))):
                raise EngineUnavailable(f"swap: there is no generation {generation}")
            self._folders.point_to(generation)
            self._folders.delete_all_but({generation, before})

    def sweep(self) -> list[str]:
        """Delete all generations but the current one. Raises EngineUnavailable."""
        with _as_unavailable("sweep"):
            return self._folders.delete_all_but({self.current()})

    def drop(self, generation: str) -> None:
        """Delete it unless it is the current one. Raises EngineUnavailable."""
        if generation != self.current():
            self._folders.delete(generation)

    def _path(self, generation: str) -> Path:
        return self._folders.path(generation)

    # ----------------------------------------------------------------------------------- writing
    def write(
        self,
        upserts: Iterable[EngineDocument],
        deletes: Iterable[str] = (),
        *,
        generation: str | None = None,
    ) -> int:
        """Write in one commit. Raises EngineUnavailable, EngineBusy, DocumentsRefused."""
        name = generation or self.current()
        if name is None:
            raise EngineUnavailable("write: there is no index yet")
        refused: dict[str, str] = {}
        with _as_unavailable("write"):
            writer = self._writer(name)
        # Not "with writer": leaving that block commits even after an error.
        try:
            written = _fill(writer, upserts, deletes, refused)
            with _as_unavailable("write"):
                writer.commit()
        except BaseException:
            with suppress(EngineUnavailable), _as_unavailable("write"):
                writer.rollback()  # fails as well when the disk is full; nothing was committed
            raise
        finally:
            with suppress(EngineUnavailable), _as_unavailable("write"):
                writer.wait_merging_threads()
        if refused:
            raise DocumentsRefused(refused, written)
        return written

    def _writer(self, name: str) -> Any:
        index = Index.open(str(self._path(name)))
        spaces = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        index.register_tokenizer(_AT_SPACES, spaces)
        return index.writer(heap_size=_HEAP, num_threads=1)

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
        """Find documents. Raises EngineUnavailable."""
        with _as_unavailable("search"):
            reader = self._open()
            state = (reader.generation, reader.commit)
            asked = _Asked(tree, tuple(filters), tuple(facets), sort, offset, limit)
            if not facets:  # no page of results, but a look at a single word or the like
                return _page(reader, asked, {})
            counted = Question(tree, asked.filters, asked.facets)
            whole = Question(counted, sort, offset, limit)
            page: Page | None = self._kept.get(state, whole)
            if page is None:
                page = _page(reader, asked, self._kept.get(state, counted))
                self._kept.put(state, counted, page.facets)
                self._kept.put(state, whole, page)
            return page

    def vocabulary(self) -> dict[str, int]:
        """All written words with document frequencies. Raises EngineUnavailable."""
        with _as_unavailable("vocabulary"):
            return dict(self._open().index.searcher().terms_with_prefix("words", ""))

    def ids(self) -> dict[str, Stored]:
        """Key → group and digest of all documents. Raises EngineUnavailable."""
        with _as_unavailable("ids"):
            searcher = self._open().index.searcher()
            found = searcher.search(Query.all_query(), limit=max(1, searcher.num_docs))
            rows = (searcher.doc(address) for _score, address in found.hits)
            return {
                str(row[KEY_FIELD][0]): Stored(str(row[GROUP_FIELD][0]), str(row["digest"][0]))
                for row in rows
            }

    def damage(self) -> str:
        """Compare files with their checksums, a portion each time. Raises EngineUnavailable."""
        name = self.current()
        if name is None:
            return ""
        found = self._check_of(name).contents()
        if not found:
            try:
                with _as_unavailable("damage"):
                    # Opening with a schema compares it; opening without one takes what stands there.
                    Index(schema(), path=str(self._path(name)), reuse=True)
            except EngineUnavailable as error:
                found = str(error)
        return found

    def _check_of(self, name: str) -> FileCheck:
        check = self._files
        if check is None or check.folder != self._path(name):
            check = self._files = FileCheck(self._path(name))
        return check

    def health(self) -> EngineHealth:
        """Open the index, look at its files and count. Never raises."""
        name = None
        try:
            with _as_unavailable("health"):
                name = self.current()
                reader = self._open()
                count = reader.index.searcher().num_docs
        except EngineUnavailable as error:
            return EngineHealth(ok=False, generation=name, detail=str(error))
        return EngineHealth(ok=True, generation=reader.generation, documents=count)

    def _open(self) -> _Reader:
        """The current generation, reopened or reloaded when its files have changed."""
        name = self.current()
        if name is None:
            self._reader = None
            raise EngineUnavailable("there is no index yet")
        self._look_at_files(name)
        commit = self._commit_of(name)
        reader = self._reader
        if reader is not None and (reader.generation, reader.commit) == (name, commit):
            return reader
        with self._lock:
            index = Index.open(str(self._path(name)))
            # We look at meta.json ourselves on every request, so no thread needs to watch it.
            index.config_reader(reload_policy="manual")
            index.reload()
            self._reader = _Reader(name, index, commit)
            return self._reader

    def _look_at_files(self, name: str) -> None:
        """Let go of files that have become shorter or are gone. Raises EngineUnavailable."""
        if time.monotonic() < self._next_look:
            return
        found = self._check_of(name).sizes()
        if found:
            self._reader = None
            raise EngineUnavailable(f"the index is damaged: {found}")
        self._next_look = time.monotonic() + _LOOK_SECONDS

    def _commit_of(self, name: str) -> tuple[int, int]:
        stat = (self._path(name) / "meta.json").stat()
        return stat.st_mtime_ns, stat.st_ino


def _fill(
    writer: Any, upserts: Iterable[EngineDocument], deletes: Iterable[str], refused: dict[str, str]
) -> int:
    """Hand everything to the writer; what cannot be made a document goes to ``refused``."""
    groups = list(deletes)
    with _as_unavailable("write"):
        for group in groups:
            writer.delete_documents_by_term(GROUP_FIELD, group)
    written = 0
    for document in upserts:
        try:
            made = make_document(document)
        except (ValueError, TypeError, OverflowError) as error:
            refused[document.group] = str(error)
            continue
        with _as_unavailable("write"):
            if groups:  # a version that has moved to another work stands there under its old group
                writer.delete_documents_by_term(KEY_FIELD, document.key)
            writer.add_document(made)
        written += 1
    return written


def _page(reader: _Reader, asked: _Asked, counts: tantivy_counts.Counts | None) -> Page:
    """Find the hits of a page, and count beside it what is not yet counted."""
    tree, filters, facets, sort, offset, limit = asked
    searcher = reader.index.searcher()
    # Queries name fields by their place in its schema: it may be an index of before an update.
    fields = reader.index.schema
    counting: tantivy_counts.Counting = []
    if counts is None:
        matching = unscored(tree, in_one_field=reader.generation.endswith(schema_hash()))
        counting = tantivy_counts.begin(searcher, matching, filters, facets, fields)
    query = restricted(compile_tree(tree, fields), [item.tree for item in filters], fields)
    limit = max(0, min(limit, MAX_WINDOW - offset))
    if isinstance(tree, Everything):
        sort = "newest" if sort == "relevance" else sort  # all equally relevant
    found, total = _hits(searcher, query, sort, offset, limit)
    hits = tuple(
        Hit(str(searcher.doc(address).get_first(KEY_FIELD)), round(score, 3))
        for score, address in found
    )
    if counts is None:
        counts = tantivy_counts.finish(counting, facets)
    return Page(hits, total, counts)


def _hits(
    searcher: Any, query: Query, sort: Sort, offset: int, limit: int
) -> tuple[list[tuple[float, Any]], int]:
    """Scores and addresses of the documents on the page, and how many match at all."""
    if limit == 0:
        return [], searcher.search(query, limit=1).count
    if sort == "relevance":
        found = searcher.search(query, limit=offset + limit + TIE_MARGIN)
        addresses = [address for _score, address in found.hits]
        recency = searcher.fast_field_values("recency", addresses)
        places = sorted(
            zip(found.hits, recency, strict=True),
            key=lambda item: (-item[0][0], -item[1]),
        )
        return [hit for hit, _age in places[offset : offset + limit]], int(found.count)
    field, order = ("recency", Order.Desc) if sort == "newest" else (SORT_FIELD, Order.Asc)
    found = searcher.search(query, limit=limit, offset=offset, order_by_field=field, order=order)
    return [(0.0, address) for _value, address in found.hits], int(found.count)
