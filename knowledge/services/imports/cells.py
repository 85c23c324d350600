"""Reads the values of one row; what is wrong is noted with row, column and reason."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

from knowledge.services.imports.lookups import Vocabulary
from knowledge.services.imports.notation import split_values
from knowledge.services.imports.problems import Problems
from knowledge.services.imports.recognition import MOJIBAKE
from knowledge.services.imports.table import Row
from nexsm.base.media.names import has_something_to_see

MAX_VALUES = 50
MAX_VALUE = 200
# Tab and line ends are text; U+202D and U+202E make a name read as another one.
_FORBIDDEN = re.compile(
    "[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202d\u202e\ufffd\ufffe\uffff]"
)
# Spreadsheets keep dates as dates: of 2024-05-01 the year is meant.
_DATE = re.compile(r"(?<=^[0-9]{4})-[0-9]{2}-[0-9]{2}$")
_SPACES = re.compile(r"\s+")
_validate_url = URLValidator(schemes=["http", "https"])


class Cells:
    """The cells of one row. A column that the file does not have reads as empty."""

    def __init__(self, row: Row, problems: Problems) -> None:
        self.row = row
        self._problems = problems
        self._before = problems.total
        self._damaged: set[str] = set()
        self._cells = {name: self._clean(name, cell) for name, cell in row.cells.items()}

    @property
    def is_sound(self) -> bool:
        """Whether no problem was found in this row."""
        return self._problems.total == self._before

    @property
    def problems_found(self) -> int:
        """How many problems were found so far."""
        return self._problems.total

    def problem(self, column: str, reason: str) -> None:
        """Note a problem in this row."""
        self._problems.add(self.row.number, column, reason)

    def text(self, column: str, *, most: int, required: bool = False) -> str:
        """One line of text; line ends and repeated spaces become one space."""
        text = _SPACES.sub(" ", self._cells.get(column, ""))
        return self._measured(column, text, most, required=required)

    def paragraphs(self, column: str, *, most: int) -> str:
        """Text of several lines, as it stands."""
        text = self._cells.get(column, "").replace("\r\n", "\n").replace("\r", "\n")
        return self._measured(column, text, most, required=False)

    def values(self, column: str, *, most: int = MAX_VALUES, longest: int = MAX_VALUE) -> list[str]:
        """Values between semicolons, each once, in order."""
        written = split_values(self._cells.get(column, ""))
        parts = (_SPACES.sub(" ", part).strip() for part in written)
        values = list(dict.fromkeys(part for part in parts if part))
        if len(values) > most:
            self.problem(
                column,
                _("%(found)s values, at most %(most)s are allowed")
                % {"found": len(values), "most": most},
            )
            return []
        for value in values:
            self._measured(column, value, longest, required=False)
        return values

    def code(
        self, column: str, vocabulary: Vocabulary, what: str, *, required: bool = False
    ) -> str:
        """The code of one vocabulary row, or nothing."""
        text = self.text(column, most=MAX_VALUE, required=required)
        return self._find(column, text, vocabulary, what) if text else ""

    def codes(self, column: str, vocabulary: Vocabulary, what: str) -> list[str]:
        """The codes of several vocabulary rows."""
        found = (self._find(column, text, vocabulary, what) for text in self.values(column))
        return list(dict.fromkeys(code for code in found if code))

    def year(self, column: str, first: int, last: int) -> int | None:
        """A year, or None for an empty cell."""
        text = self._cells.get(column, "")
        if not text:
            return None
        text = _DATE.sub("", text)
        if not re.fullmatch(r"[0-9]{4}", text):
            self.problem(
                column, _('"%(text)s" is not a year of four digits') % {"text": brief(text)}
            )
            return None
        year = int(text)
        if not first <= year <= last:
            self.problem(
                column,
                _("%(year)s is not between %(first)s and %(last)s")
                % {"year": year, "first": first, "last": last},
            )
            return None
        return year

    def url(self, column: str, *, most: int) -> str:
        """A web address, or nothing."""
        return self.check_url(column, self._cells.get(column, ""), most=most)

    def identifier(
        self,
        column: str,
        validate: Callable[[str], None],
        normalise: Callable[[str], str] = str,
    ) -> str:
        """A number such as a DOI that a validator of the model accepts, or nothing."""
        text = normalise(self.text(column, most=MAX_VALUE))
        if not text:
            return ""
        try:
            validate(text)
        except ValidationError as error:
            self.problem(column, " ".join(error.messages))
            return ""
        return text

    def check_url(self, column: str, text: str, *, most: int) -> str:
        """The text if it is a web address, else nothing and a problem."""
        if not text or not self._measured(column, text, most, required=False):
            return ""
        try:
            _validate_url(text)
            scheme = urlsplit(text).scheme
        except (ValidationError, ValueError):
            scheme = ""
        if scheme not in {"http", "https"}:
            self.problem(
                column,
                _('"%(text)s" is not a web address that starts with https:// or http://')
                % {"text": brief(text)},
            )
            return ""
        return text

    def choice(self, column: str, choices: Sequence[str], what: str, *, required: bool) -> str:
        """One of a few fixed values."""
        text = self.text(column, most=MAX_VALUE, required=required).casefold()
        if not text or text in choices:
            return text
        self.problem(
            column,
            _('"%(text)s" is not a known %(what)s. Known are: %(known)s')
            % {"text": brief(text), "what": what, "known": ", ".join(choices)},
        )
        return ""

    def _find(self, column: str, text: str, vocabulary: Vocabulary, what: str) -> str:
        row = vocabulary.find(text)
        if row is None:
            self.problem(
                column,
                _('"%(text)s" is not a known %(what)s') % {"text": brief(text), "what": what},
            )
            return ""
        return row.code

    def _clean(self, column: str, cell: str) -> str:
        if found := _FORBIDDEN.search(cell):
            self._damaged.add(column)
            self.problem(column, _forbidden(found.group()))
            return ""
        if not cell.isascii():
            if found := MOJIBAKE.search(cell):
                self._damaged.add(column)
                around = cell[max(0, found.start() - 10) : found.end() + 10]
                self.problem(
                    column,
                    _('letters were damaged when the file was saved: "%(text)s"')
                    % {"text": brief(around)},
                )
                return ""
            cell = unicodedata.normalize("NFC", cell)
        return cell.strip()

    def _measured(self, column: str, text: str, most: int, *, required: bool) -> str:
        if required and not has_something_to_see(text) and column not in self._damaged:
            self.problem(column, _("this cell must not be empty"))
        if len(text) > most:
            self.problem(
                column,
                _("%(found)s characters, at most %(most)s are allowed")
                % {"found": len(text), "most": most},
            )
            return ""
        return text


def brief(text: str, length: int = 60) -> str:
    """Enough of a text to find it again, safe to print."""
    shown = "".join(char if char.isprintable() else "�" for char in text[: length + 1])
    return shown if len(shown) <= length else shown[:length] + "…"


def _forbidden(char: str) -> str:
    if char == "\0":
        return _("contains a NUL character")
    if char == "\ufffd":
        return _("contains the sign � in place of a letter that was lost")
    return _("contains a control character (U+%(code)s)") % {"code": f"{ord(char):04X}"}
