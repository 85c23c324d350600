"""The people of one organisation: who belongs to it, whom it invited, who asks."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.enums import MembershipRole
from knowledge.forms.people import InvitationForm, RoleForm
from knowledge.models import Organisation
from knowledge.queries.membership import WRITERS, role_of
from knowledge.queries.people import (
    block_of,
    history_of,
    newest_appeal,
    open_claims_of,
    open_invitations_of,
    open_requests_of,
    people_of,
    space_of,
)
from knowledge.queries.submissions import submissions_of, was_taken_offline
from knowledge.services.organisations import audit, invitations, joining, memberships
from knowledge.services.organisations.errors import LimitReachedError, PeopleError
from nexsm.base.sent_once import sent_once

from .finding import own, owned, person

HISTORY_LENGTH = 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def people(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Everybody sees who belongs to it; owners also invitations and requests, and invite (POST)."""
    if request.method != "POST":
        return _people(request, own(request, public_id), InvitationForm())
    organisation = owned(request, public_id)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        return _people(request, organisation, form)
    try:
        invitations.invite(
            organisation=organisation,
            email=form.cleaned_data["email"],
            role=MembershipRole(form.cleaned_data["role"]),
            by=person(request),
        )
    except PeopleError as error:
        form.add_error("email", str(error))
        status = 429 if isinstance(error, LimitReachedError) else 200
        return _people(request, organisation, form, status=status)
    # The same whether or not there is an account, and whether or not the address wants mail.
    messages.success(
        request, _("The invitation is on its way, if the address takes invitations from us.")
    )
    return redirect("knowledge:organisation_people", organisation.public_id)


def _people(
    request: HttpRequest, organisation: Organisation, form: InvitationForm, *, status: int = 200
) -> HttpResponse:
    role = role_of(request.user, organisation)
    is_owner = role == MembershipRole.OWNER
    context: dict[str, Any] = {
        "organisation": organisation,
        "people": people_of(organisation),
        "roles": MembershipRole.choices,
        "role": role,
        "is_owner": is_owner,
        "may_edit": role in WRITERS,
        "was_taken_offline": was_taken_offline(organisation),
        "blocked": block_of(organisation),
        "appeal": newest_appeal(organisation),
        "spaces": [space_of(organisation)],
    }
    if context["was_taken_offline"] and role in WRITERS:
        context["thread"] = submissions_of(organisation).first()
    if is_owner:
        context |= {
            "form": form,
            "invitations": open_invitations_of(organisation),
            "requests": open_requests_of(organisation),
            "claims": open_claims_of(organisation),
        }
    return render(request, "knowledge/organisations/people.html", context, status=status)


@login_required
@require_POST
def change_person(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Give somebody another role, or end her membership (``remove``)."""
    organisation = owned(request, public_id)
    membership = get_object_or_404(people_of(organisation), pk=pk)
    form = RoleForm(request.POST)
    try:
        if "remove" in request.POST:
            memberships.remove(membership=membership, by=person(request))
        elif form.is_valid():
            role = MembershipRole(form.cleaned_data["role"])
            memberships.change_role(membership=membership, role=role, by=person(request))
    except PeopleError as error:
        messages.error(request, str(error))
    if organisation not in Organisation.objects.filter(memberships__user=person(request)):
        return redirect("knowledge:my_organisations")
    return redirect("knowledge:organisation_people", organisation.public_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask first, then leave."""
    organisation = own(request, public_id)
    context: dict[str, Any] = {"organisation": organisation}
    if request.method == "POST":
        try:
            memberships.leave(organisation=organisation, user=person(request))
        except PeopleError as error:
            context["problem"] = str(error)
        else:
            messages.success(request, _("You have left the organisation."))
            return redirect("knowledge:my_organisations")
    return render(request, "knowledge/organisations/leave.html", context)


@login_required
@require_POST
def revoke_invitation(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Take an invitation back."""
    organisation = owned(request, public_id)
    found = get_object_or_404(organisation.invitations, pk=pk)
    invitations.revoke(invitation=found, by=person(request))
    return redirect("knowledge:organisation_people", organisation.public_id)


@login_required
@require_POST
def decide_request(request: HttpRequest, public_id: uuid.UUID, pk: int) -> HttpResponse:
    """Let somebody in (``accept``), or do not."""
    organisation = owned(request, public_id)
    found = get_object_or_404(organisation.join_requests, pk=pk)
    try:
        joining.decide(request=found, accepts="accept" in request.POST, by=person(request))
    except PeopleError as error:
        messages.error(request, str(error))
    return redirect("knowledge:organisation_people", organisation.public_id)


@login_required
@require_safe
def history(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Who did what and when, for owners."""
    organisation = owned(request, public_id)
    context = {
        "organisation": organisation,
        "lines": audit.lines_for_members(history_of(organisation)[:HISTORY_LENGTH]),
    }
    return render(request, "knowledge/organisations/history.html", context)
