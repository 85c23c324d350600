"""The text of files as it is kept in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from search.documents import IndexDocument
from search.fields import EngineDocument
from search.models import FilePage, FileText
from search.prepare import Contents, prepare


def load(documents: Iterable[int]) -> Contents:
    """All pages with text of these files, in one query."""
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    pages = FilePage.objects.filter(file__document__in=documents)
    for document, number, text in pages.order_by("file", "number").values_list(
        "file__document", "number", "text"
    ):
        found[document].append((number, text))
    return found


def load_pages(wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, bool]]:
    """(document, page) → text, and whether readers can turn to that page. One query."""
    documents, numbers = zip(*wanted, strict=True)
    rows = FilePage.objects.filter(
        file__document__in=set(documents), number__in=set(numbers)
    ).values_list("file__document", "number", "text", "file__is_numbered")
    sought = set(zip(documents, numbers, strict=True))
    return {(doc, page): (text, known) for doc, page, text, known in rows if (doc, page) in sought}


def prepared(documents: Iterable[IndexDocument]) -> Iterator[EngineDocument]:
    """Analyse documents with their files, one after the other: the texts of files can be long.

    Raises whatever reading and analysing one of them raises.
    """
    for document in documents:
        read = [file.document for file in document.attachments if file.text]
        yield prepare(document, load(read) if read else {})


def states(documents: Iterable[int]) -> dict[int, FileText]:
    """Document → what became of reading it, in one query."""
    return {row.document_id: row for row in FileText.objects.filter(document__in=documents)}
