"""Pages of Wagtail's tree as public items: content pages, conferences, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from nexsm.base.items import ItemKind
from nexsm.base.models import PageTombstone
from nexsm.base.page_links import localised_url
from nexsm.base.receivers import is_public, path_below_language

MAX_DIGITS = 9


class Pages(ItemKind):
    """All pages; the key is the number of the page."""

    name = "page"

    def find(self, key: str, viewer: Any) -> Page | None:  # noqa: ARG002 - pages are the same for all
        """A published page that everybody may read."""
        page = self.get(key)
        return page if page is not None and page.live and is_public(page) else None

    def get(self, key: str) -> Page | None:
        """A page below the first level, as its own class."""
        if not key.isascii() or not key.isdigit() or len(key) > MAX_DIGITS:
            return None
        page = Page.objects.filter(pk=key, depth__gt=1).first()
        return page.specific if page else None

    def key_of(self, item: Any) -> str:
        """The number."""
        return str(item.pk)

    def title_of(self, item: Any) -> str:
        """The title."""
        return str(item.title)

    def url_of(self, item: Any) -> str:
        """The address in the reader's language."""
        return localised_url(item)

    def edit_url_of(self, item: Any) -> str:
        """Wagtail's editor."""
        return reverse("wagtailadmin_pages:edit", args=[item.pk])

    @transaction.atomic
    def take_offline(self, item: Any, *, reason: str, by: AbstractBaseUser) -> None:
        """Unpublish, and let the tombstone say why."""
        item.unpublish(user=by)
        stones = PageTombstone.objects.filter(path=path_below_language(item))
        stones.update(reason=reason[:500])

    @transaction.atomic
    def put_online(self, item: Any, *, by: AbstractBaseUser) -> None:
        """Publish what stands in the table: unpublishing leaves it as it was."""
        item.save_revision(user=by, log_action=True).publish(user=by)
