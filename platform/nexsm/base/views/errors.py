"""Error pages in the reader's language. What was typed into a form is offered again."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template import loader

from nexsm.base.kept_forms import kept_form

RETRY_SECONDS = 30
# The limits of tries with a password end after five minutes, all others within an hour.
_SIGN_IN = "account_login"
_TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """400; 413 if more was sent than one request may hold: then nothing of it was read."""
    is_too_much = isinstance(exception, _TOO_MUCH)
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE if is_too_much else HTTPStatus.BAD_REQUEST
    page = loader.get_template("400.html").render({"is_too_much": is_too_much})
    return HttpResponse(page, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """403 for a form whose token is old or missing, with what was typed and a fresh token."""
    return _with_kept_form(request, "403_csrf.html", HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """404 with ways on."""
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """429 with what was typed, to be sent later."""
    match = request.resolver_match
    is_sign_in = match is not None and match.url_name == _SIGN_IN
    return _with_kept_form(request, "429.html", HTTPStatus.TOO_MANY_REQUESTS, is_sign_in=is_sign_in)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database does not answer.

    The template needs neither database nor context processors, nor a session.
    """
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    kept = kept_form(request)
    context: dict[str, object] = {"is_away": is_away, "kept": kept}
    if kept:
        context["csrf_token"] = get_token(request)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    headers = {"Retry-After": str(RETRY_SECONDS)} if is_away else {}
    page = loader.get_template("500.html").render(context)
    return _never_stored(HttpResponse(page, status=status, headers=headers))


def _with_kept_form(
    request: HttpRequest, template: str, status: HTTPStatus, **further: object
) -> HttpResponse:
    context = {"kept": kept_form(request), **further}
    return _never_stored(render(request, template, context, status=status))


def _never_stored(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
