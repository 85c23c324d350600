"""From what was found to values of our forms: rows of our vocabularies instead of codes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pycountry

from knowledge.models import Language, Licence, ResourceType
from knowledge.models.identifiers import normalise_doi
from knowledge.services.metadata.facts import ORGANISATION, Fact, Facts, Party, best_of
from nexsm.base.media.names import clean_line

_CC = re.compile(
    r"(?:https?://)?(?:www\.)?creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/([1-4]\.0)"
    r"(?:/(?:deed|legalcode)(?:\.[\w-]+)?|/)?\Z",
    re.IGNORECASE,
)
_SPELLED_CC = re.compile(r"(CC0|CC[ -]BY(?:-(?:NC|SA|ND|NC-SA|NC-ND))?)[ -]([1-4]\.0)\Z")
_LONGEST_LANGUAGE = 35


def suggestions_from(found: Iterable[Facts]) -> dict[str, Fact]:
    """Field of a draft → value and where it stood, best source first.

    Values are plain: codes of vocabularies, texts, the year as a number, lists of names. What our
    vocabularies do not know is left out.
    """
    best = best_of(found)
    values: dict[str, Fact] = {}
    for field, key, convert in (
        ("title", "title", str),
        ("summary", "abstract", str),
        ("type", "kinds", type_for),
        ("language", "language", language_for),
        ("persons", "authors", _persons),
        ("organisations", "authors", _organisations),
        ("publishers", "publisher", lambda name: [name]),
        ("year", "year", int),
        ("licence", "licence", licence_for),
        ("doi", "doi", lambda doi: clean_line(normalise_doi(doi))),
    ):
        fact = best.get(key)
        value: Any = convert(fact.value) if fact else None
        if fact and value:
            values[field] = Fact(value, fact.source)
    return values


def _persons(authors: tuple[Party, ...]) -> list[str]:
    """Whoever is not called an organisation: people are the rule."""
    return [one.name for one in authors if one.kind != ORGANISATION]


def _organisations(authors: tuple[Party, ...]) -> list[str]:
    return [one.name for one in authors if one.kind == ORGANISATION]


def language_for(tag: str) -> str:
    """Code of our language row for a BCP 47 tag or an ISO 639 code of three letters, else empty."""
    text = tag.strip().replace("_", "-")[:_LONGEST_LANGUAGE]
    primary = text.split("-")[0].lower()
    iso = None
    if len(primary) == 3 and primary.isascii() and primary.isalpha():  # noqa: PLR2004 - ISO 639-2 and -3
        iso = pycountry.languages.get(alpha_3=primary) or pycountry.languages.get(
            bibliographic=primary
        )
    known = {
        code.lower(): code for code in Language.objects.offered().values_list("code", flat=True)
    }
    candidates = (text.lower(), primary, getattr(iso, "alpha_2", ""))
    return next((known[code] for code in candidates if code in known), "")


def licence_for(text: str) -> str:
    """Code of our licence row for an address or a name; another version is another licence."""
    text = text.strip()
    if match := _CC.match(text):
        wanted = "/".join(match.groups()).lower()
    elif match := _SPELLED_CC.match(text.upper()):
        wanted = "-".join(match.groups()).replace(" ", "-")
    else:
        wanted = text.lower().rstrip("/")
    for code, url in Licence.objects.filter(is_active=True).values_list("code", "url"):
        ours = _CC.match(url)
        address = "/".join(ours.groups()).lower() if ours else url.lower().rstrip("/")
        if wanted and wanted.lower() in {code.lower(), address}:
            return str(code)
    return ""


def type_for(kinds: Iterable[tuple[str, str]]) -> str:
    """Code of our type by its names in other formats, if exactly one has that name or bears it."""
    rows = list(ResourceType.objects.filter(is_active=True))
    for column, value in kinds:
        same = [row.code for row in rows if getattr(row, column, "").lower() == value.lower()]
        bearing = [code for code in same if code == value.lower()]
        if len(same) == 1 or bearing:
            return str((bearing or same)[0])
    return ""
