"""What the home page shows comes from rooms above the floor: they register a provider here."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from nexsm.base.providers import Providers

# A request → template variables for the home page.
_providers: Providers[[HttpRequest], dict[str, Any]] = Providers()
register = _providers.register


def collect(request: HttpRequest) -> dict[str, Any]:
    """Merge the variables of all providers."""
    context: dict[str, Any] = {}
    for variables in _providers.answers(request):
        context.update(variables)
    return context
