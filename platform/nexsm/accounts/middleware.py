"""Headers that depend on who is signed in, and a guard in front of the editors' admin."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse

from nexsm.accounts.kept_forms import forget_sent_form, keep_for_later
from nexsm.accounts.second_factor import lacks_second_factor

GetResponse = Callable[[HttpRequest], HttpResponseBase]


def _is_signed_in(request: HttpRequest) -> bool:
    """Whether this is somebody's session. Does not touch the session of a visitor."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


class PrivateResponseMiddleware:
    """What a signed-in person sees is kept by no cache. Shared files are left alone."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer as private if somebody is signed in."""
        response = self.get_response(request)
        shared = (settings.STATIC_URL, settings.MEDIA_URL)
        if not request.path.startswith(shared) and _is_signed_in(request):
            response["Cache-Control"] = "private, no-store"
        return response


class AdminMiddleware:
    """The admin answers 403 to members, asks editors for two factors, loads nothing from elsewhere.

    Wagtail would send a member without admin access back to the login, which sends signed-in
    people on to the admin again, without end.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the admin's policy."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return self.get_response(request)
        response = self.get_response(request)
        response.headers.setdefault(
            "Content-Security-Policy", settings.ADMIN_CONTENT_SECURITY_POLICY
        )
        return response

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponseBase | None:
        """Refuse members, lead editors without a second factor to it. Raises PermissionDenied."""
        if not request.path.startswith(reverse("wagtailadmin_home")):
            return None
        if request.path == reverse("wagtailadmin_logout") or not request.user.is_authenticated:
            return None
        if not request.user.has_perm("wagtailadmin.access_admin"):
            raise PermissionDenied
        if lacks_second_factor(request.user):
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return None


class KeptFormMiddleware:
    """A form sent after the session had ended is not lost on the way to the login."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Keep the form, or forget it once it has arrived."""
        if request.method == "POST" and _is_signed_in(request):
            forget_sent_form(request)
        return keep_for_later(request, self.get_response(request))
