"""The page behind the link in an invitation. Opening it changes nothing: programs open links in mails."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.models import Invitation
from knowledge.services.organisations import invitations
from knowledge.services.organisations.errors import PeopleError
from nexsm.base import throttle

from .finding import person

WRONG_PER_HOUR = 30


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """What one is invited to, and a button. Who is not signed in is led through the login and back."""
    found = invitations.find(token)
    if found is None or not invitations.can_be_accepted(found):
        return _over(request, found)
    if request.method != "POST":
        return _page(request, found)
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    try:
        organisation = invitations.accept(invitation=found, user=person(request))
    except PermissionDenied:
        return _page(request, found, status=403, is_for_another=True)
    except PeopleError:
        return _over(request, found)
    messages.success(request, _("Welcome! You belong to the organisation now."))
    return redirect("knowledge:organisation_people", organisation.public_id)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def never_again(request: HttpRequest, token: str) -> HttpResponse:
    """One button: no more invitations to this address, from no organisation. No account is needed."""
    found = invitations.find(token)
    if found is None:
        return _over(request, found)
    if request.method == "POST":
        invitations.never_again(invitation=found)
    context = {"is_done": request.method == "POST"}
    return _private(render(request, "knowledge/organisations/never_again.html", context))


def _page(
    request: HttpRequest, found: Invitation, *, status: int = 200, is_for_another: bool = False
) -> HttpResponse:
    if request.user.is_authenticated:
        mine = invitations.open_invitations_for(person(request))
        is_for_another = is_for_another or not mine.filter(pk=found.pk).exists()
    context = {
        "invitation": found,
        "organisation": found.organisation,
        "is_for_another": is_for_another,
    }
    page = render(request, "knowledge/organisations/invitation.html", context, status=status)
    return _private(page)


def _over(request: HttpRequest, found: Invitation | None) -> HttpResponse:
    """One answer for used, taken back, ended and invented links; who guesses is stopped."""
    client = str(get_adapter().get_client_ip(request))
    guesses = found is None and not throttle.allow(
        "invitation", client, limit=WRONG_PER_HOUR, seconds=throttle.HOUR
    )
    status = 429 if guesses else 404
    page = render(request, "knowledge/organisations/invitation_over.html", status=status)
    return _private(page)


def _private(response: HttpResponse) -> HttpResponse:
    """The address holds the secret: no other site may learn it.

    Not "no-referrer": browsers then send forms with the origin "null", which the CSRF check refuses.
    """
    response["Referrer-Policy"] = "same-origin"
    response["X-Robots-Tag"] = "noindex"
    return response
