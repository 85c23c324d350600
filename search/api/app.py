"""The API object, its errors, its documentation page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override
from ninja import NinjaAPI
from ninja.errors import ValidationError

from search.api import collections, searching
from search.api.headers import public


class PublicApi(NinjaAPI):
    """Everything may be read by programs on any other site: it is public and knows no cookie."""

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        """Answer, errors included, so that scripts of other sites may read it."""
        response: HttpResponse = super().create_response(request, data, **options)
        return public(response)


api = PublicApi(
    title="NexSM",
    version="1",
    description=(
        "Search and read what is public on this site. No key, no cookie. "
        "Bad parameters answer 400 with a field detail that says what is wrong."
    ),
    urls_namespace="api",
    docs_url=None,
)
api.add_router("", searching.router)
api.add_router("", collections.router)


@api.exception_handler(ValidationError)
def bad_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Say which parameter is wrong and why."""
    problems = [f"{_name(problem['loc'])}: {_reason(problem['msg'])}" for problem in error.errors]
    return api.create_response(request, {"detail": "; ".join(problems)}, status=400)


@api.get("/", include_in_schema=False, url_name="docs")
@api.get("/docs", include_in_schema=False)
def documentation(request: HttpRequest) -> HttpResponse:
    """A page for people, made from the same description as openapi.json."""
    schema = api.get_openapi_schema()
    operations = [
        {"path": path, **details}
        for path, methods in schema["paths"].items()
        for details in methods.values()
    ]
    with override(get_language_from_request(request)):
        context = {"operations": operations, "info": schema["info"], "title": "API"}
        return render(request, "search/api.html", context)


def _name(location: Sequence[Any]) -> str:
    """The parameter; the last parts of a location may be places in its list."""
    return next((part for part in reversed(location) if isinstance(part, str)), "request")


def _reason(message: str) -> str:
    return message.removeprefix("Value error, ")
