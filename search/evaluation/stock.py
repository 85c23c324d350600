"""The same corpus and the same questions with what Elasticsearch has for German: its ``german`` analyser.

To compare with, not to search with. It is set up as its manual and common practice have it: every text
field analysed by ``german``, titles and names weighted higher, one ``multi_match`` over all of them. What
is no matter of language it is given as we have it: our syntax (quotes, exclusion, fields, years), one hit
for each work in the language of the reader, the names of topics in all languages, and all fields we have.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Iterator, Mapping as Map
from contextlib import contextmanager, suppress
from typing import Any

from django.utils import timezone
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.dsl import Index, Keyword, Long, Mapping, Q, Search, Text
from elasticsearch.dsl.query import Query as ElasticQuery
from elasticsearch.helpers import bulk

from search.documents import IndexDocument
from search.engines import EngineUnavailable
from search.evaluation.asking import Answer
from search.evaluation.corpus import documents
from search.evaluation.judgements import Query
from search.evaluation.metrics import RECALL_DEPTH
from search.query.parse import Clause, ParsedQuery, parse

# What it is called → how words are matched (options of ``multi_match``): once as Elasticsearch does it
# unless told otherwise, and once as does best of all settings tried on the tuned half: best_fields,
# most_fields and cross_fields with any word, all words, "2<75%" or "3<-1" of them needed, with and
# without fuzziness (from the first or the second letter on).
MATCHING: Map[str, dict[str, Any]] = {
    "stock german": {},
    "stock german, best setting": {"type": "most_fields", "fuzziness": "AUTO"},
}
# Field → its weight, the ones our own ranking starts from.
_WEIGHTS = {
    "title": 6,
    "alt": 6,
    "tags": 3,
    "org": 3,
    "summary": 2,
    "body": 1,
    "xlang": 0.5,
}
_EVERYWHERE = [f"{name}^{weight}" for name, weight in _WEIGHTS.items()]


@contextmanager
def filled_stock(elasticsearch: str) -> Iterator[Search[Any]]:
    """The corpus in an index of its own, which is gone afterwards. Raises EngineUnavailable."""
    client = Elasticsearch(elasticsearch)
    name = f"search-eval-{uuid.uuid4().hex[:12]}-stock"
    index = Index(name, using=client)
    index.settings(number_of_shards=1, number_of_replicas=0)
    index.mapping(_mapping())
    try:
        index.create()
        rows = (_row(document, name) for document in documents(timezone.localdate()))
        bulk(client, rows, refresh=True)
        yield Search(using=client, index=name)
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(f"stock: {error}") from error
    finally:
        with suppress(TransportError):  # a cluster that is not there holds nothing either
            client.options(ignore_status=404).indices.delete(index=name)
        client.close()


def version_of(elasticsearch: str) -> str:
    """The version of the cluster. Raises EngineUnavailable."""
    client = Elasticsearch(elasticsearch)
    try:
        return str(client.info()["version"]["number"])
    except (ApiError, TransportError) as error:
        raise EngineUnavailable(str(error)) from error
    finally:
        client.close()


def _mapping() -> Mapping:
    fields = Mapping()
    for name in _WEIGHTS:
        fields.field(name, Text(analyzer="german"))
    for name in ("group", "serves"):
        fields.field(name, Keyword())
    fields.field("year", Long())
    return fields


def _row(document: IndexDocument, index: str) -> dict[str, Any]:
    return {
        "_index": index,
        "_id": document.key,
        "group": document.group,
        "serves": list(document.serves),
        "title": document.title,
        "alt": list(document.other_names),
        "tags": [*document.topic_labels, *document.tags],
        "org": list(document.organisations),
        "summary": document.summary,
        "body": document.body,
        "xlang": document.elsewhere,
        "year": document.year,
    }


def stock_answers(
    index: Search[Any], queries: Iterable[Query], options: dict[str, Any]
) -> list[Answer]:
    """Ask all queries, matching words with these options of ``multi_match``."""
    found = []
    for query in queries:
        request = index.query(_query(parse(query.text), options))
        request = request.filter("term", serves=query.ui_language)
        request = request.source(["group"])[:RECALL_DEPTH]
        answer: Any = request.execute().to_dict()
        groups = tuple(hit["_source"]["group"] for hit in answer["hits"]["hits"])
        found.append(Answer(query, groups))
    return found


def _query(parsed: ParsedQuery, options: dict[str, Any]) -> ElasticQuery:
    others = [
        clause
        for clause in parsed.clauses
        if clause.is_phrase or clause.is_excluded or clause.field
    ]
    plain = [clause.text for clause in parsed.clauses if clause not in others]
    must = [_clause(clause) for clause in others if not clause.is_excluded]
    if plain:
        must.append(Q("multi_match", query=" ".join(plain), fields=_EVERYWHERE, **options))
    years = parsed.years
    return Q(
        "bool",
        must=must or [Q("match_all")],
        must_not=[_clause(clause) for clause in others if clause.is_excluded],
        filter=[Q("range", year={"gte": years[0], "lte": years[1]})] if years else [],
    )


def _clause(clause: Clause) -> ElasticQuery:
    """A phrase, a word of one field, or one to leave out."""
    fields = [clause.field] if clause.field else _EVERYWHERE
    options = {"type": "phrase"} if clause.is_phrase else {"operator": "and"}
    return Q("multi_match", query=clause.text, fields=fields, **options)
