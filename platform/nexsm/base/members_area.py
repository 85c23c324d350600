"""Further ways in the members' area: rooms above the knowledge base add theirs here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from nexsm.base.providers import Providers


@dataclass(frozen=True)
class MemberLink:
    """A link, the name of its URL pattern, and what one does there."""

    label: str | Promise
    url_name: str
    text: str | Promise


# A user → the ways of one room.
_providers: Providers[[Any], list[MemberLink]] = Providers()
register = _providers.register


def links_for(user: Any) -> list[MemberLink]:
    """All ways this person has."""
    return [link for links in _providers.answers(user) for link in links]
