"""What users type: words, "phrases", -words to leave out, field:value. Never raises on any string."""

from __future__ import annotations

from dataclasses import dataclass

import regex

MAX_CHARACTERS = 256
MAX_CLAUSES = 32

# The only fields a user may name, in German and English, and the index field behind each.
FIELDS = {
    "title": "title",
    "titel": "title",
    "tag": "tags",
    "schlagwort": "tags",
    "publisher": "org",
    "herausgeber": "org",
    "organisation": "org",
    "author": "org",
    "autor": "org",
    "autorin": "org",
    "year": "year",
    "jahr": "year",
}
_YEAR = regex.compile(r"(?P<low>[0-9]{4})(?:(?:-|\.\.)(?P<high>[0-9]{4}))?\Z")
_UNPRINTABLE = regex.compile(r"[\p{Cc}\p{Cs}\u200b\u2060\ufeff\u202a-\u202e\u2066-\u2069]+")
_QUOTES = regex.compile(r"[„“”«»‟″＂]")
# A quotation that is never closed is no quotation: its words are plain words.
_CLAUSE = regex.compile(
    r"(?<!\S)(?P<minus>[-\u2212](?=[^\s-]))?(?:(?P<field>\p{L}+):(?=\S))?"
    r"(?:\"(?P<phrase>[^\"]*)\"|(?P<word>\S+))"
    r"|\"(?P<phrase>[^\"]*)\"|(?P<word>\S+)",
    regex.VERSION1,
)


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query as typed."""

    text: str
    field: str | None = None
    is_phrase: bool = False
    is_excluded: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether it is neither quoted nor excluded nor looked for in one field."""
        return not (self.is_phrase or self.is_excluded or self.field)


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query cut into clauses, and the years a ``year:`` clause asks for."""

    clauses: tuple[Clause, ...]
    years: tuple[int, int] | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing is searched for."""
        return not self.clauses


def parse(text: str) -> ParsedQuery:
    """Cut a query into clauses. Uses at most 256 characters and 32 clauses; never raises."""
    plain = _QUOTES.sub('"', _UNPRINTABLE.sub(" ", text))[:MAX_CHARACTERS]
    clauses: list[Clause] = []
    years: tuple[int, int] | None = None
    for match in _CLAUSE.finditer(plain):
        if len(clauses) >= MAX_CLAUSES:
            break
        phrase, word = match["phrase"], match["word"]
        name = (match["field"] or "").lower()
        field = FIELDS.get(name)
        value = phrase if phrase is not None else word
        if field == "year":
            found = _YEAR.match(value)
            if found is not None and not match["minus"]:
                low = int(found["low"])
                years = (low, int(found["high"] or low))
                continue
            field = None
        if name and field is None:
            value = f"{match['field']}:{value}"
        if not value.strip():
            continue
        clauses.append(
            Clause(
                text=value.strip('"').strip(),
                field=field,
                is_phrase=phrase is not None,
                is_excluded=bool(match["minus"]),
            )
        )
    return ParsedQuery(tuple(clause for clause in clauses if clause.text), years)
