"""Small tables that show how a file for an import looks."""

from __future__ import annotations

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase

from knowledge.enums import ImportKind
from knowledge.exports.formats import CSV, XLSX, ExportFormat
from knowledge.exports.tables import csv_lines, xlsx_file
from knowledge.services.imports.runs import import_class

EXAMPLE_FORMATS = {kind.code: kind for kind in (CSV, XLSX)}
_ROWS: dict[str, list[dict[str, str]]] = {
    ImportKind.RESOURCE: [
        {
            "id": "1",
            "title": "Verein gründen – Schritt für Schritt",
            "summary": "Was ein neuer Verein braucht, und wo er Hilfe bekommt.",
            "type": "guide",
            "language": "de; ar",
            "publisher": "Beispielverein e. V.",
            "authors": "Amina Yıldız; Олександр Шевченко",
            "year": "2024",
            "regions": "DE-BE; AT",
            "topics": "funding; association-law",
            "tags": "Satzung; Ehrenamt",
            "licence": "CC-BY-4.0",
            "url": "https://example.org/verein-gruenden",
        },
        {
            "id": "2",
            "title": "ورشة عمل: حقوق المتطوعين",
            "type": "video",
            "language": "ar",
            "authors": "{Beispielverein e. V.}",
            "year": "2023",
            "url": "https://example.org/video",
        },
    ],
    ImportKind.ORGANISATION: [
        {
            "id": "1",
            "name": "Beispielverein e. V.",
            "short_name": "BV",
            "kind": "organisation",
            "description": "Wir beraten Familien auf Deutsch und Arabisch.",
            "languages": "de; ar",
            "country": "DE",
            "region": "DE-BE",
            "city": "Berlin",
            "postal_code": "10115",
            "topics": "funding",
            "founded": "1998",
            "website": "https://example.org",
            "social": "https://t.me/example",
        },
    ],
}


def example(kind: str, file_format: ExportFormat) -> HttpResponseBase:
    """A file with all columns and one or two invented rows."""
    columns = import_class(kind).columns
    rows = [{name: row.get(name, "") for name in columns} for row in _ROWS[kind]]
    name = f"nexsm-{kind}-example.{file_format.extension}"
    if file_format is XLSX:
        return FileResponse(
            xlsx_file(columns, rows),
            as_attachment=True,
            filename=name,
            content_type=file_format.content_type,
        )
    response = HttpResponse(
        b"".join(csv_lines(columns, rows)), content_type=file_format.content_type
    )
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
