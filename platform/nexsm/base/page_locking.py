"""Holding pages, so that of two who change one at the same moment the second starts from what the first left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from wagtail.models import Page

AnyPage = TypeVar("AnyPage", bound=Page)


def hold(pages: Iterable[Page]) -> None:
    """Hold the rows of these pages until the transaction ends. What was read of them before may be old.

    The deepest first, as publishing does (a session, then its conference, which counts the numbers):
    nobody waits for somebody who waits for her.
    """
    rows = Page.objects.select_for_update().filter(pk__in=[page.pk for page in pages])
    list(rows.order_by("-path").values_list("pk", flat=True))


def held(page: AnyPage) -> AnyPage:
    """The page as it is now, read again and held until the transaction ends.

    Another object: rows of a stale one stay stale. Raises the model's DoesNotExist.
    """
    hold([page])
    return type(page)._default_manager.get(pk=page.pk)  # noqa: SLF001 - Django's name
