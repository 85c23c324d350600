"""What a table of a file is, and the rows of a CSV file, one at a time, however large it is."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from django.utils.translation import gettext as _

from knowledge.services.imports.notation import unguarded
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.recognition import encoding_name, recognise

# A cell beyond this is a forgotten quotation mark that swallowed the file.
LARGEST_CELL = 16 * 1024 * 1024
LONGEST_HEADER = 100_000
DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True)
class Row:
    """One row. ``number`` is what a spreadsheet shows: the header is row 1."""

    number: int
    cells: dict[str, str]


class Table(Protocol):
    """A file that was opened: its columns and its rows."""

    @property
    def header(self) -> Sequence[str]:
        """The names of the columns as the file writes them."""

    @property
    def read_as(self) -> str:
        """How the file was understood, in words."""

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Give the rows that are whole; note the others. Empty rows are left out."""


@dataclass(frozen=True)
class CsvTable:
    """A CSV file whose encoding, separator and header are known."""

    path: Path
    codec: str
    delimiter: str
    header: tuple[str, ...]

    @property
    def read_as(self) -> str:
        """The encoding and, where it is no comma, the separator."""
        text = _("Read as %(encoding)s.") % {"encoding": encoding_name(self.codec)}
        if self.delimiter != ",":
            name = _("semicolons") if self.delimiter == ";" else _("tabs")
            text += " " + _("The cells are separated by %(sign)s.") % {"sign": name}
        return text

    def rows(self, problems: Problems) -> Iterator[Row]:
        """Give the rows that are whole; note the others. Empty rows are left out."""
        with self.path.open(encoding=self.codec, newline="") as file, _large_cells():
            reader = csv.reader(file, delimiter=self.delimiter, strict=True)
            next(reader)
            number = 1
            while True:
                number += 1
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error as error:
                    # Where the next row starts is anybody's guess: do not report what may be noise.
                    problems.add(number, "", _reason(error))
                    problems.add(None, "", _("The rest of the file could not be read."))
                    return
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(self.header):
                    problems.add(number, "", self._uneven(len(cells)))
                    continue
                yield Row(number, dict(zip(self.header, map(unguarded, cells), strict=True)))

    def _uneven(self, found: int) -> str:
        reason = _("%(found)s cells instead of %(expected)s.") % {
            "found": found,
            "expected": len(self.header),
        }
        if self.delimiter == ";":
            reason += " " + _("In a file separated by semicolons, quote cells with several values.")
        return reason


def open_csv(path: Path, *, known: Sequence[str]) -> CsvTable:
    """Find out how a CSV file is written. ``known`` names help to find its separator.

    Raises ImportRefusedError for a file that cannot be read.
    """
    try:
        codec = recognise(path)
        with path.open(encoding=codec, newline="") as file, _large_cells():
            line = file.readline(LONGEST_HEADER)
            delimiter = _delimiter(line, known)
            file.seek(0)
            header = next(csv.reader(file, delimiter=delimiter, strict=True), [])
    except OSError as error:
        reason = _("The file cannot be opened: %(reason)s") % {"reason": error.strerror}
        raise ImportRefusedError.because(reason) from error
    except csv.Error as error:
        raise ImportRefusedError.because(_reason(error), row=1) from error
    if any("\0" in name for name in header):  # a program, a picture: read as text by mistake
        raise ImportRefusedError.because(_("This file is no table."), row=1)
    names = tuple(name.strip().strip("\ufeff").strip() for name in header)
    return CsvTable(path, codec, delimiter, names)


def _delimiter(line: str, known: Sequence[str]) -> str:
    """The separator that makes most known columns, else most columns; else the comma."""

    def score(delimiter: str) -> tuple[int, int]:
        names = next(csv.reader([line.strip("\ufeff")], delimiter=delimiter), [])
        return len({name.strip().lower() for name in names}.intersection(known)), len(names)

    return max(DELIMITERS, key=score)


def check_header(names: Sequence[str], known: Sequence[str], required: Sequence[str]) -> None:
    """Refuse unknown, missing, repeated and nameless columns. Raises ImportRefusedError."""
    problems = Problems()
    for place, name in enumerate(names, start=1):
        if not name:
            problems.add(1, "", _("Column %(place)s has no name.") % {"place": place})
        elif name not in known:
            problems.add(
                1,
                _printable(name),
                _("This column is unknown. Known are: %(known)s") % {"known": ", ".join(known)},
            )
    for name, times in Counter(name for name in names if name in known).items():
        if times > 1:
            problems.add(1, name, _("This column stands there %(times)s times.") % {"times": times})
    for name in required:
        if name not in names:
            problems.add(1, name, _("This column is missing."))
    if problems.total:
        raise ImportRefusedError(problems)


def _printable(name: str) -> str:
    shown = "".join(char if char.isprintable() else "�" for char in name)
    return shown if len(shown) <= 60 else shown[:60] + "…"  # noqa: PLR2004 - one line of a terminal


@contextmanager
def _large_cells() -> Iterator[None]:
    """The csv module refuses cells above 128 KiB without naming them; we name them ourselves."""
    before = csv.field_size_limit(LARGEST_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def _reason(error: csv.Error) -> str:
    message = str(error)
    if "unexpected end" in message:
        return _("A quotation mark is opened here and never closed.")
    if "field larger" in message:
        return _("A cell is longer than 16 MB. Is a quotation mark missing?")
    if "expected after" in message:
        return _('Text follows a closing quotation mark. Write "" for a mark inside a cell.')
    return _("The row is garbled: %(message)s") % {"message": message}
