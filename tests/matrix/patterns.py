"""Every URL pattern of the project, read from the URLconf itself."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import LocalePrefixPattern, RoutePattern


def walk(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Yield (route, pattern) for each pattern; ``<lang>/`` stands for the language prefix."""
    resolver = resolver or get_resolver()
    for item in resolver.url_patterns:
        if isinstance(item.pattern, LocalePrefixPattern):
            part = "<lang>/"
        elif isinstance(item.pattern, RoutePattern):
            part = str(item.pattern)
        else:
            part = item.pattern.regex.pattern
        route = prefix + part
        if isinstance(item, URLResolver):
            yield from walk(item, route)
        else:
            yield route, item


def routes(resolver: URLResolver | None = None) -> list[str]:
    """All routes, each once, in order."""
    return list(dict.fromkeys(route for route, _pattern in walk(resolver)))
