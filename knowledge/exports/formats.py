"""Which formats there are, and what a browser is told about them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ExportFormat:
    """A format: its name in addresses, what people call it, its file."""

    code: str
    label: str
    extension: str
    content_type: str


CSV = ExportFormat("csv", "CSV", "csv", "text/csv; charset=utf-8")
XLSX = ExportFormat(
    "xlsx",
    "XLSX",
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)
RIS = ExportFormat("ris", "RIS", "ris", "application/x-research-info-systems; charset=utf-8")
BIBTEX = ExportFormat("bibtex", "BibTeX", "bib", "application/x-bibtex; charset=utf-8")
BIBLATEX = ExportFormat("biblatex", "BibLaTeX", "bib", "application/x-bibtex; charset=utf-8")

RESOURCE_FORMATS = {kind.code: kind for kind in (CSV, XLSX, RIS, BIBTEX, BIBLATEX)}
ORGANISATION_FORMATS = {kind.code: kind for kind in (CSV, XLSX)}
