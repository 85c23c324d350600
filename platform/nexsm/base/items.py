"""Everything with a public page, whatever room it belongs to: found by kind and key.

Reports about content or links that are checked meet items of all rooms, and belong to none of them. Each
room registers its kinds here and says how an item is found, who made it, and how it goes offline.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from nexsm.base import link_walk


class ItemKind:
    """One kind of item. A room overrides what differs; ``name`` stands in addresses."""

    name = ""

    def find(self, key: str, viewer: Any) -> Any | None:
        """The item with this key that the viewer may see now, or None (also for a key that is none)."""
        raise NotImplementedError  # pragma: no cover - every kind has one

    def get(self, key: str) -> Any | None:
        """The item with this key, also one that is offline."""
        raise NotImplementedError  # pragma: no cover - every kind has one

    def knows(self, item: Any) -> bool:  # noqa: ARG002 - for heirs
        """Whether an object is an item of this kind."""
        return False

    def key_of(self, item: Any) -> str:
        """The key of an item."""
        return str(item.public_id)

    def title_of(self, item: Any) -> str:
        """What the item is called."""
        return str(item)

    def url_of(self, item: Any) -> str:
        """The path of the public page, in the active language."""
        return str(item.get_absolute_url())

    def edit_url_of(self, item: Any) -> str:
        """Where an editor opens it."""
        raise NotImplementedError  # pragma: no cover - every kind has one

    def is_online(self, item: Any) -> bool:
        """Whether it is shown now."""
        return bool(item.live)

    def authors_of(self, item: Any) -> Iterable[AbstractBaseUser]:  # noqa: ARG002 - for heirs
        """Accounts of those who answer for it. Nobody, unless the room knows."""
        return ()

    def with_links(self, after: int, limit: int) -> list[Any]:  # noqa: ARG002 - for heirs
        """The next published items whose links are checked, in order of their primary keys."""
        return []

    def links_of(self, item: Any) -> Iterable[tuple[str, str]]:
        """Addresses of other sites in an item, each with the place where it stands."""
        return link_walk.links_in(item)

    def may_change_links(self, item: Any, user: Any) -> bool:  # noqa: ARG002 - for heirs
        """Whether this editor may publish the item with other addresses."""
        return False

    def change_links(self, item: Any, change: link_walk.Change, *, by: AbstractBaseUser) -> bool:
        """Change addresses in the published text and in the draft; whether there was one to change."""
        raise NotImplementedError  # pragma: no cover - every kind with links has one

    def take_offline(self, item: Any, *, reason: str, by: AbstractBaseUser) -> None:
        """Hide the item from everybody; its address shows the reason."""
        raise NotImplementedError  # pragma: no cover - every kind has one

    def put_online(self, item: Any, *, by: AbstractBaseUser) -> None:
        """Show what was taken offline as it was."""
        raise NotImplementedError  # pragma: no cover - every kind has one


_kinds: dict[str, ItemKind] = {}


def register(kind: ItemKind) -> None:
    """Add a kind; call it in AppConfig.ready."""
    _kinds[kind.name] = kind


def kinds() -> list[ItemKind]:
    """All kinds."""
    return list(_kinds.values())


def kind_named(name: str) -> ItemKind | None:
    """The kind with this name, or None."""
    return _kinds.get(name)


def find(name: str, key: str, viewer: Any) -> Any | None:
    """The item that the viewer may see now, or None for an unknown kind or key."""
    kind = _kinds.get(name)
    return kind.find(key, viewer) if kind else None
