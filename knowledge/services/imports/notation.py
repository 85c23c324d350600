r"""How values stand in cells, so that an exported table comes back as it was.

Several values are separated by ``;``; a semicolon inside a value is written ``\;`` and a backslash
``\\``. The name of an organisation that the directory does not know stands in braces, as in BibTeX.
An apostrophe keeps spreadsheet programs from running a text as a formula (OWASP, "CSV injection").
"""

from __future__ import annotations

import re
from collections.abc import Iterable

# Stands for a text that does not fit into a cell of a spreadsheet; an import leaves the field alone.
KEPT = "[…] NexSM: too long for a spreadsheet, stays as it is"

_ACTIVE = re.compile(r"'*[=+\-@\t\r\n]")
_QUOTED = re.compile(r"'+[=+\-@\t\r\n]")
_ESCAPED = re.compile(r"\\([\\;])")
_VALUE = re.compile(r"(?:\\[\\;]|[^;])+")
# XML 1.0 has no place for these, so an XLSX file cannot hold them.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def guarded(text: str, *, is_csv: bool) -> str:
    """The text as a cell that no program takes for a formula and every file format can hold.

    Cells of XLSX files have a type and need no apostrophe, unless the text itself begins like one
    that was put there.
    """
    clean = _FORBIDDEN.sub(" ", text)
    pattern = _ACTIVE if is_csv else _QUOTED
    return f"'{clean}" if pattern.match(clean) else clean


def unguarded(cell: str) -> str:
    """The text of a cell without the apostrophe that `guarded` puts before it."""
    return cell[1:] if cell.startswith("'") and _QUOTED.match(cell) else cell


def join_values(values: Iterable[str]) -> str:
    """One cell of several values."""
    return "; ".join(value.replace("\\", "\\\\").replace(";", "\\;") for value in values)


def split_values(cell: str) -> list[str]:
    """The values of a cell, as they stand between semicolons."""
    if "\\" not in cell:
        return cell.split(";")
    return [_ESCAPED.sub(r"\1", part) for part in _VALUE.findall(cell)]


def in_braces(name: str) -> str:
    """The name of an organisation that stands nowhere else as one."""
    return "{" + name + "}"


def without_braces(text: str) -> tuple[str, bool]:
    """The name, and whether it was marked as that of an organisation."""
    if text.startswith("{") and text.endswith("}") and text[1:-1].strip():
        return text[1:-1].strip(), True
    return text, False
