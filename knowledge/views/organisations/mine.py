"""My organisations: memberships, what I asked for, what I am invited to."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from knowledge.models import JoinRequest
from knowledge.queries.membership import memberships_of
from knowledge.queries.people import own_claims, own_requests
from knowledge.services.organisations import claims, invitations, joining
from knowledge.services.organisations.errors import PeopleError

from .finding import person


@login_required
@require_safe
def my_organisations(request: HttpRequest) -> HttpResponse:
    """Everything on one page."""
    user = person(request)
    context = {
        "memberships": memberships_of(user).select_related("organisation__standing"),
        "requests": own_requests(user),
        "claims": own_claims(user),
        "invitations": invitations.open_invitations_for(user),
    }
    return render(request, "knowledge/organisations/mine.html", context)


@login_required
@require_POST
def accept_listed(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Accept an invitation that went to one's own confirmed address."""
    user = person(request)
    found = get_object_or_404(invitations.open_invitations_for(user), public_id=public_id)
    try:
        organisation = invitations.accept(invitation=found, user=user)
    except PermissionDenied as error:  # the address was given up a moment ago
        raise Http404 from error
    except PeopleError as error:
        messages.error(request, str(error))
        return redirect("knowledge:my_organisations")
    messages.success(request, _("Welcome! You belong to the organisation now."))
    return redirect("knowledge:organisation_people", organisation.public_id)


@login_required
@require_POST
def withdraw_request(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take one's own request to join back."""
    user = person(request)
    found = get_object_or_404(JoinRequest, user=user, public_id=public_id)
    try:
        joining.withdraw(request=found, by=user)
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("knowledge:my_organisations")


@login_required
@require_POST
def withdraw_claim(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own claim back."""
    user = person(request)
    found = get_object_or_404(own_claims(user), pk=pk)
    try:
        claims.withdraw(claim=found, by=user)
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("knowledge:my_organisations")
