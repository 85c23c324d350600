"""Bounds of what may be asked. Visitors get the nearest sense, programs a clear refusal (see api)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.http import QueryDict

from search.asking import SearchRequest
from search.engines.base import Sort
from search.facets import FACET_LABELS
from search.sources import KINDS

SORTS: dict[str, Sort] = {"relevance": "relevance", "newest": "newest", "title": "title"}
FILTERS = tuple(name for name in FACET_LABELS if name != "year")
MAX_VALUES = 20
MAX_VALUE_LENGTH = 200
FIRST_YEAR, LAST_YEAR = 1, 9999
_MAX_DIGITS = 9


def is_sound(value: str) -> bool:
    """Whether a filter value could be one: printable and not too long."""
    return 0 < len(value) <= MAX_VALUE_LENGTH and value.isprintable()


def lenient_request(query: QueryDict, ui_language: str) -> SearchRequest:
    """Make a request of whatever stands in the address; nonsense counts as not said."""
    chosen: Mapping[str, Sequence[str]] = {
        name: tuple(dict.fromkeys(filter(is_sound, query.getlist(name)[:MAX_VALUES])))
        for name in FILTERS
    }
    kinds = tuple(kind for kind in chosen["kind"] if kind in KINDS)
    return SearchRequest(
        text=query.get("q", "") or "",
        chosen={**{name: values for name, values in chosen.items() if values}, "kind": kinds},
        year_from=_number(query.get("year_from"), FIRST_YEAR, LAST_YEAR),
        year_to=_number(query.get("year_to"), FIRST_YEAR, LAST_YEAR),
        sort=SORTS.get(query.get("sort") or ""),
        page=_number(query.get("page"), 1, 10**_MAX_DIGITS) or 1,
        ui_language=ui_language,
    )


def _number(text: str | None, low: int, high: int) -> int | None:
    """A whole number within the bounds, else None."""
    plain = (text or "").strip()
    if not plain.isascii() or not plain.isdigit() or len(plain) > _MAX_DIGITS + 1:
        return None
    return int(plain) if low <= int(plain) <= high else None
