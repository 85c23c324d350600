"""CSL JSON, as doi.org and its agencies answer it."""

from __future__ import annotations

import json
from typing import Any

from knowledge.services.metadata import texts
from knowledge.services.metadata.facts import ORGANISATION, PERSON, Facts, Source

# What Crossref and DataCite write for types that CSL calls differently.
_CSL = {
    "journal-article": "article-journal",
    "monograph": "book",
    "edited-book": "book",
    "reference-book": "book",
    "book-chapter": "chapter",
    "proceedings-article": "paper-conference",
    "dissertation": "thesis",
}


def read(content: bytes) -> Facts:
    """The description of one work. What is broken or no description says nothing."""
    try:
        work = json.loads(content.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return Facts(Source.DOI)
    if not isinstance(work, dict):
        return Facts(Source.DOI)
    kind = str(work.get("type", ""))[:40]
    return Facts(
        Source.DOI,
        title=texts.plain(_first(work.get("title")), texts.MAX_TITLE),
        authors=texts.parties([_name(one) for one in _listed(work.get("author"))]),
        publisher=texts.plain(work.get("publisher"), texts.MAX_NAME),
        abstract=texts.paragraphs(work.get("abstract"), texts.MAX_ABSTRACT),
        language=str(work.get("language") or "")[:40],
        year=_year(work),
        licence=_licence(work),
        doi=texts.doi_in(work.get("DOI")),
        kinds=(("csl", _CSL.get(kind, kind)),) if kind else (),
    )


def _listed(value: Any) -> list[Any]:
    return value[: texts.MAX_AUTHORS] if isinstance(value, list) else []


def _first(value: Any) -> Any:
    """Crossref gives a list of titles."""
    return value[0] if isinstance(value, list) and value else value


def _name(author: Any) -> tuple[Any, str]:
    """The whole name as it is printed; ``literal`` and ``name`` are names that have no parts."""
    if not isinstance(author, dict):
        return "", ""
    whole = author.get("literal") or author.get("name")
    if whole:
        return whole, ORGANISATION
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return " ".join(str(author[part]) for part in parts if author.get(part)), PERSON


def _year(work: dict[str, Any]) -> int | None:
    for key in ("issued", "published", "published-print", "published-online", "created"):
        date = work.get(key)
        parts = date.get("date-parts") if isinstance(date, dict) else None
        if isinstance(parts, list) and parts and isinstance(parts[0], list) and parts[0]:
            year = texts.year_in(parts[0][0])
            if year:
                return year
    return None


def _licence(work: dict[str, Any]) -> str:
    """Crossref: a list of objects with ``URL``; DataCite: ``copyright``, a text or an address."""
    for item in _listed(work.get("license")):
        if isinstance(item, dict) and isinstance(item.get("URL"), str):
            return str(item["URL"])[:300]
    copyright_ = work.get("copyright")
    return copyright_[:300] if isinstance(copyright_, str) else ""
