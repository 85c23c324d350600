"""CSV and XLSX tables, row by row. Cells are safe to open in any spreadsheet program."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from knowledge.services.imports.notation import KEPT, guarded

# What Excel takes in one cell; openpyxl would cut longer texts without a word.
MAX_CELL = 32_767
# Excel reads UTF-8 only with this mark.
_MARK = "\ufeff"


class _Line:
    """Takes what the csv module writes, so that it can be sent at once."""

    def __init__(self) -> None:
        self.text = ""

    def write(self, text: str) -> None:
        """Keep one line."""
        self.text = text


def csv_lines(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> Iterator[bytes]:
    """The lines of a CSV file in UTF-8 with its mark."""
    line = _Line()
    writer = csv.writer(line)
    writer.writerow(columns)
    yield (_MARK + line.text).encode()
    for row in rows:
        writer.writerow([guarded(row[name], is_csv=True) for name in columns])
        yield line.text.encode()


def xlsx_file(columns: Sequence[str], rows: Iterable[dict[str, str]]) -> IO[bytes]:
    """An XLSX file in a temporary file that vanishes when it is closed. All cells are texts."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("NexSM")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_cell(sheet, row[name]) for name in columns])
    file = tempfile.TemporaryFile(suffix=".xlsx")  # noqa: SIM115 - the response closes it
    book.save(file)
    file.seek(0)
    return file


def _cell(sheet: Any, text: str) -> Any:
    if not text:
        return None
    safe = guarded(text, is_csv=False)
    cell = WriteOnlyCell(sheet, safe if len(safe) <= MAX_CELL else KEPT)
    cell.data_type = "s"  # never a formula, whatever it begins with
    return cell
