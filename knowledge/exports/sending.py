"""Sends resources or organisations as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from knowledge.exports.formats import CSV, XLSX, ExportFormat
from knowledge.exports.references import bibtex_entries, ris_records
from knowledge.exports.tables import csv_lines, xlsx_file
from knowledge.models import Organisation
from knowledge.services.imports import OrganisationImport, ResourceImport
from knowledge.services.imports.exchange import (
    organisation_cells,
    organisations_to_write,
    resource_cells,
    resources_to_write,
)

AT_ONCE = 500


def download(
    items: QuerySet[Any],
    kind: ExportFormat,
    *,
    name: str,
    source: str = "csv",
    public: bool = True,
    newest: bool = False,
) -> HttpResponseBase:
    """The items as a file to save, however many there are.

    ``source`` is that of the import that shall find the items again. ``public``: only what everybody
    may read of them. ``newest``: of entries that are not online their newest draft.
    """
    found = _items(items, newest=newest)
    file_name = f"{name}.{kind.extension}"
    if kind in (CSV, XLSX):
        columns, cells = _table(items.model)
        rows = (cells(item, source=source, public=public) for item in found)
        if kind is XLSX:
            return FileResponse(
                xlsx_file(columns, rows),
                as_attachment=True,
                filename=file_name,
                content_type=kind.content_type,
            )
        lines = csv_lines(columns, rows)
    elif kind.code == "ris":
        lines = ris_records(found, public=public)
    else:
        lines = bibtex_entries(found, public=public, column=kind.code)
    response = StreamingHttpResponse(lines, content_type=kind.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _table(model: type[Any]) -> tuple[tuple[str, ...], Callable[..., dict[str, str]]]:
    if model is Organisation:
        return OrganisationImport.columns, organisation_cells
    return ResourceImport.columns, resource_cells


def _items(items: QuerySet[Any], *, newest: bool) -> Iterator[Any]:
    prepare: Callable[[QuerySet[Any]], QuerySet[Any]] = (
        organisations_to_write if items.model is Organisation else resources_to_write
    )
    for item in prepare(items).iterator(chunk_size=AT_ONCE):
        is_draft = newest and not item.live and item.latest_revision_id
        yield item.get_latest_revision_as_object() if is_draft else item
