"""People of conferences among the public items of all rooms (``nexsm.base.items``)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.urls import reverse

from conference.models import Person
from conference.queries import people_visible_to
from nexsm.base import items
from nexsm.base.link_walk import Change, change_links


class People(items.ItemKind):
    """Pages of people; the key is the public id. A page exists only with consent."""

    name = "person"

    def find(self, key: str, viewer: Any) -> Person | None:
        """Somebody whose page the viewer may see."""
        public_id = _uuid_of(key)
        return people_visible_to(viewer).filter(public_id=public_id).first() if public_id else None

    def get(self, key: str) -> Person | None:
        """Somebody, with or without a page."""
        public_id = _uuid_of(key)
        return Person.objects.filter(public_id=public_id).first() if public_id else None

    def knows(self, item: Any) -> bool:
        """People."""
        return isinstance(item, Person)

    def is_online(self, item: Any) -> bool:
        """Whether the person has a page."""
        return bool(item.has_consented)

    def edit_url_of(self, item: Any) -> str:
        """The editors' form."""
        return reverse(Person.snippet_viewset.get_url_name("edit"), args=[item.pk])

    def authors_of(self, item: Any) -> Iterable[AbstractBaseUser]:
        """The person herself, if she has an account."""
        return [item.user] if item.user and item.user.is_active else []

    def with_links(self, after: int, limit: int) -> list[Any]:
        """People with a page."""
        people = Person.objects.filter(has_consented=True, pk__gt=after)
        return list(people.order_by("pk")[:limit])

    def may_change_links(self, item: Any, user: Any) -> bool:  # noqa: ARG002
        """Whoever may change people."""
        return bool(user.has_perm("conference.change_person"))

    def change_links(self, item: Any, change: Change, *, by: AbstractBaseUser) -> bool:  # noqa: ARG002
        """People have no drafts."""
        if not change_links(item, change):
            return False
        item.save()
        return True

    def take_offline(self, item: Any, *, reason: str, by: AbstractBaseUser) -> None:  # noqa: ARG002
        """Without the tick there is no page; who decided and why stands with the report."""
        item.has_consented = False
        item.save()

    def put_online(self, item: Any, *, by: AbstractBaseUser) -> None:
        """A consent is the person's own: editors set the tick again when they have it."""


def _uuid_of(key: str) -> UUID | None:
    try:
        return UUID(key)
    except ValueError:
        return None
