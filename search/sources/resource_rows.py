"""What a list shows of a resource, read with as little work as possible: every search reads twenty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

from knowledge import queries
from knowledge.models import Language, Licence, Resource, ResourceFile, ResourceType
from knowledge.slugs import slug_for
from search import labels
from search.documents import Attachment
from search.repeated import RepeatedQuery
from search.sources.base import Found, Viewer, day_of, found_files, state_of

KIND = "resource"


class ResourceRow(NamedTuple):
    """The columns a list shows. Of one table: what vocabularies say is kept in `search.labels`."""

    pk: int
    public_id: UUID
    title: str
    summary: str
    language_id: int
    type_id: int
    import_id: str | None
    published_on: date | None
    year: int | None
    first_published_at: datetime | None
    last_published_at: datetime | None
    is_example: bool
    licence_id: int | None
    has_files: bool


def resource_rows(resources: QuerySet[Resource]) -> Iterable[ResourceRow]:
    """The rows as `found_resources` takes them."""
    return map(ResourceRow._make, _columns(resources))


def _columns(resources: QuerySet[Resource]) -> QuerySet[Any, Any]:
    files = ResourceFile.objects.filter(resource=OuterRef("pk"))
    return resources.annotate(has_files=Exists(files)).values_list(*ResourceRow._fields)


def _visible(public_ids: Sequence[str], viewer: Viewer) -> QuerySet[Any, Any]:
    visible = queries.resources_visible_to(viewer).filter(public_id__in=public_ids)
    return _columns(visible.order_by())


# What everybody may read depends on nothing but the rows.
_public = RepeatedQuery("public_id", lambda ids: _visible(ids, AnonymousUser()))


def visible_rows(public_ids: Sequence[str], viewer: Viewer) -> list[ResourceRow]:
    """Those of these resources that the viewer may read, in one query."""
    is_known = viewer.is_authenticated
    rows = _visible(public_ids, viewer) if is_known else _public.rows(public_ids)
    return list(map(ResourceRow._make, rows))


def found_resources(
    rows: Iterable[ResourceRow], files: Mapping[int, Sequence[Attachment]]
) -> Iterator[Found]:
    """Rows with their files (primary key → files), as items of a list."""
    # Which language is active, and what things are called in it, is asked once for all.
    before, after = _around_address(get_language(), get_script_prefix())
    types, licences = labels.all_names(ResourceType), labels.all_names(Licence)
    for row in rows:
        public_id = str(row.public_id)
        kind = labels.row(ResourceType, row.type_id).code
        yield Found(
            key=f"{KIND}:{public_id}",
            kind=KIND,
            public_id=public_id,
            title=row.title,
            url=f"{before}{row.pk}-{slug_for(row.title)}{after}",
            language=labels.row(Language, row.language_id).code,
            type=kind,
            type_label=types.get(kind, kind),
            import_id=row.import_id or "",
            summary=row.summary,
            day=resource_day(row),
            shown_date=row.published_on or row.year,
            open_licence=_open_licence(row.licence_id, licences),
            is_example=row.is_example,
            files=found_files(files.get(row.pk, ())),
            version=state_of(row.last_published_at),
        )


@lru_cache(maxsize=32)
def _around_address(language: str | None, script_prefix: str) -> tuple[str, str]:  # noqa: ARG001 - the key
    """What ``reverse`` puts around number and title; it is too slow to be asked for every hit."""
    before, after = reverse("knowledge:resource", args=[0, "slug"]).split("0-slug")
    return before, after


def _open_licence(pk: int | None, names: Mapping[str, str]) -> str:
    if pk is None:
        return ""
    licence = labels.row(Licence, pk)
    return names.get(licence.code, licence.code) if licence.is_open else ""


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
