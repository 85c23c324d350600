"""A form that was sent after the session had ended: it waits until the person has signed in."""

from __future__ import annotations

import hashlib
import time
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _

from nexsm.accounts.models import User
from nexsm.base import throttle
from nexsm.base.kept_forms import KeptForm, kept_form

SESSION_NAME = "kept_form"
# Long enough to find the password.
KEPT_SECONDS = 3600
# As long as a form may stand open after its session has ended.
OWNER_SECONDS = 30 * 24 * 3600
# What goes into a session; longer texts wait in the page itself.
MAX_SIZE = 300_000
# So that nobody fills the table of sessions.
_LIMIT, _LIMIT_SECONDS = 20, 3600


def keep_for_later(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Replace the way to the login, in which a posted form would be lost."""
    if request.method != "POST" or not _leads_to_login(response) or request.user.is_authenticated:
        return response
    kept = kept_form(request)
    # A form that asks for a password is about signing in: that is what comes now anyway.
    if kept is None or kept.left_out:
        return response
    if kept.size > MAX_SIZE or not _is_within_limit(request):
        return render(request, "account/signed_out.html", {"kept": kept}, status=403)
    data = {"at": time.time(), "owner": _owner(request), **kept.as_data()}
    request.session[SESSION_NAME] = data
    messages.info(
        request, _("You were signed out. What you typed is kept: please sign in, then send it.")
    )
    target = urlencode({"next": reverse("accounts:kept_form")})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{target}")


def note_owner(request: HttpRequest, user: User) -> None:
    """Remember whose forms these will be: with each login a browser gets a new secret against forgery.

    So a form that comes later without a session still says who typed it.
    """
    if key := _owner_key(request):
        cache.set(key, user.pk, OWNER_SECONDS)


def waiting_form(request: HttpRequest) -> KeptForm | None:
    """The form that waits in this session; after an hour it is thrown away.

    So it is when somebody else signs in: computers are shared.
    """
    data = request.session.get(SESSION_NAME)
    if data is None:
        return None
    is_hers = data.get("owner") in (None, request.user.pk)
    if not is_hers or time.time() - data["at"] > KEPT_SECONDS:
        del request.session[SESSION_NAME]
        return None
    return KeptForm.from_data(data)


def forget_sent_form(request: HttpRequest) -> None:
    """The form has been sent to where it belongs: it need not wait any more."""
    data = request.session.get(SESSION_NAME)
    if data and data["action"] == request.get_full_path():
        del request.session[SESSION_NAME]


def _owner(request: HttpRequest) -> int | None:
    key = _owner_key(request)
    owner: int | None = cache.get(key) if key else None
    return owner


def _owner_key(request: HttpRequest) -> str:
    """A hash of the browser's secret, which Django's middleware and login keep there."""
    secret = request.META.get("CSRF_COOKIE", "")
    return f"form_owner:{hashlib.sha256(secret.encode()).hexdigest()}" if secret else ""


def _is_within_limit(request: HttpRequest) -> bool:
    address = get_adapter().get_client_ip(request)
    return throttle.allow("kept_form", address, limit=_LIMIT, seconds=_LIMIT_SECONDS)


def _leads_to_login(response: HttpResponseBase) -> bool:
    if not isinstance(response, HttpResponseRedirect):
        return False
    return urlsplit(response.url).path == resolve_url(settings.LOGIN_URL)
