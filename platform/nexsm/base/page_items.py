"""Pages of Wagtail's tree as public items: content pages, conferences, sessions."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page

from nexsm.base.items import ItemKind
from nexsm.base.link_walk import Change, change_links
from nexsm.base.models import PageTombstone
from nexsm.base.page_links import localised_url
from nexsm.base.page_locking import held
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

    def knows(self, item: Any) -> bool:
        """Every page."""
        return isinstance(item, Page)

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

    def with_links(self, after: int, limit: int) -> list[Any]:
        """Published pages; an alias shows the links of its source."""
        pages = Page.objects.live().filter(pk__gt=after, depth__gt=1, alias_of__isnull=True)
        return list(pages.order_by("pk")[:limit].specific())

    def may_change_links(self, item: Any, user: Any) -> bool:
        """Whoever may publish the page, while nobody else holds it."""
        return bool(item.permissions_for_user(user).can_publish()) and not _is_locked(item, user)

    @transaction.atomic
    def change_links(self, item: Any, change: Change, *, by: AbstractBaseUser) -> bool:
        """One version for the published page, and one for a draft beside it."""
        item = held(item)
        has_draft = item.has_unpublished_changes or not item.live
        draft = item.get_latest_revision_as_object() if has_draft else None
        changed = False
        if item.live and change_links(item, change):
            item.save_revision(user=by, log_action=True).publish(user=by)
            changed = True
        if draft is not None and change_links(draft, change):
            draft.save_revision(user=by, log_action=True)
            changed = True
        return changed

    @transaction.atomic
    def take_offline(self, item: Any, *, reason: str, by: AbstractBaseUser) -> None:
        """Unpublish, and let the tombstone say why."""
        item.unpublish(user=by)
        stones = PageTombstone.objects.filter(path=path_below_language(item))
        stones.update(reason=reason[:500])

    @transaction.atomic
    def put_online(self, item: Any, *, by: AbstractBaseUser) -> None:
        """Publish what stands in the table: unpublishing leaves it as it was."""
        held(item).save_revision(user=by, log_action=True).publish(user=by)


def _is_locked(page: Page, user: Any) -> bool:
    lock = page.get_lock()
    return bool(lock is not None and lock.for_user(user))
