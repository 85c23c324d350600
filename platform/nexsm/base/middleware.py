"""Language of a request, uploads that could not be stored, characters that cannot be kept."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import BadRequest
from django.db import DataError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.utils import translation
from django.utils.cache import patch_vary_headers
from wagtail.log_actions import LogContext

from nexsm.base.media.disk import full_message
from nexsm.base.media.refusals import NotStoredError, refusing
from nexsm.base.media.storage import is_full


class LocaleMiddleware(DjangoLocaleMiddleware):
    """Adds the language to an address that is unknown without it, and only then.

    Django does so for every 404. With Wagtail's pattern for any path that would turn the "no" of a
    file or of the admin into a redirect to a page that does not exist.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Leave a 404 alone that a view has answered."""
        if response.status_code == HTTPStatus.NOT_FOUND and request.resolver_match is not None:
            patch_vary_headers(response, ("Accept-Language",))
            response.headers.setdefault("Content-Language", translation.get_language())
            return response
        return super().process_response(request, response)


class UploadMiddleware:
    """Lets a form say that its file could not be stored, and the log say whose file was refused."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Say who acts while a form with files is answered."""
        if request.method != "POST" or request.content_type != "multipart/form-data":
            return self.get_response(request)
        with LogContext(user=request.user if request.user.is_authenticated else None):
            return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        """Ask the view again, with a form that refuses the file: all that was typed is in it."""
        if isinstance(exception, OSError) and is_full(exception):  # of a file that waits elsewhere
            exception = NotStoredError(full_message(), code="storage_full")
        match = request.resolver_match
        if not isinstance(exception, NotStoredError) or not request.FILES or match is None:
            return None
        with refusing(exception):
            response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        return response


class NulMiddleware:
    """Answers 400 where a NUL character breaks a view: PostgreSQL keeps none, neither in text nor in JSON.

    Forms and lists that know what to say about it say it themselves.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Only failures are looked at."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """Raise BadRequest for a failure of a request with NUL; others are failures of ours."""
        if isinstance(exception, DataError | ValueError) and _has_nul(request):
            raise BadRequest("The request holds a NUL character.") from exception


def _has_nul(request: HttpRequest) -> bool:
    """Whether address, query or form hold NUL; in a form also as JSON writes it."""
    texts = [request.path, *request.GET, *request.POST]
    for data in (request.GET, request.POST):
        texts += [value for values in data.lists() for value in values[1]]
    return any("\x00" in text or "\\u0000" in text for text in texts)
