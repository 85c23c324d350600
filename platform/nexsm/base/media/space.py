"""What people are told about their space while there is some, not only when an upload is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .quota import Usage, is_limited, usage_of_day, usage_of_member


@dataclass(frozen=True, slots=True)
class Space:
    """Whose space it is, and how much of it is used."""

    label: str | Promise
    usage: Usage


Provider = Callable[[Any], Iterable[Space]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a room's part, which takes a user; call it in AppConfig.ready."""
    if provider not in _providers:
        _providers.append(provider)


def spaces_of(user: Any) -> list[Space]:
    """All space this person may use. Nothing for visitors; editors have no limit of their own."""
    if not user.is_authenticated:
        return []
    own = []
    if is_limited(user):
        own = [
            Space(_("Your files"), usage_of_member(user)),
            Space(_("Uploaded today"), usage_of_day(user)),
        ]
    return own + [space for provider in _providers for space in provider(user)]
