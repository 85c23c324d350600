"""What was found, in a form that does not depend on where it stood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any


class Source(StrEnum):
    """Where a value stood."""

    FILE = "file"
    FILE_TEXT = "file-text"
    PAGE = "page"
    DOI = "doi"


PERSON, ORGANISATION = "person", "organisation"


@dataclass(frozen=True, slots=True)
class Party:
    """A person or an organisation by its whole name. ``kind`` is empty if the source does not say."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one source says. Empty: it does not say.

    ``language`` is a tag as it stood there ("de-DE", "ger"), ``licence`` an address or a code.
    ``kinds`` are pairs of a column of `ResourceType` (``csl``, ``zotero``, ``schema_org``, ``hcrt``) and
    its value, best first.
    """

    source: Source
    title: str = ""
    authors: tuple[Party, ...] = ()
    publisher: str = ""
    abstract: str = ""
    language: str = ""
    year: int | None = None
    licence: str = ""
    doi: str = ""
    kinds: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Plain values for the way out of the child."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Fact:
    """One value and where it stood."""

    value: Any
    source: Source


def from_json(row: dict[str, Any]) -> Facts:
    """The reverse of `Facts.as_json`. Raises KeyError, TypeError or ValueError for anything else."""
    return Facts(
        **{
            **row,
            "source": Source(row["source"]),
            "authors": tuple(Party(**party) for party in row["authors"]),
            "kinds": tuple((column, value) for column, value in row["kinds"]),
        }
    )


def best_of(found: Iterable[Facts]) -> dict[str, Fact]:
    """Field → value; of several sources that name one, the first counts."""
    best: dict[str, Fact] = {}
    for facts in found:
        for field in fields(Facts):
            value = getattr(facts, field.name)
            if field.name != "source" and value:
                best.setdefault(field.name, Fact(value, facts.source))
    return best


def merged(found: Iterable[Facts], source: Source) -> Facts:
    """One of several descriptions of the same thing, best first."""
    return Facts(source, **{name: fact.value for name, fact in best_of(found).items()})
