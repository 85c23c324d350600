"""PDF files, with pdfium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Any

from pypdfium2 import PdfDocument, PdfiumError

from search.files.limits import Limits
from search.files.outcome import CannotReadError, Outcome
from search.files.readers.text import Text

_WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD
# What pdfium puts for a hyphen at the end of a line. Before a capital or a conjunction it belongs to
# the word ("Migranten- / und Frauenvereine"), else the word goes on: a soft hyphen says so.
_LINE_HYPHEN = re.compile(
    r"[\x02\ufffe](?P<stays>(?=(?:und|oder|bzw|sowie|and|or|et)\b))?(?P<next>.?)"
)


def read(file: IO[bytes], limits: Limits) -> Text:
    """Pages one by one, so that what was read stays if a later one takes too long."""
    try:
        document = PdfDocument(file)
    except PdfiumError as error:
        if getattr(error, "err_code", None) == _WRONG_PASSWORD:
            raise CannotReadError(Outcome.ENCRYPTED) from error
        raise CannotReadError(Outcome.DAMAGED, str(error)) from error
    return Text(_pages(document, limits), is_numbered=True)


def _pages(document: Any, limits: Limits) -> Iterator[str]:
    for number in range(min(len(document), limits.pages + 1)):
        try:
            page = document[number]
            text = page.get_textpage()
        except PdfiumError:
            yield ""  # a broken page among good ones keeps its number
            continue
        content = text.get_text_bounded()
        text.close()
        page.close()
        yield _LINE_HYPHEN.sub(_mended, content)


def _mended(match: re.Match[str]) -> str:
    following = match["next"]
    if match["stays"] is not None:
        return "- " + following
    return ("-" if following.isupper() else "\u00ad") + following
