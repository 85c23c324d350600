"""The lists of resources and organisations: search, export, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from wagtail.snippets.views.snippets import IndexView

from knowledge.admin.columns import annotate_changed, attach_status
from knowledge.admin.export import clean_cell, organisation_row, resource_row

MAX_WORDS = 8


def search_condition(fields: list[str], text: str) -> Q:
    """Every word must occur in one of the fields, in any case.

    SQLite compares letters outside ASCII with their case, so such words are tried in several.
    """
    condition = Q()
    for word in text.replace("\x00", " ").split()[:MAX_WORDS]:
        spellings = {word}
        if not word.isascii():
            spellings |= {word.lower(), word.upper(), word.capitalize()}
        one = Q()
        for field in fields:
            for spelling in spellings:
                one |= Q(**{f"{field}__icontains": spelling})
        condition &= one
    return condition


class CuratedIndexView(IndexView):
    """List of curated items."""

    #: related rows the columns show
    related: tuple[str, ...] = ()
    #: long columns the list does not show
    unused: tuple[str, ...] = ()
    #: related rows the export shows
    export_related: tuple[str, ...] = ()
    #: one line of the export
    export_row: Callable[[Any], dict[str, Any]]

    def get_base_queryset(self) -> QuerySet[Any]:
        """Load with the rows what columns or export show, and nothing that is long."""
        items = annotate_changed(super().get_base_queryset()).select_related(*self.related)
        if self.is_export:
            return items.prefetch_related(*self.export_related)
        return items.defer(*self.unused)

    def paginate_queryset(self, queryset: QuerySet[Any], page_size: int) -> tuple[Any, ...]:
        """Find out the status of the rows of this page."""
        paginator, page, items, is_paginated = super().paginate_queryset(queryset, page_size)
        attach_status(self.model, items)
        return paginator, page, items, is_paginated

    def search_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Find items by the words of their fields and of related names."""
        if not self.is_searching:
            return queryset
        found = self.model._default_manager.filter(  # noqa: SLF001 - Django's name
            search_condition(self.search_fields, self.search_query)
        )
        return queryset.filter(pk__in=found.values("pk"))

    def order_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Sort as chosen; equal rows keep a fixed order, so that pages never overlap."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "-pk")

    def to_row_dict(self, item: Any) -> dict[str, Any]:
        """One line of the exported table."""
        return self.export_row(item)

    def get_heading(self, queryset: QuerySet[Any], field: str) -> str:  # noqa: ARG002 - Wagtail's
        """The names of the columns are codes, so that programs can read the table."""
        return field

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        """Let no cell be taken for a formula, nor break the file."""
        cell = super().preprocess_field_value(field, value, export_format)
        return clean_cell(cell, is_csv=export_format == self.FORMAT_CSV)


class ResourceIndexView(CuratedIndexView):
    """List of resources."""

    related = ("type", "language", "organisation")
    unused = ("summary", "body")
    export_related = (
        "licence",
        "topics",
        "regions",
        "contributors__organisation",
        "publishers__organisation",
    )
    export_row = staticmethod(resource_row)


class OrganisationIndexView(CuratedIndexView):
    """List of organisations."""

    related = ("language", "region")
    unused = ("description",)
    export_related = ("topics", "languages_spoken")
    export_row = staticmethod(organisation_row)
