"""What RIS and BibTeX files have in common: a reference, and the row it becomes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pycountry
from babel import Locale
from django.core.exceptions import ValidationError

from knowledge.models import Language, ResourceType
from knowledge.models.identifiers import normalise_doi, validate_doi, validate_isbn
from knowledge.services.imports.lookups import Vocabulary
from knowledge.services.imports.notation import in_braces, join_values
from knowledge.services.imports.table import Row

HEADER = (
    *("id", "title", "summary", "body", "type", "language", "publisher", "authors"),
    *("year", "tags", "url", "doi", "isbn"),
)
REQUIRED = ("id", "title", "type", "language")
MAX_SUMMARY = 2000
MAX_TAGS = 20
MAX_TAG = 100
_YEAR = re.compile(r"(?<![0-9])(1[89][0-9]{2}|2[0-9]{3})(?![0-9])")
_ISBN = re.compile(r"[0-9Xx][0-9Xx -]{8,16}")
# The names of the babel package (LaTeX) that no list of languages has.
_BABEL = {
    "ngerman": "de",
    "naustrian": "de",
    "austrian": "de",
    "nswissgerman": "de",
    "american": "en",
    "british": "en",
    "usenglish": "en",
    "ukenglish": "en",
    "canadian": "en",
    "australian": "en",
    "farsi": "fa",
    "ukrainian": "uk",
}
# A name with one of these words is that of an organisation (German, English, French, Turkish).
_ORGANISATION = re.compile(
    r"""\be\.\s?V\.|\bg?GmbH\b|\bgUG\b|\bAG\b|
    verein\b|verband\b|verbund\b|netzwerk\b|stiftung\b|minist|institut|universit|hochschule|
    zentrum\b|bund(?:es)?amt\b|gesellschaft\b|akademie\b|forum\b|initiative\b|bündnis\b|
    \b(?:association|network|foundation|council|center|centre|society|committee|agency|ministry|
    commission|organi[sz]ation|fédération|réseau|fondation|dernek|derneği|vakfı)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass
class Reference:
    """One entry of a file. ``line`` is where it begins; ``kinds`` are its type's possible names."""

    line: int
    key: str = ""
    kinds: Sequence[str] = ()
    title: str = ""
    abstract: str = ""
    language: str = ""
    publisher: str = ""
    persons: list[tuple[str, bool]] = field(default_factory=list)
    date: str = ""
    keywords: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    doi: str = ""
    isbn: str = ""


class Translator:
    """Makes rows of references, by the mapping columns of the vocabulary of types."""

    def __init__(self, *columns: str) -> None:
        """``columns`` are those of `ResourceType` that name types of this format."""
        self._languages = Vocabulary(Language)
        self._types = _types_by_name(columns)

    def row(self, found: Reference) -> Row:
        """The row of a reference.

        What it does not say has no cell, so that fields of an item that exists are never emptied.
        """
        year = _YEAR.search(found.date)
        is_short = len(found.abstract) <= MAX_SUMMARY
        cells = {
            "id": found.key,
            "title": found.title,
            "summary": found.abstract if is_short else "",
            "body": "" if is_short else found.abstract,
            "type": next(
                (self._types[k] for k in map(str.lower, found.kinds) if k in self._types), ""
            ),
            "language": self._language(found.language),
            "publisher": join_values([found.publisher] if found.publisher else []),
            "authors": join_values(
                in_braces(name) if is_organisation else name
                for name, is_organisation in found.persons
            ),
            "year": year.group() if year else "",
            "tags": join_values(
                [word for word in found.keywords if len(word) <= MAX_TAG][:MAX_TAGS]
            ),
            "url": next(filter(None, map(_web_address, found.urls)), ""),
            "doi": _valid(validate_doi, normalise_doi(found.doi)),
            "isbn": next(
                filter(None, (_valid(validate_isbn, n) for n in _ISBN.findall(found.isbn))), ""
            ),
        }
        said = {name: text for name, text in cells.items() if text or name in REQUIRED}
        return Row(found.line, said)

    def _language(self, text: str) -> str:
        """The code of a language that is named by code or in words; nothing if it is not known."""
        name = text.strip().replace("_", "-").lower()
        if not name:
            return ""
        tries = (name, name.split("-")[0], _BABEL.get(name, ""), _language_names().get(name, ""))
        rows = (self._languages.find(code) for code in tries if code)
        return next((row.code for row in rows if row), "")


def looks_like_organisation(name: str) -> bool:
    """Whether a name has a word that only names of organisations have."""
    return bool(_ORGANISATION.search(name))


def person_name(name: str) -> str:
    """The name in the order of a title page: "Yıldız, Amina" becomes "Amina Yıldız"."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 2:  # noqa: PLR2004 - family name, given name
        return " ".join(filter(None, reversed(parts)))
    if len(parts) == 3:  # noqa: PLR2004 - family name, suffix, given name
        return " ".join(filter(None, (parts[2], parts[0], parts[1])))
    return name.strip()


def _types_by_name(columns: Sequence[str]) -> Mapping[str, str]:
    """Codes of our types by their own codes and by their names in a format.

    Several types share a name there. The one that is called so in some format is meant, else the
    last of the list, where the general ones stand. The default of a column says nothing.
    """
    types = list(ResourceType.objects.all())
    found: dict[str, str] = {}
    for column in columns:
        default = getattr(ResourceType(), column)
        named: dict[str, list[ResourceType]] = {}
        for row in types:
            if (name := getattr(row, column)) and name != default:
                named.setdefault(name.lower(), []).append(row)
        for name, rows in named.items():
            exact = [row for row in rows if row.code in {row.csl, row.zotero, row.biblatex}]
            found.setdefault(name, (exact or rows)[-1].code)
    return {**found, **{row.code.lower(): row.code for row in types}}


@lru_cache(maxsize=1)
def _language_names() -> dict[str, str]:
    """Two-letter codes by three-letter code and by name in English and German."""
    names: dict[str, str] = {}
    for ui in ("en", "de"):
        for code, name in Locale(ui).languages.items():
            names.setdefault(name.lower(), code)
    for language in pycountry.languages:
        code = getattr(language, "alpha_2", language.alpha_3)
        names.setdefault(language.name.lower(), code)
        for attribute in ("alpha_3", "bibliographic"):
            if alias := getattr(language, attribute, ""):
                names.setdefault(alias, code)
    return names


def _web_address(text: str) -> str:
    text = text.strip()
    if text.lower().startswith("www."):
        text = f"https://{text}"
    return text if text.lower().startswith(("http://", "https://")) and " " not in text else ""


def _valid(validate: Callable[[str], None], text: str) -> str:
    try:
        validate(text)
    except ValidationError:
        return ""
    return text.strip()
