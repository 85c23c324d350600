"""schema.org in JSON-LD, also in the profile AMB, whose keys carry no ``@``."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from knowledge.services.metadata import texts
from knowledge.services.metadata.facts import ORGANISATION, PERSON, Facts, Party, Source

Node = dict[str, Any]

_MAX_NODES = 500
_MAX_DEPTH = 8
# Not what a page is about, but what belongs to it.
_BESIDE = frozenset(
    [
        *("Organization", "NGO", "Corporation", "EducationalOrganization", "LocalBusiness"),
        *("Person", "WebSite", "BreadcrumbList", "ListItem", "ImageObject", "SearchAction"),
        *("SiteNavigationElement", "WPHeader", "WPFooter", "ItemList", "Place", "PostalAddress"),
    ]
)
# Said of anything: these name no kind of resource.
_GENERAL = frozenset(
    ["CreativeWork", "LearningResource", "WebPage", "DigitalDocument", "Thing", "MediaObject"]
)
_NARROWER = {
    **dict.fromkeys(["ScholarlyArticle", "NewsArticle", "BlogPosting", "TechArticle"], "Article"),
    "PodcastSeries": "PodcastEpisode",
    "Clip": "VideoObject",
}
_PERSONS = frozenset(["Person"])
_HCRT = "https://w3id.org/kim/hcrt/"


def read(scripts: list[str]) -> Facts:
    """What the scripts of a page say about what the page is about. Broken ones are passed over."""
    nodes: list[Node] = []
    for script in scripts:
        try:
            data = json.loads(script)
        except (ValueError, RecursionError):
            continue
        nodes.extend(_nodes(data, 0))
        del nodes[_MAX_NODES:]
    known = {str(_get(node, "id")): node for node in nodes if _get(node, "id")}
    works = [node for node in nodes if (kinds := _types(node)) and not kinds <= _BESIDE]
    works.sort(key=lambda node: _types(node) <= _GENERAL)
    return _facts(works[0], known) if works else Facts(Source.PAGE)


def _nodes(data: Any, depth: int) -> Iterator[Node]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(data, list):
        for item in data[:_MAX_NODES]:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity"):
            if key in data:
                yield from _nodes(data[key], depth + 1)


def _facts(node: Node, known: dict[str, Node]) -> Facts:
    abstract = _text(node.get("abstract")) or _text(node.get("description"))
    return Facts(
        Source.PAGE,
        title=texts.plain(_text(node.get("name")) or _text(node.get("headline")), texts.MAX_TITLE),
        authors=_parties(node.get("author") or node.get("creator"), known),
        publisher=next((one.name for one in _parties(node.get("publisher"), known)), ""),
        abstract=texts.paragraphs(abstract, texts.MAX_ABSTRACT),
        language=_code(node.get("inLanguage"), "alternateName", "id", "name")[:40],
        year=texts.year_in(_text(node.get("datePublished")) or _text(node.get("dateCreated"))),
        licence=_code(node.get("license"), "id", "url", "name")[:300],
        doi=_doi(node),
        kinds=(*_schema_kinds(node), *_hcrt_kinds(node)),
    )


def _schema_kinds(node: Node) -> Iterator[tuple[str, str]]:
    for kind in sorted(_types(node) - _GENERAL):
        yield "schema_org", _NARROWER.get(kind, kind)


def _hcrt_kinds(node: Node) -> Iterator[tuple[str, str]]:
    for concept in _listed(node.get("learningResourceType")):
        address = _code(concept, "id")
        if address.startswith(_HCRT):
            yield "hcrt", address.removeprefix(_HCRT)[:40]


def _get(node: Node, key: str) -> Any:
    """``id`` and ``type`` with or without the sign in front."""
    return node.get(f"@{key}") or node.get(key)


def _types(node: Node) -> frozenset[str]:
    kinds = [kind for kind in _listed(_get(node, "type")) if isinstance(kind, str)]
    return frozenset(kind.rsplit("/", 1)[-1].rsplit(":", 1)[-1][:60] for kind in kinds)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value[: texts.MAX_AUTHORS] if isinstance(value, list) else [value]


def _text(value: Any) -> str:
    """A text, the first of several, or one with its language."""
    for item in _listed(value):
        found = item.get("@value") if isinstance(item, dict) else item
        if isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
            return str(found)
    return ""


def _code(value: Any, *keys: str) -> str:
    """An address or code: as a text, or in the first of these keys of an object."""
    for item in _listed(value):
        if isinstance(item, str):
            return item.strip()
        if isinstance(item, dict):
            found = next((_get(item, key) for key in keys if isinstance(_get(item, key), str)), "")
            if found:
                return str(found).strip()
    return ""


def _parties(value: Any, known: dict[str, Node]) -> tuple[Party, ...]:
    names: list[tuple[Any, str]] = []
    for item in _listed(value):
        if isinstance(item, dict):
            node = item if "name" in item else known.get(str(_get(item, "id")), item)
            kinds = _types(node)
            kind = (PERSON if kinds & _PERSONS else ORGANISATION) if kinds else ""
            names.append((_text(node.get("name")), kind))
        else:
            names.append((item, ""))
    return texts.parties(names)


def _doi(node: Node) -> str:
    candidates = [
        *_listed(node.get("identifier")),
        *_listed(node.get("sameAs")),
        _get(node, "id"),
    ]
    for item in candidates:
        found = item.get("value") or _get(item, "id") if isinstance(item, dict) else item
        if isinstance(found, str) and (
            "doi.org/" in found or found.lower().startswith(("doi:", "10."))
        ):
            return texts.doi_in(found)
    return ""
