"""Opens a file of any format, and lets a person say which column is which."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.services.imports.bibtex import BibtexTable, open_bibtex
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.ris import RisTable, open_ris
from knowledge.services.imports.schema import ID_COLUMN
from knowledge.services.imports.sheets import open_sheet
from knowledge.services.imports.table import Row, Table, check_header, open_csv

HEAD = 8192
_ZIP = b"PK\x03\x04"
_RIS = re.compile(r"\s*TY {1,2}- ?\w*", re.ASCII)
_BIBTEX = re.compile(r"(?:\s*(?:%[^\n]*)?\n)*\s*@[a-z]+\s*[{(]", re.IGNORECASE | re.ASCII)
# What a row is recognised by if it has no id, in this order: the first that it has.
_TRACES = (("doi",), ("url",), ("title", "year"), ("name", "city"))


class Format(StrEnum):
    """Formats that are read."""

    CSV = "csv"
    XLSX = "xlsx"
    RIS = "ris"
    BIBTEX = "bib"


@dataclass(frozen=True)
class Reading:
    """How a person wants a file to be read.

    ``columns`` maps columns of the file to ours, those that are missing or empty are left out; None
    means that the file has our own names and nothing else. ``defaults`` fill empty cells. Rows
    without an id get one of their own content, if ``makes_ids``.
    """

    columns: Mapping[str, str] | None = None
    defaults: Mapping[str, str] = field(default_factory=dict)
    makes_ids: bool = False


@dataclass(frozen=True)
class MappedTable:
    """A table whose columns were renamed, and whose empty cells were filled."""

    table: Table
    columns: Mapping[str, str]
    reading: Reading

    @property
    def header(self) -> tuple[str, ...]:
        """Our names of the columns that are read."""
        made = (ID_COLUMN,) if self.reading.makes_ids else ()
        return tuple(dict.fromkeys([*made, *self.columns.values(), *self.reading.defaults]))

    @property
    def read_as(self) -> str:
        """How the file was understood, in words."""
        return self.table.read_as

    def rows(self, problems: Problems) -> Iterator[Row]:
        """The rows under our names."""
        for row in self.table.rows(problems):
            cells = {
                ours: row.cells[theirs]
                for theirs, ours in self.columns.items()
                if theirs in row.cells
            }
            for name, text in self.reading.defaults.items():
                if not cells.get(name, "").strip():
                    cells[name] = text
            if self.reading.makes_ids and not cells.get(ID_COLUMN, "").strip():
                cells[ID_COLUMN] = made_id(cells)
            yield Row(row.number, cells)


def format_of(path: Path) -> Format:
    """The format of a file by its content. Raises ImportRefusedError if it cannot be opened."""
    if not path.is_file():
        raise ImportRefusedError.because(_("There is no file %(path)s.") % {"path": path})
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        reason = _("The file cannot be opened: %(reason)s") % {"reason": error.strerror}
        raise ImportRefusedError.because(reason) from error
    if head.startswith(_ZIP):
        return Format.XLSX
    # The signs looked for are ASCII: without zero bytes they look the same in every encoding.
    text = head.replace(b"\x00", b"").decode("ascii", "ignore")
    if _RIS.match(text):
        return Format.RIS
    return Format.BIBTEX if _BIBTEX.match(text) else Format.CSV


def open_raw(path: Path, known: Sequence[str]) -> Table:
    """Open a file of any format with the names its columns have there.

    Raises ImportRefusedError for what cannot be read.
    """
    kind = format_of(path)
    if kind is Format.XLSX:
        return open_sheet(path)
    if kind is Format.RIS:
        return open_ris(path)
    if kind is Format.BIBTEX:
        return open_bibtex(path)
    return open_csv(path, known=known)


def open_table(
    path: Path,
    *,
    known: Sequence[str],
    required: Sequence[str],
    reading: Reading | None = None,
) -> Table:
    """Open a file and give its rows under our names.

    Raises ImportRefusedError for a file that cannot be read, and for unknown, missing, repeated or
    nameless columns.
    """
    reading = reading or Reading()
    table = open_raw(path, known)
    if isinstance(
        table, RisTable | BibtexTable
    ):  # their columns are ours, and ids are often missing
        reading = replace(reading, columns=None, makes_ids=True)
    chosen = reading.columns
    if chosen is None:
        names = [name.lower() for name in table.header]
        made = [ID_COLUMN] if reading.makes_ids else []
        check_header(names, known, [n for n in required if n not in {*reading.defaults, *made}])
        columns = dict(zip(table.header, names, strict=True))
    else:
        columns = {name: chosen[name] for name in table.header if chosen.get(name)}
    mapped = MappedTable(table, columns, reading)
    if chosen is not None:
        check_header(list(mapped.columns.values()), known, [])
        check_header(mapped.header, known, required)
    return mapped


def made_id(cells: Mapping[str, str]) -> str:
    """An id out of what tells a row from others, so that the same row gets the same one again."""
    for names in _TRACES:
        values = [" ".join(cells.get(name, "").split()).casefold() for name in names]
        if values[0]:
            trace = hashlib.blake2b("\n".join(values).encode(), digest_size=8).hexdigest()
            return f"{names[0]}-{trace}"
    return ""
