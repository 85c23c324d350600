"""Answers that are kept: forgotten for what is measured as “first asked”, kept for “asked again”."""

from __future__ import annotations

import json
import os
import urllib.request
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from search.engines import get_engine

# Set in the environment of a site that shall keep nothing.
VARIABLE = "BENCHMARK_FORGETS"


def forget() -> None:
    """Forget what this process has kept. What Elasticsearch keeps, `keeping` decides about."""
    kept = getattr(get_engine(), "_kept", None)
    if kept is not None:
        kept.clear()


class ForgettingMiddleware:
    """Forgets before each request where VARIABLE is set."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response
        self._forgets = bool(os.environ.get(VARIABLE))

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer as if for the first time."""
        if self._forgets:
            forget()
        return self._get_response(request)


def keeping(elasticsearch: str | None, indexes: str, *, is_on: bool) -> None:
    """Let these indexes keep answers without hits, as they do by default, or let them keep nothing."""
    if elasticsearch is None:
        return
    request = urllib.request.Request(  # noqa: S310 - given by whoever runs this
        f"{elasticsearch}/{indexes}/_settings?allow_no_indices=true",
        data=json.dumps({"index.requests.cache.enable": is_on}).encode(),
        headers={"Content-Type": "application/json"},
        method="PUT",
    )
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310 - the same
        pass
