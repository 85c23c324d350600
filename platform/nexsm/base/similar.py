"""Items like the one that is shown: a room above the floor finds them and registers here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest

# Returns what `components/card_hit.html` shows. It never raises: a page does not depend on it.
Provider = Callable[[Any, HttpRequest], Sequence[Any]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Set the function that finds similar items; the last one registered counts."""
    _providers[:] = [provider]


def similar_items(item: Any, request: HttpRequest) -> list[Any]:
    """Cards of items like this one that the visitor may see; empty when nobody can tell."""
    return [card for provider in _providers for card in provider(item, request)]
