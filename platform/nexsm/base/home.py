"""What the home page shows comes from rooms above the floor: they register a provider here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

Provider = Callable[[HttpRequest], dict[str, Any]]
_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a function that returns template variables for the home page."""
    if provider not in _providers:
        _providers.append(provider)


def collect(request: HttpRequest) -> dict[str, Any]:
    """Merge the variables of all providers."""
    context: dict[str, Any] = {}
    for provider in _providers:
        context.update(provider(request))
    return context
