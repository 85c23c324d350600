"""What an item belongs to: rooms above the one that shows it know, and register here.

A resource does not know that a conference links to it, and its room must not import conferences.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from nexsm.base.providers import Providers


@dataclass(frozen=True)
class Link:
    """A page to go to, with a few words about it."""

    title: str
    url: str
    # Of the title; empty where its letters decide the direction.
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class LinkGroup:
    """Links under one heading. `key` is unique in a page."""

    key: str
    heading: str
    links: tuple[Link, ...]


# Item and viewer → groups of what that viewer may see, in a fixed number of queries.
_providers: Providers[[Any, Any], Sequence[LinkGroup]] = Providers()
register = _providers.register


def linked_from(item: Any, viewer: Any) -> list[LinkGroup]:
    """Groups of links that have something to show."""
    found = _providers.answers(item, viewer)
    return [group for groups in found for group in groups if group.links]
