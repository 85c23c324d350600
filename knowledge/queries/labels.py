"""What the fields of an item are called where people talk about them."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst


def field_label(model: type[Any], name: str) -> str:
    """The name of a field, or of rows that belong to the item (``files``); unknown names as they are."""
    if not name:
        return ""
    try:
        field = model._meta.get_field(name)  # noqa: SLF001 - Django's name
    except FieldDoesNotExist:
        return name
    if field.one_to_many:
        return capfirst(str(field.related_model._meta.verbose_name_plural))  # noqa: SLF001
    return capfirst(str(field.verbose_name))
