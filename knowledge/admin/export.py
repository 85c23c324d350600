"""Columns of the exported tables. Private data is in none of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge.models import Organisation, Resource
from knowledge.services.imports.notation import guarded


def joined(rows: Iterable[Any], attribute: str) -> str:
    """Values of related rows in one cell."""
    return "; ".join(str(getattr(row, attribute)) for row in rows)


def _common(item: Any) -> dict[str, Any]:
    return {
        "online": item.live,
        "visibility": item.visibility,
        "example": item.is_example,
        "first_published": item.first_published_at,
        "changed": item.changed_at,
    }


def resource_row(item: Resource) -> dict[str, Any]:
    """One line of the table of resources."""
    return {
        "uuid": str(item.public_id),
        "id": item.import_id or "",
        "title": item.title,
        "summary": item.summary,
        "type": item.type.code,
        "language": item.language.code,
        "year": item.year,
        "authors": joined(item.contributors.all(), "display_name"),
        "publishers": joined(item.publishers.all(), "display_name"),
        "organisation": item.organisation.name if item.organisation else "",
        "topics": joined(item.topics.all(), "code"),
        "regions": joined(item.regions.all(), "code"),
        "licence": item.licence.code if item.licence else "",
        "url": item.url,
        "doi": item.doi,
        "isbn": item.isbn,
        **_common(item),
    }


def organisation_row(item: Organisation) -> dict[str, Any]:
    """One line of the table of organisations. No e-mail: a file keeps no promise of privacy."""
    return {
        "uuid": str(item.public_id),
        "id": item.import_id or "",
        "name": item.name,
        "short_name": item.short_name,
        "kind": item.kind,
        "description_language": item.language.code,
        "languages": joined(item.languages_spoken.all(), "code"),
        "topics": joined(item.topics.all(), "code"),
        "region": item.region.code if item.region else "",
        "place": item.public_city,
        "founded": item.founded,
        "website": item.website,
        "verification": item.verification,
        **_common(item),
    }


COMMON_COLUMNS = ["online", "visibility", "example", "first_published", "changed"]
RESOURCE_COLUMNS = [
    *("uuid", "id", "title", "summary", "type", "language", "year", "authors", "publishers"),
    *("organisation", "topics", "regions", "licence", "url", "doi", "isbn"),
    *COMMON_COLUMNS,
]
ORGANISATION_COLUMNS = [
    *("uuid", "id", "name", "short_name", "kind", "description_language", "languages", "topics"),
    *("region", "place", "founded", "website", "verification"),
    *COMMON_COLUMNS,
]


def clean_cell(value: Any, *, is_csv: bool) -> Any:
    """A cell that no program takes for a formula and every file format can hold."""
    return guarded(value, is_csv=is_csv) if isinstance(value, str) else value
