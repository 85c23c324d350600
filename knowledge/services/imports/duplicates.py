"""Finds out which new rows are probably there already: by DOI, address, or nearly the same title."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from knowledge.models import Organisation
from knowledge.services.imports.schema import ParsedRow

SHORTEST_TITLE = 6
ALIKE = 92
# Titles are compared with spelling mistakes up to that many pairs: about two seconds.
MAX_PAIRS = 2_000_000
_ADDRESS = re.compile(r"^https?://(?:www\.)?", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]+")
_NO_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Likeness:
    """A row and what it resembles: an entry of the site, or an earlier row of the same file."""

    row: int
    title: str
    reason: str
    other: str
    url: str = ""


@dataclass(frozen=True)
class _Seen:
    """Something that was met before; ``row`` is None for entries of the site."""

    pk: int
    title: str
    year: int | None
    row: int | None = None


class DuplicateFinder:
    """Looks at the new rows of an import, batch by batch.

    ``items`` are the entries the person may know of. Their keys are held in memory: about 200 bytes
    for each.
    """

    def __init__(self, items: QuerySet[Any]) -> None:
        self._model = items.model
        self._heading = "name" if items.model is Organisation else "title"
        self._by_key: dict[tuple[str, int], _Seen] = {}
        self._titles: dict[str, _Seen] = {}
        self._compared = 0
        self.found: list[Likeness] = []
        fields = (
            self._heading,
            *(("website",) if self._heading == "name" else ("url", "doi", "year")),
        )
        for pk, title, url, *more in items.order_by("pk").values_list("pk", *fields).iterator():
            doi, year = more or ("", None)
            self._remember(_Seen(pk, title[:120], year), title, url, doi)

    def look(self, rows: Iterable[ParsedRow]) -> None:
        """Note the rows that resemble something."""
        for row in rows:
            values = row.values
            title = values.get(self._heading, "")
            url = values.get("website" if self._heading == "name" else "url", "")
            year = values.get("year")
            if found := self._find(title, url, values.get("doi", ""), year):
                self._note(row.number, title, *found)
            self._remember(
                _Seen(0, title[:120], year, row.number), title, url, values.get("doi", "")
            )

    def _remember(self, seen: _Seen, title: str, url: str, doi: str) -> None:
        for key in self._keys(title, url, doi):
            self._by_key.setdefault(key, seen)
        if seen.row is None and (plain := _plain_title(title)):
            self._titles.setdefault(plain, seen)

    def _find(self, title: str, url: str, doi: str, year: int | None) -> tuple[_Seen, str] | None:
        for key in self._keys(title, url, doi):
            seen = self._by_key.get(key)
            if seen and (key[0] != "title" or _may_be_one(seen.year, year)):
                return seen, key[0]
        self._compared += len(self._titles)
        plain = _plain_title(title)
        if not plain or self._compared > MAX_PAIRS:
            return None
        near = process.extractOne(plain, self._titles.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE)
        # "Part 1" and "Part 2" are as alike as a slip of the pen, but two works.
        if not near or _DIGITS.findall(near[0]) != _DIGITS.findall(plain):
            return None
        if _may_be_one(self._titles[near[0]].year, year):
            return self._titles[near[0]], "title"
        return None

    def _keys(self, title: str, url: str, doi: str) -> list[tuple[str, int]]:
        """Keys of an entry, the surest first; as numbers, which need less memory than texts."""
        keys = []
        if doi:
            keys.append(("doi", hash(doi.casefold())))
        address = _ADDRESS.sub("", url).rstrip("/").casefold()
        # The bare address of a site belongs to one organisation, but to all that it publishes.
        if address and (self._heading == "name" or "/" in address):
            keys.append(("url", hash(address)))
        if plain := _plain_title(title):
            keys.append(("title", hash(plain)))
        return keys

    def _note(self, row: int, title: str, seen: _Seen, key: str) -> None:
        reasons = {
            "doi": _("the same DOI"),
            "url": _("the same address"),
            "title": _("nearly the same title"),
        }
        if seen.row is not None:
            other, url = _("row %(row)s of this file") % {"row": seen.row}, ""
        else:
            other = seen.title
            url = self._model(pk=seen.pk, **{self._heading: seen.title}).get_absolute_url()
        self.found.append(Likeness(row, title[:120], reasons[key], other, url))


def _plain_title(title: str) -> str:
    """The letters and digits of a title; nothing for titles that say too little."""
    text = unicodedata.normalize("NFKD", title).casefold()
    text = "".join(char for char in text if not unicodedata.combining(char))
    plain = _NO_WORD.sub(" ", text).strip()
    return plain if len(plain) >= SHORTEST_TITLE else ""


def _may_be_one(one: int | None, other: int | None) -> bool:
    """Annual reports have one title and many years."""
    return one is None or other is None or one == other
