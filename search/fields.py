"""The fields of the index, and what an engine is given to store. The same for every engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from search.analysis import ANALYSIS_VERSION

# Text made of analysed terms, with positions. A document has all of them: an empty field holds
# EMPTY_MARK, because engines count missing fields differently and their scores would drift apart.
TEXT_FIELDS = (
    "title",
    "alt",
    "tags",
    "org",
    "summary",
    "body",
    "attachment",
    "xlang",
    "exact",
)
EMPTY_MARK = "\u2205"
# Text fields that never have two terms at a position.
UNSTACKED_FIELDS = frozenset({"exact"})

# Every different term of all text fields but ``exact``, and every written form behind FORM_MARK: whether
# a document has a word at all is one look instead of nine. Scores nothing.
ANYWHERE_FIELD = "anywhere"
FORM_MARK = "="

# Exact values: to filter by and to count.
FACET_FIELDS = ("kind", "type", "language", "region", "topic", "tag", "publisher", "conference")
# Exact values: to filter by only.
FILTER_FIELDS = ("serves", "written", "title_whole", "prefix", "words", "standing")
# In ``standing``: nobody has left a question about the item unanswered.
KEPT = "kept"
# Whole numbers. ``year`` is counted as a facet; ``day`` is a proleptic ordinal; ``recency`` orders by
# date and, within a day, in an arbitrary but fixed way, so that no two documents tie.
NUMBER_FIELDS = ("year", "day", "recency")
SORT_FIELD = "sort_title"
KEY_FIELD = "key"
GROUP_FIELD = "group"
# Kept as it is, not to be searched: it tells a stale document.
STORED_FIELDS = ("digest",)

Positions = Sequence[tuple[str, ...]]
"""Terms of a text: one tuple for each position, stacked terms inside."""


def anywhere(texts: Mapping[str, Positions]) -> Iterator[str]:
    """The values of ANYWHERE_FIELD for these text fields."""
    named = ((name, terms) for name, positions in texts.items() for terms in set(positions))
    forms: set[str] = set()
    found: set[str] = set()
    for name, terms in named:
        (forms if name == "exact" else found).update(terms)
    yield from found
    yield from (FORM_MARK + form for form in forms)


@dataclass(frozen=True, slots=True)
class EngineDocument:
    """One document as engines store it: terms, values, numbers. No engine changes any of it."""

    key: str
    group: str
    digest: str
    texts: Mapping[str, Positions]
    keywords: Mapping[str, Sequence[str]]
    recency: int
    day: int
    sort_title: str
    year: int | None = None
    # Not for the engine: what ``search.shown`` keeps in the database.
    shown: Mapping[str, str] = field(default_factory=dict)


def schema_hash() -> str:
    """Eight characters that change when the index must be made anew."""
    parts = (
        TEXT_FIELDS,
        FACET_FIELDS,
        FILTER_FIELDS,
        ANYWHERE_FIELD,
        NUMBER_FIELDS,
        SORT_FIELD,
        STORED_FIELDS,
        ANALYSIS_VERSION,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:8]
