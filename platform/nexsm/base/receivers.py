"""Keeps tombstones of pages right when pages are published, withdrawn, moved or deleted."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished

from nexsm.base.models import PageTombstone


def path_below_language(page: Page) -> str:
    """The page's path without the root of its language: ``konferenzen/nexsm24``."""
    parts: list[str] = page.url_path.strip("/").split("/")
    return "/".join(parts[1:])


@receiver(page_published)
def remove_tombstone(sender: type[Page], instance: Page, **kwargs: Any) -> None:  # noqa: ARG001
    """A page that is public again needs no tombstone."""
    PageTombstone.objects.filter(path=path_below_language(instance)).delete()


@receiver(page_unpublished)
def bury_unpublished(sender: type[Page], instance: Page, **kwargs: Any) -> None:  # noqa: ARG001
    """A withdrawn page leaves its title and the date."""
    _bury(instance)


@receiver(pre_delete, sender=Page)
def bury_deleted(sender: type[Page], instance: Page, **kwargs: Any) -> None:  # noqa: ARG001
    """A deleted page that was public leaves its title and the date."""
    if instance.live:
        _bury(instance)


def _bury(page: Page) -> None:
    path = path_below_language(page)
    if not path or page.first_published_at is None or not is_public(page):
        return
    PageTombstone.objects.update_or_create(
        path=path[:500], defaults={"title": page.title, "withdrawn_at": timezone.now()}
    )


def is_public(page: Page) -> bool:
    """Say whether everybody may read the page: no sign-in, no password, no draft above it."""
    return not (
        page.get_view_restrictions().exists() or page.get_ancestors().filter(live=False).exists()
    )
