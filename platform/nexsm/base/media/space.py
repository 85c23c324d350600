"""What people are told about their space while there is some, not only when an upload is refused."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nexsm.base.providers import Providers

from .quota import Usage, is_limited, usage_of_day, usage_of_member


@dataclass(frozen=True, slots=True)
class Space:
    """Whose space it is, and how much of it is used."""

    label: str | Promise
    usage: Usage


# A user → the space one room knows of.
_providers: Providers[[Any], Iterable[Space]] = Providers()
register = _providers.register


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
    return own + [space for spaces in _providers.answers(user) for space in spaces]
