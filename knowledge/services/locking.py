"""Holding an item, so that of two who change it at the same moment the second starts from what the first left."""

from __future__ import annotations

from typing import Any, TypeVar

from knowledge.models import CuratedItem

Item = TypeVar("Item", bound=CuratedItem)


def lock_item(model: type[Any], number: int) -> None:
    """Hold the row of the item until the transaction ends.

    Everybody takes it before the submission's: of two who send an item at once, the second finds what
    the first has opened, and nobody waits for somebody who waits for her.
    """
    rows = model._default_manager.select_for_update()  # noqa: SLF001 - Django's name
    rows.order_by().filter(pk=number).values_list("pk", flat=True).first()


def held(item: Item) -> Item:
    """The item as it is now, read again and held until the transaction ends.

    Lists of items are read long before the last of them has its turn. Children of a stale object would
    stay stale with ``refresh_from_db``, so this is another object. Raises the model's DoesNotExist.
    """
    lock_item(type(item), item.pk)
    return type(item)._default_manager.get(pk=item.pk)  # noqa: SLF001 - Django's name
