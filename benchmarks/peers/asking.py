"""Twenty hits with snippets and four facets from Wagtail's search."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.utils.html import escape
from modelsearch.backends import get_search_backend

from benchmarks import corpus
from benchmarks.peers.models import Text
from benchmarks.timing import at_once, in_turns

FACETS = ("type", "topic", "language", "region")
HITS = 20
_SNIPPET, _BEFORE = 240, 60


def search(backend: str, text: str, filters: dict[str, list[str]]) -> dict[str, Any]:
    """An answer as `search.service.run` gives it, as far as Wagtail can."""
    rows = Text.objects.filter(**{f"{name}__in": values for name, values in filters.items()})
    found = get_search_backend(backend).search(text, rows, operator="and")
    words = re.compile("|".join(map(re.escape, text.split())), re.IGNORECASE)
    return {
        "hits": [
            {"id": row.pk, "title": row.title, "snippet": _snippet(row, words)}
            for row in found[:HITS]
        ],
        "total": found.count(),
        "facets": {name: dict(found.facet(name)) for name in FACETS},
    }


def _snippet(row: Text, words: re.Pattern[str]) -> str:
    """A piece of the text around the first word that was searched for, with marks."""
    text = f"{row.summary} {row.body}"
    first = words.search(text)
    start = max(0, first.start() - _BEFORE) if first else 0
    piece = text[start : start + _SNIPPET]
    parts, last = [], 0
    for match in words.finditer(piece):
        parts += [escape(piece[last : match.start()]), "<mark>", escape(match[0]), "</mark>"]
        last = match.end()
    return "".join((*parts, escape(piece[last:])))


def complete(backend: str, text: str) -> list[str]:
    """Eight titles."""
    found = get_search_backend(backend).autocomplete(text, Text.objects.all(), operator="and")
    return [row.title for row in found[:8]]


def rounds(backend: str) -> dict[str, Callable[..., Any]]:
    """What can be measured with one backend, ``elasticsearch`` or ``default`` (the database)."""
    queries = corpus.queries()

    def ask(query: corpus.Query) -> object:
        return search(backend, query.text, query.filters)

    def searches(number: int = len(queries)) -> dict[str, list[float]]:
        return in_turns({"peer": ask}, queries[:number])

    def suggestions() -> dict[str, list[float]]:
        return in_turns({"peer": lambda query: complete(backend, query.text)}, corpus.prefixes())

    def threads(clients: int) -> dict[str, Any]:
        times, seconds = at_once(ask, queries, clients)
        return {"peer": times, "per_second": len(times) / seconds}

    return {"search": searches, "suggest": suggestions, "threads": threads}
