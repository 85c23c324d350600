"""Reads RIS files as literature programs write them, also careless ones.

There is no standard but custom: a tag of two signs, two spaces, a hyphen, a space, the value. Here
one space will do, values may go on in the next lines, and the end mark ``ER`` may be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.recognition import encoding_name, recognise
from knowledge.services.imports.references import (
    HEADER,
    Reference,
    Translator,
    looks_like_organisation,
    person_name,
)
from knowledge.services.imports.table import Row

_LINE = re.compile(r"\s*([A-Z][A-Z0-9]) {1,2}-(?: (.*)|\s*)")
LONGEST_VALUE = 1_000_000
# Names of one program for what others call otherwise.
_KINDS = {
    "EJOUR": "JOUR",
    "MGZN": "JOUR",
    "NEWS": "JOUR",
    "JFULL": "JOUR",
    "INPR": "JOUR",
    "EBOOK": "BOOK",
    "EDBOOK": "BOOK",
    "ECHAP": "CHAP",
    "CPAPER": "CONF",
    "WEB": "ELEC",
    "BLOG": "ELEC",
    "ICOMM": "ELEC",
    "MPCT": "VIDEO",
    "ADVS": "VIDEO",
    "GOVDOC": "RPRT",
    "STAND": "RPRT",
    "AGGR": "DATA",
    "DBASE": "DATA",
}
Fields = dict[str, list[str]]


@dataclass(frozen=True)
class RisTable:
    """A RIS file whose encoding is known."""

    path: Path
    codec: str
    header: tuple[str, ...] = HEADER

    @property
    def read_as(self) -> str:
        """Format and encoding."""
        return _("Read as %(format)s, %(encoding)s.") % {
            "format": "RIS",
            "encoding": encoding_name(self.codec),
        }

    def rows(self, problems: Problems) -> Iterator[Row]:
        """One row for each reference; its number is the line where the reference begins."""
        translator = Translator("ris")
        for line, fields in self._records(problems):
            yield translator.row(_reference(line, fields))

    def _records(self, problems: Problems) -> Iterator[tuple[int, Fields]]:
        """The line where each reference begins, and its values by tag. A new ``TY`` ends one, too."""
        fields: Fields = {}
        begin, last = 0, ""
        with self.path.open(encoding=self.codec) as file:
            for number, text in enumerate(file, start=1):
                tag, value = _tag_and_value(text)
                if tag in {"TY", "ER"} and fields:
                    yield begin, fields
                    fields = {}
                if tag == "TY":
                    fields, begin, last = {"TY": [value]}, number, ""
                elif fields:
                    last = _add(fields, tag, value, last)
                elif value:
                    problems.add(number, "", _("A reference must begin with a line “TY  - …”."))
                    return
        if fields:
            yield begin, fields


def _tag_and_value(line: str) -> tuple[str, str]:
    """What a line holds; without a tag it goes on with the value before."""
    match = _LINE.fullmatch(line.rstrip("\n"))
    tag, value = match.groups() if match else ("", line)
    return tag, (value or "").strip()


def _add(fields: Fields, tag: str, value: str, last: str) -> str:
    """Put a value to the others of its tag. Returns the tag that the next line may go on with."""
    if tag:
        fields.setdefault(tag, []).append(value)
        return tag
    if value and last:
        fields[last][-1] = f"{fields[last][-1]} {value}"[:LONGEST_VALUE]
    return last


def open_ris(path: Path) -> RisTable:
    """Find the encoding. Raises ImportRefusedError if it is not certain."""
    try:
        return RisTable(path, recognise(path))
    except OSError as error:
        reason = _("The file cannot be opened: %(reason)s") % {"reason": error.strerror}
        raise ImportRefusedError.because(reason) from error


def _reference(line: int, fields: Fields) -> Reference:
    def first(*tags: str) -> str:
        return next((value for tag in tags for value in fields.get(tag, ()) if value), "")

    def every(*tags: str) -> list[str]:
        return [value for tag in tags for value in fields.get(tag, ()) if value]

    kind = first("TY").upper()
    words = every("KW")
    if len(words) == 1:  # some programs write all of them into one line
        words = re.split(r"\s*[;,]\s*", words[0])
    return Reference(
        line=line,
        key=first("ID", "AN"),
        kinds=[first("M3"), kind, _KINDS.get(kind, "")],
        title=first("TI", "T1", "CT", "BT"),
        abstract=first("AB", "N2"),
        language=first("LA"),
        publisher=first("PB"),
        persons=[_person(name) for name in every("AU", "A1")],
        date=first("PY", "Y1", "DA"),
        keywords=words,
        urls=every("UR", "L2", "LK", "L1"),
        doi=first("DO"),
        isbn=first("SN"),
    )


def _person(name: str) -> tuple[str, bool]:
    """The name, and whether it is an organisation's: those are never turned round."""
    if looks_like_organisation(name):
        return name, True
    return person_name(name), False
