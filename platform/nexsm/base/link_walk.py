"""Finding and changing web addresses anywhere in an item: columns, rich text, StreamFields, rows of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape, unescape
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue
from wagtail.fields import RichTextField, StreamField

from nexsm.base.localised import LinesField

# What takes an address and answers with the same or another one.
Change = Callable[[str], str]
_WEB = re.compile(r"https?://\S+\Z", re.IGNORECASE)
_HREF = re.compile(r'(\bhref=")(https?://[^"]*)(")', re.IGNORECASE)
_KINDS = (models.URLField, RichTextField, StreamField, LinesField)


def links_in(item: models.Model) -> Iterator[tuple[str, str]]:
    """All addresses of an item and where each stands, in words: ``("https://…", "website")``."""
    for holder in _holders(item):
        for field in _fields(type(holder)):
            found: list[str] = []

            def note(url: str, found: list[str] = found) -> str:
                found.append(url)
                return url

            _visit(holder, field, note)
            label = str(field.verbose_name)
            place = label if holder is item else f"{holder._meta.verbose_name}: {label}"  # noqa: SLF001
            yield from ((url, place) for url in found)


def change_links(item: models.Model, change: Change) -> bool:
    """Change addresses of an item in memory; whether anything is different. The caller saves it.

    Rows that belong to an item (channels, documentation) are saved with it, as a cluster is.
    """
    changed = False
    for relation in _relations(type(item)):
        manager = getattr(item, relation.get_accessor_name())
        rows = list(manager.all())
        different = [_change_fields(row, change) for row in rows]
        if any(different):
            manager.set(rows)
            changed = True
    return _change_fields(item, change) or changed


def _change_fields(holder: models.Model, change: Change) -> bool:
    different = [_visit(holder, field, change) for field in _fields(type(holder))]
    return any(different)


def _holders(item: models.Model) -> Iterator[models.Model]:
    yield item
    for relation in _relations(type(item)):
        yield from getattr(item, relation.get_accessor_name()).all()


def _relations(model: type[models.Model]) -> list[Any]:
    """Relations whose rows belong to the item and can hold an address."""
    return [found for found in get_all_child_relations(model) if _fields(found.related_model)]


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if isinstance(field, _KINDS)]  # noqa: SLF001


def _visit(holder: models.Model, field: models.Field[Any, Any], change: Change) -> bool:
    before = getattr(holder, field.name)
    if not before:
        return False
    if isinstance(field, StreamField):
        return _visit_stream(holder, field.name, before, change)
    if isinstance(field, LinesField):
        after: Any = [_text(line, change) for line in before]
    elif isinstance(field, RichTextField):
        after = _html(before, change)
    else:
        after = _text(before, change)
    if after != before:
        setattr(holder, field.name, after)
    return bool(after != before)


def _visit_stream(holder: models.Model, name: str, before: StreamValue, change: Change) -> bool:
    raw = list(before.raw_data)
    after = [_deep(block, change) for block in raw]
    if after == raw:
        return False
    setattr(holder, name, StreamValue(before.stream_block, after, is_lazy=True))
    return True


def _deep(value: Any, change: Change) -> Any:
    if isinstance(value, dict):
        return {key: _deep(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_deep(part, change) for part in value]
    if isinstance(value, str):
        return _html(value, change) if "href=" in value else _text(value, change)
    return value


def _text(value: str, change: Change) -> str:
    return change(value) if isinstance(value, str) and _WEB.match(value) else value


def _html(value: str, change: Change) -> str:
    return _HREF.sub(lambda found: found[1] + _attribute(found[2], change) + found[3], value)


def _attribute(written: str, change: Change) -> str:
    """An address in an attribute; one that stays the same stays as it was written."""
    address = unescape(written)
    after = change(address)
    return written if after == address else escape(after)


def replacing(old: str, new: str) -> Change:
    """A change of one address into another one."""
    return lambda url: new if url == old else url


def distinct(found: Iterable[tuple[str, str]], longest: int) -> list[tuple[str, str]]:
    """Each address once, with the first place where it stands; without those that are too long."""
    places: dict[str, str] = {}
    for url, place in found:
        if len(url) <= longest:
            places.setdefault(url, place)
    return list(places.items())
