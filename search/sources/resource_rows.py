"""What a list shows of a resource, read with as little work as possible: every search reads twenty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from knowledge.models import Language, Licence, Resource, ResourceFile, ResourceType
from knowledge.slugs import slug_for
from search import labels
from search.documents import Attachment
from search.sources.base import Found, day_of, found_files, state_of

KIND = "resource"

# One table only: what the vocabularies say of a resource is kept in `search.labels`.
_SHOWN = (
    "pk",
    "public_id",
    "title",
    "summary",
    "language_id",
    "type_id",
    "import_id",
    "published_on",
    "year",
    "first_published_at",
    "last_published_at",
    "is_example",
    "licence_id",
)


def shown_columns(rows: QuerySet[Resource]) -> QuerySet[Any, Any]:
    """The rows as `found_resource` takes them."""
    files = ResourceFile.objects.filter(resource=OuterRef("pk"))
    return rows.annotate(has_files=Exists(files)).values_list(*_SHOWN, "has_files", named=True)


def found_resource(row: Any, files: Sequence[Attachment] = ()) -> Found:
    """A row of `shown_columns` with its files."""
    kind = labels.row(ResourceType, row.type_id).code
    return Found(
        key=f"{KIND}:{row.public_id}",
        kind=KIND,
        public_id=str(row.public_id),
        title=row.title,
        url=_address(row.pk, row.title),
        language=labels.row(Language, row.language_id).code,
        type=kind,
        type_label=labels.name(ResourceType, kind),
        import_id=row.import_id or "",
        summary=row.summary,
        day=resource_day(row),
        shown_date=row.published_on or row.year,
        open_licence=_open_licence(row.licence_id),
        is_example=row.is_example,
        files=found_files(files),
        version=state_of(row.last_published_at),
    )


def _address(pk: int, title: str) -> str:
    """What ``reverse`` answers, which is too slow to be asked for every hit."""
    before, after = _around_address(get_language(), get_script_prefix())
    return f"{before}{pk}-{slug_for(title)}{after}"


@lru_cache(maxsize=32)
def _around_address(language: str | None, script_prefix: str) -> tuple[str, str]:  # noqa: ARG001 - the key
    before, after = reverse("knowledge:resource", args=[0, "slug"]).split("0-slug")
    return before, after


def _open_licence(pk: int | None) -> str:
    if pk is None:
        return ""
    licence = labels.row(Licence, pk)
    return labels.name(Licence, licence.code) if licence.is_open else ""


def resource_day(resource: Any) -> date | None:
    """When it was published, as exactly as is known.

    Of a year alone the first day counts, unless it went online here in that year.
    """
    online = day_of(resource.first_published_at)
    if resource.published_on:
        return resource.published_on
    if resource.year and (online is None or online.year != resource.year):
        return date(resource.year, 1, 1)
    return online
