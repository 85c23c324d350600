"""Players of other sites: which of them a page may show, and only after a click.

Nothing of another host is loaded before the reader asked for it; without scripts the address stays
a plain link. The list is `settings.PLAYERS`; a page that shows one names its host in its policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.http.response import HttpResponseBase


@dataclass(frozen=True)
class Player:
    """What is shown in the frame once the reader has agreed."""

    # Who runs it and gets the data, in words.
    operator: str
    url: str

    @property
    def host(self) -> str:
        """The host that is asked when it is shown."""
        return urlsplit(self.url).hostname or ""


def player_for(address: str) -> Player | None:
    """Return the player for the address of a recording, None where it is not on the list."""
    for operator, pattern, player in settings.PLAYERS:
        match = re.fullmatch(pattern, address)
        if match:
            return Player(operator, player.format(**match.groupdict()))
    return None


def allow_frames(response: HttpResponseBase, players: Iterable[Player]) -> None:
    """Let this one answer show these players; every other page stays without frames."""
    hosts = sorted({f"https://{player.host}" for player in players})
    if hosts:
        response._csp_update = {"frame-src": hosts}  # type: ignore[attr-defined]  # noqa: SLF001 - what csp.decorators sets
