"""An index of the corpus in any engine, and questions to it on the way the site asks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils import timezone

from search import asking, synonyms
from search.engines import Engine, EngineUnavailable, Page
from search.evaluation.corpus import documents, works
from search.evaluation.judgements import Query
from search.evaluation.metrics import RECALL_DEPTH
from search.evaluation.vocabulary import first_synonyms
from search.fields import EngineDocument, schema_hash
from search.prepare import prepare
from search.sources.base import Found

ENGINES = ("tantivy", "elasticsearch")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: group names, best first."""

    query: Query
    found: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an engine answered, and what the search takes to be meant where it found nothing."""

    page: Page
    did_you_mean: str | None = None


@contextmanager
def filled_engine(name: str, elasticsearch: str = "", shards: int = 1) -> Iterator[Engine]:
    """An engine that holds the corpus and nothing else; gone afterwards.

    ``elasticsearch`` is ``http://HOST:PORT``, ``shards`` into how many its index is cut; both for
    that engine alone. Raises EngineUnavailable.
    """
    generation = f"eval{uuid.uuid4().hex[:8]}_{schema_hash()}"
    made = _elasticsearch(elasticsearch, shards) if name == "elasticsearch" else _tantivy()
    with made as engine:
        engine.create(generation)
        engine.write(_prepared(timezone.localdate()), generation=generation)
        engine.swap(generation)
        yield engine


@lru_cache(maxsize=1)
def _prepared(today: date) -> tuple[EngineDocument, ...]:
    """The corpus as engines store it, analysed once for all of them."""
    return tuple(map(prepare, documents(today)))


@contextmanager
def _tantivy() -> Iterator[Engine]:
    from search.engines.tantivy import TantivyEngine  # noqa: PLC0415 - load only what runs

    with TemporaryDirectory(prefix="search-eval-") as folder:
        yield TantivyEngine(Path(folder))


@contextmanager
def _elasticsearch(address: str, shards: int) -> Iterator[Engine]:
    from search.engines.elastic import ElasticEngine  # noqa: PLC0415 - load only what runs

    prefix = f"search-eval-{uuid.uuid4().hex[:12]}"
    url = f"{address.replace('http', 'elasticsearch', 1)}/{prefix}?shards={shards}"
    engine = ElasticEngine.from_url(url)
    try:
        yield engine
    finally:
        with suppress(EngineUnavailable):  # a cluster that is not there holds nothing either
            engine.clear()
        engine.client.close()


class AllInSight:
    """Everything in the index may be seen: the examples are in no database."""

    def hidden(self) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def read(self, keys: Sequence[str]) -> Mapping[str, Found]:
        """Every key, with an item that says no more."""
        kind, language = "resource", "de"
        return {key: Found(key, kind, key, title="", url="", language=language) for key in keys}


def ask(engine: Engine, query: Query, **options: Any) -> Asked:
    """The engine's page for a query as a visitor types it: parsed, corrected, ranked as on the site.

    ``options`` are more of ``SearchRequest``. Raises EngineUnavailable.
    """
    wanted = {"page_size": RECALL_DEPTH, "facets": (), **options}
    request = asking.SearchRequest(text=query.text, ui_language=query.ui_language, **wanted)
    # The site's own steps between the form and the database, so that measured is what runs.
    with synonyms.instead(first_synonyms()):
        answer = asking.ask(engine, asking.understand(request), AllInSight())
    correction = answer.meaning.correction
    return Asked(answer.page, correction.text if correction else None)


def answers(engine: Engine, queries: Iterable[Query]) -> list[Answer]:
    """Ask all queries. Raises EngineUnavailable."""
    groups = _groups()
    return [
        Answer(query, tuple(groups[hit.key] for hit in ask(engine, query).page.hits))
        for query in queries
    ]


@cache
def _groups() -> dict[str, str]:
    """Key → group of every document."""
    return {item.key: work.group for work in works().values() for item in work.versions}
