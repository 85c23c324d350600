"""What stands in the columns of an import for an item that exists: exports and comparisons use it.

Cells are texts as `Cells` reads them, without the apostrophe that files need.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet

from knowledge.enums import ContributorKind, ContributorRole
from knowledge.models import Contributor, Organisation, Resource, SocialChannel
from knowledge.services.imports.channels import platform_of
from knowledge.services.imports.notation import in_braces, join_values
from knowledge.services.imports.texts import rich_text

_BREAK = re.compile(r"<br\s*/?>")
_BETWEEN = re.compile(r"</p>\s*<p[^>]*>")
_ANY_TAG = re.compile(r"<[^>]*>")
_BLOCK_END = re.compile(r"</(?:p|li|h[1-6]|ul|ol)>|<br\s*/?>")


def resources_to_write(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Load with the resources what `resource_cells` asks for, in a fixed number of queries."""
    return resources.select_related("type", "language", "licence").prefetch_related(
        "languages",
        "regions",
        "topics",
        "tags",
        "contributors__organisation",
        "publishers__organisation",
    )


def organisations_to_write(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Load with the organisations what `organisation_cells` asks for."""
    return organisations.select_related("region").prefetch_related(
        "languages_spoken", "topics", "channels"
    )


def row_id(item: Resource | Organisation, source: str) -> str:
    """The id by which an import of this source finds the item again."""
    if item.import_id and item.import_source == source:
        return str(item.import_id)
    return str(item.public_id)


def resource_cells(item: Resource, *, source: str = "csv", public: bool = False) -> dict[str, str]:
    """The row of a resource. ``public``: organisations with hidden profiles are not named."""

    def name(party: Any) -> str:
        return str(party.public_name if public else party.display_name)

    authors = [row for row in item.contributors.all() if row.role == ContributorRole.AUTHOR]
    languages = dict.fromkeys([item.language.code, *_codes(item.languages.all())])
    return {
        "id": row_id(item, source),
        "title": item.title,
        "summary": _lines(item.summary),
        "body": body_text(item),
        "type": item.type.code,
        "language": join_values(languages),
        "publisher": join_values(filter(None, map(name, item.publishers.all()))),
        "authors": join_values(filter(None, (_author(row, name) for row in authors))),
        "year": str(item.year or ""),
        "regions": join_values(_codes(item.regions.all())),
        "topics": join_values(_codes(item.topics.all())),
        "tags": join_values(sorted(tag.name for tag in item.tags.all())),
        "licence": item.licence.code if item.licence else "",
        "url": item.url,
        "doi": item.doi,
        "isbn": item.isbn,
    }


def organisation_cells(
    item: Organisation, *, source: str = "csv", public: bool = False
) -> dict[str, str]:
    """The row of an organisation. ``public``: the place only as far as it may be shown."""
    region = item.region.code if item.region else ""
    hides_place = public and not item.public_city
    return {
        "id": row_id(item, source),
        "name": item.name,
        "short_name": item.short_name,
        "kind": item.kind,
        "description": plain_or_html(item.description),
        "languages": join_values(_codes(item.languages_spoken.all())),
        "country": region.split("-")[0],
        "region": region if "-" in region else "",
        "city": "" if hides_place else item.city,
        "postal_code": "" if hides_place else item.postal_code,
        "topics": join_values(_codes(item.topics.all())),
        "founded": str(item.founded or ""),
        "website": item.website,
        "social": join_values(map(_channel, item.channels.all())),
    }


def body_text(item: Resource) -> str:
    """The text of a resource. Of pictures, tables and files only the words remain."""
    parts = []
    for block in item.body:
        if block.block_type == "paragraph":
            parts.append(str(block.value.source))
        elif words := _words(str(block.render())):
            parts.append("".join(f"<p>{html.escape(part, quote=False)}</p>" for part in words))
    return plain_or_html("".join(parts))


def plain_or_html(rich: str) -> str:
    """Rich text as plain text if an import makes the same of it, else as simple HTML."""
    text = _BREAK.sub("\n", _BETWEEN.sub("\n\n", rich))
    plain = html.unescape(_ANY_TAG.sub("", text)).strip()
    return _lines(plain if rich_text(plain) == rich else rich)


def _words(rendered: str) -> list[str]:
    lines = html.unescape(_ANY_TAG.sub("", _BLOCK_END.sub("\n", rendered))).split("\n")
    return [words for line in lines if (words := " ".join(line.split()))]


def _author(row: Contributor, name: Callable[[Any], str]) -> str:
    """Organisations stand in braces unless the directory tells what they are."""
    shown = name(row)
    is_known = row.organisation is not None and row.organisation.name == shown
    if shown and row.kind == ContributorKind.ORGANISATION and not is_known:
        return in_braces(shown)
    return shown


def _channel(row: SocialChannel) -> str:
    return row.url if platform_of(row.url) == row.platform else f"{row.platform}: {row.url}"


def _codes(rows: Iterable[Any]) -> list[str]:
    return sorted(row.code for row in rows)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
