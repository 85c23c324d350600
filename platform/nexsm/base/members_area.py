"""Further ways in the members' area: rooms above the knowledge base add theirs here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class MemberLink:
    """A link, the name of its URL pattern, and what one does there."""

    label: str | Promise
    url_name: str
    text: str | Promise


Provider = Callable[[Any], list[MemberLink]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a room's part, which takes a user; call it in AppConfig.ready."""
    if provider not in _providers:
        _providers.append(provider)


def links_for(user: Any) -> list[MemberLink]:
    """All ways this person has."""
    return [link for provider in _providers for link in provider(user)]
