"""Filling in a draft with what its file or link says about itself."""

from __future__ import annotations

from knowledge.models import ResourceDraft
from knowledge.services.drafts.writing import keep_source, suggest
from knowledge.services.metadata.reading import NoAnswerError, read_link, read_pdf
from knowledge.services.metadata.suggestions import suggestions_from
from nexsm.base.media.types import PDF
from nexsm.base.models import Document


def fill_from_document(*, draft: ResourceDraft, document: Document) -> list[str]:
    """Suggest what a PDF says about itself; returns the fields filled in. Other files say nothing."""
    if document.content_type != PDF.mime or document.is_quarantined:
        return []
    with document.open_file() as file:
        found = read_pdf(file)
    return suggest(draft=draft, found=suggestions_from(found))


def keep_link(*, draft: ResourceDraft, url: str = "", doi: str = "") -> None:
    """Keep the link or DOI without looking at it."""
    keep_source(draft=draft, values={"url": url} if url else {"doi": doi})


def fill_from_link(*, draft: ResourceDraft, url: str = "", doi: str = "") -> list[str] | None:
    """Keep the link or DOI, and suggest what stands there.

    Returns the fields filled in, None if nobody answers. Takes as long as the other server does, so
    it must not run inside a transaction.
    """
    keep_link(draft=draft, url=url, doi=doi)
    try:
        found = suggestions_from(read_link(doi or url))
    except NoAnswerError:
        return None
    return suggest(draft=draft, found=found)
