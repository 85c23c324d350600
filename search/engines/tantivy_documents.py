"""A document as Tantivy stores it."""

from __future__ import annotations

import tantivy
from tantivy import Document, PreTokenizedString

from search.fields import (
    ANYWHERE_FIELD,
    EMPTY_MARK,
    GROUP_FIELD,
    KEY_FIELD,
    SORT_FIELD,
    TEXT_FIELDS,
    UNSTACKED_FIELDS,
    EngineDocument,
    Positions,
    anywhere,
)

_EMPTY = PreTokenizedString(EMPTY_MARK, [tantivy.Token(EMPTY_MARK, 0, 0, 1)])


def make_document(source: EngineDocument) -> Document:
    """Raises ValueError, TypeError or OverflowError if a value is none that Tantivy can store."""
    document = Document()
    document.add_text(KEY_FIELD, source.key)
    document.add_text(GROUP_FIELD, source.group)
    document.add_text(SORT_FIELD, source.sort_title)
    document.add_text("digest", source.digest)
    for name in TEXT_FIELDS:
        positions = source.texts.get(name, ())
        if name in UNSTACKED_FIELDS:
            # One term at each position: cutting a string is much cheaper than making tokens.
            document.add_text(name, " ".join(terms[0] for terms in positions) or EMPTY_MARK)
        else:
            document.add_pre_tokenized_text(name, _pretokenized(positions))
    document.add_text(ANYWHERE_FIELD, " ".join(anywhere(source.texts)))
    for name, values in source.keywords.items():
        for value in values:
            document.add_text(name, value)
    document.add_unsigned("recency", source.recency)
    document.add_unsigned("day", source.day)
    if source.year is not None:
        document.add_unsigned("year", source.year)
    return document


def _pretokenized(positions: Positions) -> PreTokenizedString:
    if not positions:
        return _EMPTY
    tokens = [
        tantivy.Token(term, place, 0, 0) for place, terms in enumerate(positions) for term in terms
    ]
    # The text is not stored, so Tantivy needs none.
    return PreTokenizedString("", tokens)
