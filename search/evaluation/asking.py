"""An index of the corpus in any engine, and questions to it on the way the site asks."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.utils import timezone

from search import service, synonyms
from search.engines import Engine, Page
from search.evaluation.corpus import documents, works
from search.evaluation.judgements import Query
from search.evaluation.metrics import RECALL_DEPTH
from search.evaluation.vocabulary import first_synonyms
from search.fields import schema_hash
from search.prepare import prepare

ENGINES = ("tantivy", "elasticsearch")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found: group names, best first."""

    query: Query
    found: tuple[str, ...]


@contextmanager
def filled_engine(name: str, elasticsearch: str = "") -> Iterator[Engine]:
    """An engine that holds the corpus and nothing else; gone afterwards.

    ``elasticsearch`` is ``http://HOST:PORT``, for that engine alone. Raises EngineUnavailable.
    """
    generation = f"eval{uuid.uuid4().hex[:8]}_{schema_hash()}"
    with _elasticsearch(elasticsearch) if name == "elasticsearch" else _tantivy() as engine:
        engine.create(generation)
        today = timezone.localdate()
        engine.write(map(prepare, documents(today)), generation=generation)
        engine.swap(generation)
        yield engine


@contextmanager
def _tantivy() -> Iterator[Engine]:
    from search.engines.tantivy import TantivyEngine  # noqa: PLC0415 - load only what runs

    with TemporaryDirectory(prefix="search-eval-") as folder:
        yield TantivyEngine(Path(folder))


@contextmanager
def _elasticsearch(address: str) -> Iterator[Engine]:
    from search.engines.elastic import ElasticEngine  # noqa: PLC0415 - load only what runs

    prefix = f"search-eval-{uuid.uuid4().hex[:12]}"
    engine = ElasticEngine.from_url(f"{address.replace('http', 'elasticsearch', 1)}/{prefix}")
    try:
        yield engine
    finally:
        # One by one: clusters do not delete by wildcard unless they are told to.
        for name in engine.client.indices.get(index=f"{prefix}-*"):
            engine.client.indices.delete(index=name)
        engine.client.close()


def ask(engine: Engine, query: Query, facets: tuple[str, ...] = ()) -> Page:
    """The engine's page for a query as a visitor types it: parsed, corrected, ranked as on the site."""
    request = service.SearchRequest(
        text=query.text, ui_language=query.ui_language, page_size=RECALL_DEPTH, facets=facets
    )
    # The site's own steps between the form and the database, so that measured is what runs.
    understood = service._understand(request)  # noqa: SLF001 - see above
    with synonyms.instead(first_synonyms()):
        page: Page = service._ask(engine, understood).page  # noqa: SLF001
    return page


def answers(engine: Engine, queries: Iterable[Query]) -> list[Answer]:
    """Ask all queries. Raises EngineUnavailable."""
    groups = _groups()
    return [
        Answer(query, tuple(groups[hit.key] for hit in ask(engine, query).hits))
        for query in queries
    ]


@cache
def _groups() -> dict[str, str]:
    """Key → group of every document."""
    return {item.key: work.group for work in works().values() for item in work.versions}
