"""The fields of an index in Elasticsearch, and a document as it stores it."""

from __future__ import annotations

from typing import Any

from elasticsearch.dsl import Keyword, Long, Mapping, Text, analyzer, token_filter, tokenizer

from search.engines.base import MAX_WINDOW
from search.fields import (
    ANYWHERE_FIELD,
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
    anywhere,
    schema_hash,
)

# "a|b c": a space begins the next position, a bar stacks terms on one.
_terms = analyzer(
    "terms",
    tokenizer=tokenizer("positions", "simple_pattern_split", pattern=" "),
    filter=[
        token_filter("stacked", "pattern_capture", preserve_original=False, patterns=["([^|]+)"])
    ],
)
SETTINGS = {
    # One node works, and of several any one may fail.
    "auto_expand_replicas": "0-1",
    "max_result_window": MAX_WINDOW,
    # Count stacked terms in the length of a text, as the embedded engine does.
    "similarity": {"default": {"type": "BM25", "discount_overlaps": False}},
}


def mapping() -> Mapping:
    """The fields of search.fields in Elasticsearch's words."""
    fields = Mapping()
    fields.meta("dynamic", "strict")
    fields.meta("_meta", application="nexsm", schema=schema_hash())
    fields.meta("_source", includes=[KEY_FIELD, GROUP_FIELD, *STORED_FIELDS])
    for name in TEXT_FIELDS:
        fields.field(name, Text(analyzer=_terms))
    for name in (KEY_FIELD, GROUP_FIELD, SORT_FIELD, *FACET_FIELDS, *FILTER_FIELDS):
        fields.field(name, Keyword())
    fields.field(ANYWHERE_FIELD, Keyword(doc_values=False))
    for name in STORED_FIELDS:
        fields.field(name, Keyword(index=False, doc_values=False))
    for name in NUMBER_FIELDS:
        fields.field(name, Long())
    return fields


def has_our_fields(index: dict[str, Any]) -> bool:
    """Whether an index, as the cluster describes it, was made with ``mapping()``.

    If somebody deletes an index while it is filled, Elasticsearch makes another one of the same name
    with the next documents, and guesses their fields.
    """
    about = index.get("mappings", {}).get("_meta", {})
    return bool(about.get("application") == "nexsm")


def bulk_action(document: EngineDocument, index: str, keys: dict[str, str]) -> dict[str, Any]:
    """The bulk action that stores a document, noting its key and group."""
    keys[document.key] = document.group
    source: dict[str, Any] = {
        KEY_FIELD: document.key,
        GROUP_FIELD: document.group,
        SORT_FIELD: document.sort_title,
        "digest": document.digest,
        "recency": document.recency,
        "day": document.day,
        ANYWHERE_FIELD: list(anywhere(document.texts)),
        **{name: list(values) for name, values in document.keywords.items()},
        **{name: _token_string(document.texts.get(name, ())) for name in TEXT_FIELDS},
    }
    if document.year is not None:
        source["year"] = document.year
    return {"_op_type": "index", "_index": index, "_id": document.key, "_source": source}


def _token_string(positions: Positions) -> str:
    return " ".join("|".join(terms) for terms in positions) or EMPTY_MARK
