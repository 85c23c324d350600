"""What every answer of the API says about itself."""

from __future__ import annotations

from typing import TypeVar

from django.http import HttpResponse

Response = TypeVar("Response", bound=HttpResponse)


def public(response: Response) -> Response:
    """Let scripts of other sites read it, and no search engine list it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["X-Robots-Tag"] = "noindex"
    return response
