"""Reads BibTeX and BibLaTeX files: bibtexparser finds the entries, this module says what they mean."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from bibtexparser.entrypoint import parse_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import (
    parse_single_name_into_parts,
    split_multiple_persons_names,
)
from bibtexparser.model import DuplicateBlockKeyBlock, Entry
from django.utils.translation import gettext as _
from pylatexenc.latex2text import LatexNodes2Text

from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.recognition import encoding_name, recognise
from knowledge.services.imports.references import HEADER, Reference, Translator, person_name
from knowledge.services.imports.table import Row

# bibtexparser holds the whole file in memory, with every entry as objects.
MAX_BYTES = 20 * 1024 * 1024
# BibLaTeX's own list of other names (manual, 2.1.2 "Type Aliases").
_KINDS = {
    "conference": "inproceedings",
    "electronic": "online",
    "www": "online",
    "mastersthesis": "thesis",
    "phdthesis": "thesis",
    "techreport": "report",
    "inbook": "incollection",
    "collection": "book",
    "mvbook": "book",
    "proceedings": "book",
    "movie": "video",
    "periodical": "article",
}
_latex = LatexNodes2Text(keep_comments=True, math_mode="verbatim")
_ESCAPED = re.compile(r"\\([%&#_~{}$])")
_BRACED = re.compile(r"\{[^{}]*\}")
_PART = re.compile(r'\s*(?:"((?:[^"{}]|\{[^{}]*\})*)"|\{([^{}]*)\}|([\w:.+/-]+))\s*(?:#|\Z)')
logging.getLogger("bibtexparser").setLevel(logging.ERROR)


@dataclass(frozen=True)
class BibtexTable:
    """A BibTeX file whose encoding is known."""

    path: Path
    codec: str
    header: tuple[str, ...] = HEADER

    @property
    def read_as(self) -> str:
        """Format and encoding."""
        return _("Read as %(format)s, %(encoding)s.") % {
            "format": "BibTeX",
            "encoding": encoding_name(self.codec),
        }

    @cached_property
    def _library(self) -> Library:
        return parse_string(self.path.read_text(encoding=self.codec))

    def rows(self, problems: Problems) -> Iterator[Row]:
        """One row for each entry; its number is the line where the entry begins."""
        library = self._library
        for failed in library.failed_blocks:
            if not isinstance(failed, DuplicateBlockKeyBlock):
                reason = _("This entry cannot be read: are braces or commas missing?")
                problems.add((failed.start_line or 0) + 1, "", reason)
        strings = {name.lower(): string.value for name, string in library.strings_dict.items()}
        translator = Translator("biblatex", "bibtex")
        for block in library.blocks:
            entry = block.ignore_error_block if isinstance(block, DuplicateBlockKeyBlock) else block
            if isinstance(entry, Entry):
                yield translator.row(_Reading(entry, strings).reference())


def open_bibtex(path: Path) -> BibtexTable:
    """Find the encoding. Raises ImportRefusedError if it is not certain or the file is too big."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImportRefusedError.because(_("A BibTeX file may have at most 20 MB."))
        return BibtexTable(path, recognise(path))
    except OSError as error:
        reason = _("The file cannot be opened: %(reason)s") % {"reason": error.strerror}
        raise ImportRefusedError.because(reason) from error


class _Reading:
    """What the fields of one entry mean."""

    def __init__(self, entry: Entry, strings: dict[str, str]) -> None:
        self._entry = entry
        self._strings = strings
        self._fields = {field.key.lower(): str(field.value) for field in entry.fields}

    def reference(self) -> Reference:
        """The entry as a reference."""
        kind = self._entry.entry_type.lower()
        title, subtitle = self._text("title"), self._text("subtitle")
        return Reference(
            line=(self._entry.start_line or 0) + 1,
            key=self._key(),
            kinds=[self._text("entrysubtype"), kind, _KINDS.get(kind, "")],
            title=f"{title}: {subtitle}" if subtitle else title,
            abstract=self._text("abstract"),
            language=self._text("langid", "language"),
            publisher=self._text("publisher", "institution", "organization", "school"),
            persons=self._persons("author"),
            date=self._text("date", "year"),
            keywords=re.split(r"\s*[;,]\s*", self._text("keywords")),
            urls=[self._address("url"), self._address("howpublished")],
            doi=self._address("doi"),
            isbn=self._text("isbn"),
        )

    def _key(self) -> str:
        """The key; of our own exports our number."""
        is_ours = self._fields.get("eprinttype") == "nexsm"
        return self._fields.get("eprint", "") if is_ours else str(self._entry.key)

    def _raw(self, name: str) -> str:
        value = self._fields.get(name, "")
        return self._joined(value) if "#" in value else value

    def _joined(self, value: str) -> str:
        """Parts joined by ``#``; the parser has replaced names only where they stand alone."""
        parts, at = [], 0
        while at < len(value):
            match = _PART.match(value, at)
            if match is None:
                return value  # the sign is text
            quoted, braced, name = match.groups()
            parts.append(self._strings.get(name.lower(), name) if name else quoted or braced or "")
            at = match.end()
        return "".join(parts) if len(parts) > 1 else value

    def _text(self, *names: str) -> str:
        """The first field that is not empty, with LaTeX turned into letters."""
        raw = next(filter(None, map(self._raw, names)), "")
        return _plain(raw)

    def _address(self, name: str) -> str:
        """An address: here ``%`` and ``~`` are no LaTeX."""
        raw = re.sub(r"\\url\s*\{([^{}]*)\}", r"\1", self._raw(name))
        return _ESCAPED.sub(r"\1", raw).strip("{} ")

    def _persons(self, name: str) -> list[tuple[str, bool]]:
        """Names in their order. What stands in braces as a whole is an organisation."""
        persons = []
        for text in split_multiple_persons_names(self._raw(name)):
            if _is_braced(text):
                persons.append((_plain(text), True))
            elif "," in _BRACED.sub("", text):
                persons.append((person_name(_plain_parts(text)), False))
            elif text.lower() != "others":
                persons.append((_plain(text), False))
        return [person for person in persons if person[0]]


def _plain_parts(text: str) -> str:
    """The parts of a name between commas outside of braces, as BibTeX reads them."""
    parts = parse_single_name_into_parts(text, strict=False)
    family = " ".join([*parts.von, *parts.last])
    return _plain(", ".join(filter(None, [family, " ".join(parts.jr), " ".join(parts.first)])))


def _is_braced(text: str) -> bool:
    """Whether the first brace is closed by the last sign."""
    if not (text.startswith("{") and text.endswith("}")):
        return False
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "{") - (sign == "}")
        if depth == 0:
            return place == len(text) - 1
    return False


def _plain(text: str) -> str:
    """Text without commands and braces; one line."""
    if "\\" in text or "{" in text or "$" in text or "~" in text or "--" in text:
        # A percent sign begins a comment in LaTeX; in these files it is nearly always meant. The
        # accent of its own, which pylatexenc makes of this command, is hardly ever.
        text = re.sub(r"(?<!\\)%", r"\\%", text)
        text = _latex.latex_to_text(re.sub(r"\\textasciicircum(?:\{\}|\b)", "^", text))
    return " ".join(text.split())
