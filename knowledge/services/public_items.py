"""Resources and organisations among the public items of all rooms (``nexsm.base.items``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.urls import reverse
from wagtail.permissions import policy_registry

from knowledge.models import CuratedItem, Organisation, Resource
from knowledge.queries import visible_condition
from knowledge.queries.caretakers import caretakers_of
from knowledge.services.curation import change_everywhere
from knowledge.services.locking import held
from knowledge.services.publication import publish, withdraw
from nexsm.base import items
from nexsm.base.link_walk import Change, change_links

LONGEST_REASON = 300


class CuratedItems(items.ItemKind):
    """Items of one of the two models; the key is the public id."""

    def __init__(self, name: str, model: type[Resource | Organisation]) -> None:
        self.name = name
        self.model = model

    def find(self, key: str, viewer: Any) -> CuratedItem | None:
        """A published item the viewer may read."""
        public_id = uuid_of(key)
        if public_id is None:
            return None
        readable = visible_condition(viewer or AnonymousUser())
        return self.model.objects.filter(readable, public_id=public_id).first()

    def get(self, key: str) -> CuratedItem | None:
        """An item in any state."""
        public_id = uuid_of(key)
        return self.model.objects.filter(public_id=public_id).first() if public_id else None

    def knows(self, item: Any) -> bool:
        """Objects of the model."""
        return isinstance(item, self.model)

    def title_of(self, item: Any) -> str:
        """Title or name."""
        return str(item.heading)

    def edit_url_of(self, item: Any) -> str:
        """The editors' form."""
        return reverse(self.model.snippet_viewset.get_url_name("edit"), args=[item.pk])

    def authors_of(self, item: Any) -> Iterable[AbstractBaseUser]:
        """Whoever looks after it."""
        return caretakers_of(item)

    def with_links(self, after: int, limit: int) -> list[Any]:
        """Published items, also those for members only."""
        return list(self.model.objects.filter(live=True, pk__gt=after).order_by("pk")[:limit])

    def links_of(self, item: Any) -> Iterable[tuple[str, str]]:
        """Its addresses, and that of its DOI."""
        yield from super().links_of(item)
        if isinstance(item, Resource) and item.doi:
            yield f"https://doi.org/{item.doi}", "DOI"

    def may_change_links(self, item: Any, user: Any) -> bool:
        """Whoever may publish, while nobody else holds the item."""
        lock = item.get_lock()
        may = policy_registry.get_by_type(self.model).user_has_permission(user, "publish")
        return bool(may) and not (lock is not None and lock.for_user(user))

    def change_links(self, item: Any, change: Change, *, by: AbstractBaseUser) -> bool:
        """One version for the published text, and one for a draft beside it."""
        return change_everywhere(item, by, lambda version: change_links(version, change))

    def take_offline(self, item: Any, *, reason: str, by: AbstractBaseUser) -> None:
        """Withdraw it; the tombstone says why."""
        withdraw(item=item, reason=reason[:LONGEST_REASON], by=by)

    @transaction.atomic
    def put_online(self, item: Any, *, by: AbstractBaseUser) -> None:
        """Publish the text that was online; a newer draft stays the newest version."""
        item = held(item)
        newest, was_online = item.get_latest_revision(), item.last_published_at
        newer = newest if newest and was_online and newest.created_at > was_online else None
        draft = newer.as_object() if newer else None
        publish(item=item, by=by)
        if draft is not None:
            draft.save_revision(user=by, log_action=True)


def uuid_of(key: str) -> UUID | None:
    """The public id that a text is, or None."""
    try:
        return UUID(key)
    except ValueError:
        return None


def register() -> None:
    """Make both kinds known; called once, from the app's configuration."""
    items.register(CuratedItems("resource", Resource))
    items.register(CuratedItems("organisation", Organisation))
