"""The example content as typed records. A field nobody knows, or a missing one, is an error."""

from __future__ import annotations

import json
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, TypeVar

from nexsm.demo.identity import demo_uuid

DATA = Path(__file__).resolve().parent / "data"
BLOCK_KINDS = ("heading", "text", "list")
AUTHOR_KINDS = ("person", "organisation")
READ_ME = "_read_me"


class DataError(ValueError):
    """The data files of the demo are not what the loader expects."""


@dataclass(frozen=True)
class OrganisationData:
    """An invented organisation or online community."""

    id: str
    name: str
    short_name: str
    other_names: list[str]
    kind: str
    description: str
    text_language: str
    languages: list[str]
    country: str
    region: str
    city: str
    postal_code: str
    district: str
    show_district_only: bool
    topics: list[str]
    founded: int
    website: str
    social: list[dict[str, str]]
    verification: str
    texts: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class ResourceData:
    """An invented resource in one language."""

    id: str
    work: str
    source: str
    title: str
    summary: str
    body: list[dict[str, Any]]
    type: str
    language: str
    easy_language: str
    publishers: list[str]
    authors: list[dict[str, str]]
    year: int
    regions: list[str]
    topics: list[str]
    tags: list[str]
    audiences: list[str]
    licence: str
    url: str
    pdf: bool
    cover: str


@dataclass(frozen=True)
class HomeData:
    """A home page."""

    key: str
    language: str
    slug: str
    title: str
    intro_title: str
    intro_text: str


@dataclass(frozen=True)
class ConferencesData:
    """The list of conferences."""

    language: str
    slug: str
    title: str
    introduction: str


@dataclass(frozen=True)
class ContentData:
    """A page of running text."""

    key: str
    language: str
    slug: str
    title: str
    show_in_footer: bool
    introduction: str
    body: list[dict[str, Any]]


@dataclass(frozen=True)
class NamedOrganisation:
    """A real organisation, with no more than the facts say."""

    id: str
    name: str
    other_names: list[str]
    description: str
    text_language: str


@dataclass(frozen=True)
class IntroductionData:
    """What we say about NexSM24 in our own words."""

    language: str
    introduction: str
    body: list[dict[str, Any]]


Record = TypeVar("Record")


def read(name: str) -> dict[str, Any]:
    """Read one data file without its remark to the reader."""
    content: dict[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    content.pop(READ_ME, None)
    return content


def record(kind: type[Record], raw: dict[str, Any], where: str) -> Record:
    """Make a typed record. Raises DataError naming fields that are unknown or missing."""
    known = {entry.name for entry in fields(kind)}  # type: ignore[arg-type]
    needed = {
        entry.name
        for entry in fields(kind)  # type: ignore[arg-type]
        if entry.default_factory is MISSING
    }
    for problem, names in (("unknown", set(raw) - known), ("missing", needed - set(raw))):
        if names:
            raise DataError(f"{where}: {problem} field {', '.join(sorted(names))}")
    return kind(**raw)


def only(raw: dict[str, Any], allowed: set[str], where: str) -> dict[str, Any]:
    """Return the mapping if it has no other fields. Raises DataError naming those it has."""
    if set(raw) - allowed:
        raise DataError(f"{where}: unknown field {', '.join(sorted(set(raw) - allowed))}")
    return raw


@cache
def organisations() -> tuple[OrganisationData, ...]:
    """All invented organisations. Raises DataError."""
    found = []
    for path in sorted(DATA.glob("organisations.*.json")):
        rows = only(read(path.name), {"organisations"}, path.name)["organisations"]
        found += [record(OrganisationData, row, f"{path.name} {row.get('id')}") for row in rows]
    _refuse_repeated([item.id for item in found])
    return tuple(found)


@cache
def resources() -> tuple[ResourceData, ...]:
    """All invented resources, a source before its translations. Raises DataError."""
    found = []
    for path in sorted(DATA.glob("resources.*.json")):
        rows = only(read(path.name), {"resources"}, path.name)["resources"]
        for row in rows:
            where = f"{path.name} {row.get('id')}"
            item = record(ResourceData, row, where)
            _check_blocks(item.body, where)
            for author in item.authors:
                only(author, set(AUTHOR_KINDS), where)
            found.append(item)
    _refuse_repeated([item.id for item in found])
    return tuple(sorted(found, key=lambda item: bool(item.source)))


@cache
def site_pages() -> dict[str, Any]:
    """Texts of the site's own pages as records. Raises DataError."""
    raw = only(
        read("pages.json"), {"home", "conferences", "content", "organisations"}, "pages.json"
    )
    for row in raw["content"]:
        _check_blocks(row.get("body", []), "pages.json")
    return {
        "home": tuple(record(HomeData, row, "pages.json home") for row in raw["home"]),
        "conferences": record(ConferencesData, raw["conferences"], "pages.json conferences"),
        "content": tuple(record(ContentData, row, "pages.json content") for row in raw["content"]),
        "organisations": tuple(
            record(NamedOrganisation, row, "pages.json organisations")
            for row in raw["organisations"]
        ),
    }


@cache
def workbook() -> dict[str, list[list[dict[str, Any]]]]:
    """Resource → further pages of its file, each made of blocks. Raises DataError."""
    name = "workbook.de.json"
    raw = only(read(name), {"resource", "pages"}, name)
    for page in raw["pages"]:
        _check_blocks(page, name)
    return {raw["resource"]: raw["pages"]}


@cache
def introduction() -> IntroductionData:
    """Our own introduction to NexSM24. Raises DataError."""
    name = "nexsm24.introduction.json"
    raw = read(name)
    _check_blocks(raw.get("body", []), name)
    return record(IntroductionData, raw, name)


def stream(body: list[dict[str, Any]], key: str) -> list[dict[str, Any]]:
    """Turn headings, texts and lists into the stored form of a StreamField, with stable ids."""
    blocks = []
    for number, block in enumerate(body):
        kind, value = next(iter(block.items()))
        identity = str(demo_uuid("block", key, str(number)))
        if kind == "heading":
            blocks.append(
                {"type": "heading", "value": {"text": value, "level": "2"}, "id": identity}
            )
        else:
            html = _list_html(value) if kind == "list" else paragraphs(value)
            blocks.append({"type": "paragraph", "value": html, "id": identity})
    return blocks


def paragraphs(text: str) -> str:
    """Turn plain text with empty lines between paragraphs into rich text."""
    parts = [part.strip() for part in text.split("\n\n") if part.strip()]
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts)


def _list_html(items: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(item, quote=False)}</li>" for item in items) + "</ul>"


def _check_blocks(body: list[dict[str, Any]], where: str) -> None:
    for block in body:
        if len(block) != 1 or next(iter(block)) not in BLOCK_KINDS:
            raise DataError(f"{where}: unknown block {block}")


def _refuse_repeated(ids: list[str]) -> None:
    repeated = sorted({item for item in ids if ids.count(item) > 1})
    if repeated:
        raise DataError(f"The same id stands twice: {', '.join(repeated)}")
