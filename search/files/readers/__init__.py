"""One reader for each kind of file."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO

from search.files.kinds import Kind
from search.files.limits import Limits
from search.files.readers import html, ooxml, opendocument, pdf, plain
from search.files.readers.text import Text

Reader = Callable[[IO[bytes], Limits], Text]

READERS: dict[Kind, Reader] = {
    Kind.PDF: pdf.read,
    Kind.DOCX: ooxml.read_document,
    Kind.PPTX: ooxml.read_slides,
    Kind.OPEN_TEXT: opendocument.read_document,
    Kind.OPEN_SLIDES: opendocument.read_slides,
    Kind.HTML: html.read,
    Kind.TEXT: plain.read,
}
