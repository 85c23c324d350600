"""Small PDF files of the example resources: real text, and the same bytes every time.

Only the fonts every PDF reader brings along are used, so nothing has to be installed and nothing is
embedded. They hold Western European letters (Windows-1252). For texts in other scripts there is no
file: a PDF with boxes or unjoined Arabic letters would help nobody.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from nexsm.demo.content import ResourceData, workbook

LANGUAGES = ("de", "en", "fr")
ENCODING = "cp1252"
EXAMPLE_LINES = {
    "de": "Beispiel – dieses Dokument ist erfunden.",
    "en": "Beispiel / Example – this document is invented.",
    "fr": "Beispiel / Exemple – ce document est inventé.",
}
_MARGIN = 22
_BRICK = (150, 56, 29)
_INK = (41, 34, 30)


class _Sheet(FPDF):
    """A4 with the example line at the foot of every page."""

    example_line = ""

    def footer(self) -> None:
        """Write the example line and the page number."""
        self.set_y(-15)
        self.set_font("Helvetica", size=9)
        self.set_text_color(*_BRICK)
        self.cell(0, 5, f"{self.example_line}   {self.page_no()}", align="C")


def make_pdf(item: ResourceData, *, authors: list[str]) -> bytes:
    """Make the PDF of a resource. Raises ValueError for letters outside Windows-1252."""
    sheet = _new_sheet(item, authors)
    _write(sheet, EXAMPLE_LINES[item.language], size=10, colour=_BRICK, gap=6)
    _write(sheet, item.title, size=19, style="B", gap=4)
    _write(sheet, f"{', '.join(authors)} · {item.year} · {item.licence}", size=10, gap=8)
    _write(sheet, item.summary, size=12, style="B", gap=6)
    for block in item.body:
        _write_block(sheet, block)
    _write(sheet, item.url, size=10, gap=0)
    for page in workbook().get(item.id, []):
        sheet.add_page()
        for block in page:
            _write_block(sheet, block)
    return bytes(sheet.output())


def _new_sheet(item: ResourceData, authors: list[str]) -> _Sheet:
    sheet = _Sheet(format="A4")
    sheet.core_fonts_encoding = ENCODING
    sheet.example_line = EXAMPLE_LINES[item.language]
    # The time of making would change the bytes with every run.
    sheet.set_creation_date(datetime(item.year, 1, 1, tzinfo=UTC))
    sheet.set_title(item.title)
    sheet.set_author(", ".join(authors))
    sheet.set_lang(item.language)
    sheet.set_margins(_MARGIN, _MARGIN, _MARGIN)
    sheet.set_auto_page_break(auto=True, margin=_MARGIN)
    sheet.add_page()
    return sheet


def _write_block(sheet: _Sheet, block: dict[str, Any]) -> None:
    kind, value = next(iter(block.items()))
    if kind == "heading":
        _write(sheet, value, size=14, style="B", gap=2)
    elif kind == "list":
        for entry in value:
            _write(sheet, f"•  {entry}", size=11, gap=1)
        sheet.ln(4)
    else:
        _write(sheet, value, size=11, gap=5)


def _write(
    sheet: _Sheet,
    text: str,
    *,
    size: int,
    gap: float,
    style: str = "",
    colour: tuple[int, int, int] = _INK,
) -> None:
    text.encode(ENCODING)  # fpdf would put a question mark for what it does not have
    sheet.set_font("Helvetica", style, size)
    sheet.set_text_color(*colour)
    sheet.multi_cell(0, size * 0.5, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    sheet.ln(gap)
