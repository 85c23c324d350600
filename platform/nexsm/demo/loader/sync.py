"""Bring an object to a wanted state and say whether anything had to change.

Nothing here saves: comparing comes first, so that a second run writes nothing at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import models
from wagtail.blocks.stream_block import StreamValue


def set_fields(obj: Any, values: dict[str, Any]) -> bool:
    """Set plain fields; say whether one differed. StreamFields take their stored form."""
    changed = False
    for name, value in values.items():
        current = getattr(obj, name)
        if isinstance(current, StreamValue):
            if list(current.get_prep_value()) == value:
                continue
            value = json.dumps(value)  # noqa: PLW2901 - a StreamField reads its stored form as text
        elif current == value:
            continue
        setattr(obj, name, value)
        changed = True
    return changed


def set_rows(
    obj: Any, relation: str, model: type[models.Model], wanted: list[dict[str, Any]]
) -> bool:
    """Replace the rows below an object if they differ in what is wanted; order counts."""
    manager = getattr(obj, relation)
    names = [set(row) for row in wanted]
    current = list(manager.all())
    if len(current) == len(wanted):
        found = [
            {name: getattr(row, name) for name in fields}
            for row, fields in zip(current, names, strict=True)
        ]
        if found == wanted:
            return False
    manager.set([model(sort_order=place, **row) for place, row in enumerate(wanted)])
    return True


def set_relation(obj: Any, name: str, wanted: Iterable[models.Model]) -> bool:
    """Set a many-to-many relation; say whether it differed. Order does not count."""
    wanted = list(wanted)
    manager = getattr(obj, name)
    # A page or snippet that was never saved has no stored relations to look at.
    current = {item.pk for item in manager.all()} if obj.pk else set()
    if current == {item.pk for item in wanted}:
        return False
    manager.set(wanted)
    return True


def set_tags(obj: Any, wanted: list[str]) -> bool:
    """Set the free tags; say whether they differed. Case does not count: tags are shared."""
    current = {tag.name.casefold() for tag in obj.tags.all()} if obj.pk else set()
    if current == {name.casefold() for name in wanted}:
        return False
    obj.tags.set(wanted)
    return True


def is_somebodys_work(obj: Any) -> bool:
    """Say whether a person edited or withdrew the object after it was loaded."""
    revision = obj.latest_revision
    return bool(
        not obj.live or obj.has_unpublished_changes or (revision and revision.user_id is not None)
    )
