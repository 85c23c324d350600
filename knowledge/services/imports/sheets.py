"""Reads the rows of an XLSX file. Formulas are never run: the values that the program stored count."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from math import isfinite
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from openpyxl import load_workbook

from knowledge.services.imports.notation import unguarded
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.table import Row
from nexsm.base.media.archives import identify_archive
from nexsm.base.media.types import XLSX

MAX_COLUMNS = 200
# Texts that occur often stand in one part, which is loaded whole.
MAX_UNPACKED = 200 * 1024 * 1024
ROWS_BEFORE_HEADER = 10
_LEADING_ZEROS = re.compile(r"0+")


@dataclass(frozen=True)
class SheetTable:
    """The first sheet of an XLSX file. ``header_row`` counts from 1."""

    path: Path
    header: tuple[str, ...]
    header_row: int

    @property
    def read_as(self) -> str:
        """What the file is."""
        return _("Read as an XLSX table.")

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Give the rows that are whole; note the others. Empty rows are left out."""
        width = len(self.header)
        with _sheet(self.path) as sheet:
            for number, cells in _numbered(sheet, self.header_row + 1, width + 1):
                values = [_text(cell, number, problems) for cell in cells]
                if not any(value.strip() for value in values):
                    continue
                if len(values) > width and values[width].strip():
                    problems.add(number, "", _("There are cells beside the last column."))
                    continue
                padded = [*values[:width], *[""] * (width - len(values))]
                yield Row(number, dict(zip(self.header, padded, strict=True)))


def open_sheet(path: Path, *, max_unpacked: int = MAX_UNPACKED) -> SheetTable:
    """Check the archive and read the header. Raises ImportRefusedError for what cannot be read."""
    _check_archive(path, max_unpacked)
    problems = Problems()
    with _sheet(path) as sheet:
        for number, cells in _numbered(sheet, 1, MAX_COLUMNS + 1):
            names = [_text(cell, number, problems).strip() for cell in cells]
            while names and not names[-1]:
                names.pop()
            if len(names) > MAX_COLUMNS:
                reason = _("There are more than %(most)s columns.") % {"most": MAX_COLUMNS}
                raise ImportRefusedError.because(reason, row=number)
            if names:
                return SheetTable(path, tuple(names), number)
            if number >= ROWS_BEFORE_HEADER:
                break
    raise ImportRefusedError.because(_("The first sheet of the file is empty."))


def _check_archive(path: Path, max_unpacked: int) -> None:
    try:
        with path.open("rb") as file:
            kind = identify_archive(file, path.stat().st_size)
            if kind is XLSX:
                with zipfile.ZipFile(file) as archive:
                    unpacked = sum(entry.file_size for entry in archive.infolist())
    except ValidationError as error:
        raise ImportRefusedError.because(" ".join(error.messages)) from error
    if kind is not XLSX:
        raise ImportRefusedError.because(_("This is no XLSX file."))
    if unpacked > max_unpacked:
        raise ImportRefusedError.because(_("This file would become far too big when it is opened."))


@contextmanager
def _sheet(path: Path) -> Iterator[Any]:
    """The first sheet that is not hidden; whatever breaks while reading refuses the file."""
    with path.open("rb") as file:  # openpyxl leaves what it cannot read open
        try:
            with (
                warnings.catch_warnings()
            ):  # about styles and validations, which do not matter here
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
                # A workbook has at least one sheet that is not hidden.
                sheet = next(sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
                sheet.reset_dimensions()  # what a file says of its own size may be wrong
                yield sheet
        except (ImportRefusedError, GeneratorExit):
            raise
        except Exception as error:
            # openpyxl lets through whatever its many parsers raise.
            reason = _(
                "This file is damaged or incomplete. Please save it again and try once more."
            )
            raise ImportRefusedError.because(reason) from error


def _numbered(sheet: Any, first: int, most: int) -> Iterator[tuple[int, Sequence[Any]]]:
    return enumerate(sheet.iter_rows(min_row=first, max_col=most), start=first)


def _text(cell: Any, row: int, problems: Problems) -> str:
    """A cell as people read it: whole numbers without a point, dates by ISO 8601."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        if cell.data_type == "e":
            problems.add(row, "", _("A cell holds the error %(error)s.") % {"error": value[:20]})
            return ""
        return unguarded(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        is_day = value.time() == time()
        return (value.date() if is_day else value).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta) or not isfinite(value):  # [h]:mm, 1e999
        return str(value)
    return _number(value, cell.number_format)


def _number(value: float, shape: str | None) -> str:
    whole = int(value)
    if whole != value:
        return format(value, ".15g")
    # Postal codes are often numbers that are shown with zeros before them.
    zeros = len(shape) if shape and _LEADING_ZEROS.fullmatch(shape) else 0
    return str(whole).zfill(zeros)
