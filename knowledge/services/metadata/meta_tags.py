"""``<meta>`` elements: Highwire (as Google Scholar reads them), Dublin Core, Open Graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from knowledge.services.metadata import texts
from knowledge.services.metadata.facts import Facts, Party, Source

Tags = Mapping[str, Sequence[str]]

# Which tag says that a page describes what; the values are Zotero's item types (Embedded Metadata.js).
_ZOTERO = {
    "citation_journal_title": "journalArticle",
    "citation_technical_report_institution": "report",
    "citation_conference_title": "conferencePaper",
    "citation_conference": "conferencePaper",
    "citation_dissertation_institution": "thesis",
    "citation_inbook_title": "bookSection",
}
_ZOTERO_OF_OPEN_GRAPH = {"video": "videoRecording", "book": "book"}


def first(tags: Tags, *names: str) -> str:
    """The first value that is not empty."""
    return next((value for name in names for value in tags.get(name, ()) if value.strip()), "")


def highwire(tags: Tags) -> Facts:
    """Tags that begin with ``citation_``."""
    return Facts(
        Source.PAGE,
        title=texts.plain(first(tags, "citation_title"), texts.MAX_TITLE),
        authors=_authors(tags, "citation_author", "citation_authors"),
        publisher=texts.plain(
            first(tags, "citation_publisher", "citation_technical_report_institution"),
            texts.MAX_NAME,
        ),
        abstract=texts.paragraphs(first(tags, "citation_abstract"), texts.MAX_ABSTRACT),
        language=first(tags, "citation_language")[:40],
        year=texts.year_in(
            first(
                tags,
                "citation_publication_date",
                "citation_date",
                "citation_year",
                "citation_online_date",
            )
        ),
        doi=texts.doi_in(first(tags, "citation_doi")),
        kinds=tuple(("zotero", kind) for tag, kind in _ZOTERO.items() if first(tags, tag)),
    )


def dublin_core(tags: Tags) -> Facts:
    """Tags that begin with ``DC.`` or ``DCTERMS.``, in whatever letter case."""
    both = {name.replace("dcterms.", "dc."): values for name, values in tags.items()}
    return Facts(
        Source.PAGE,
        title=texts.plain(first(both, "dc.title"), texts.MAX_TITLE),
        authors=_authors(both, "dc.creator"),
        publisher=texts.plain(first(both, "dc.publisher"), texts.MAX_NAME),
        abstract=texts.paragraphs(first(both, "dc.abstract", "dc.description"), texts.MAX_ABSTRACT),
        language=first(both, "dc.language")[:40],
        year=texts.year_in(first(both, "dc.issued", "dc.date.issued", "dc.date", "dc.created")),
        licence=first(both, "dc.license", "dc.rights.license", "dc.rights")[:300],
        doi=texts.doi_in(first(both, "dc.identifier", "dc.identifier.doi")),
    )


def open_graph(tags: Tags) -> Facts:
    """Open Graph, and the tags every page may have. Their "article" is said of any page."""
    kind = first(tags, "og:type").split(".")[0]
    return Facts(
        Source.PAGE,
        title=texts.plain(first(tags, "og:title"), texts.MAX_TITLE),
        authors=_authors(tags, "author"),
        abstract=texts.paragraphs(first(tags, "og:description", "description"), texts.MAX_ABSTRACT),
        language=first(tags, "og:locale")[:40],
        year=texts.year_in(first(tags, "article:published_time", "book:release_date")),
        kinds=(("zotero", _ZOTERO_OF_OPEN_GRAPH[kind]),) if kind in _ZOTERO_OF_OPEN_GRAPH else (),
    )


def _authors(tags: Tags, *names: str) -> tuple[Party, ...]:
    """One tag each; a semicolon stands between several. Commas are parts of names."""
    found = [
        (name, "") for tag in names for value in tags.get(tag, ()) for name in value.split(";")
    ]
    return texts.parties(found)
