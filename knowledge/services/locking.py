"""Holding an item, so that of two who change it at the same moment the second starts from what the first left."""

from __future__ import annotations

from typing import Any


def lock_item(model: type[Any], number: int) -> None:
    """Hold the row of the item until the transaction ends.

    Everybody takes it before the submission's: of two who send an item at once, the second finds what
    the first has opened, and nobody waits for somebody who waits for her.
    """
    rows = model._default_manager.select_for_update()  # noqa: SLF001 - Django's name
    rows.order_by().filter(pk=number).values_list("pk", flat=True).first()
