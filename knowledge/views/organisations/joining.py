"""From a public profile into an organisation: asking to join, and “this is our organisation”."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.enums import RequestState
from knowledge.forms.people import ClaimForm, JoinForm
from knowledge.queries.people import ways_in
from knowledge.services.organisations import claims, joining
from knowledge.services.organisations.errors import LimitReachedError, PeopleError
from nexsm.base.sent_once import sent_once

from .finding import person, public


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def join(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Ask to belong to an organisation."""
    organisation = public(request, public_id)
    form = JoinForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            joining.ask(
                organisation=organisation,
                by=person(request),
                message=form.cleaned_data["message"],
            )
        except PeopleError as error:
            form.add_error(None, str(error))
            status = 429 if isinstance(error, LimitReachedError) else 200
        else:
            messages.success(request, _("We asked. You get a mail as soon as it is decided."))
            return redirect("knowledge:my_organisations")
    context = {
        "organisation": organisation,
        "form": form,
        "ways": ways_in(organisation, person(request)),
    }
    return render(request, "knowledge/organisations/join.html", context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def claim(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Take over a profile: at once if the address proves it, else after a look by the editors."""
    organisation = public(request, public_id)
    ways = ways_in(organisation, person(request))
    is_quick = claims.is_quick(organisation, person(request))
    form = ClaimForm(request.POST if request.method == "POST" else None, is_quick=is_quick)
    status = 200
    if request.method == "POST" and form.is_valid():
        message = form.cleaned_data.get("message", "")
        try:
            made = claims.claim(organisation=organisation, by=person(request), message=message)
        except PeopleError as error:
            form.add_error(None, str(error))
            status = 429 if isinstance(error, LimitReachedError) else 200
        else:
            if made.state == RequestState.ACCEPTED:
                messages.success(request, _("Welcome! You look after this profile now."))
                return redirect("knowledge:organisation_people", organisation.public_id)
            messages.success(request, _("Thank you. The editors look at it and write to you."))
            return redirect("knowledge:my_organisations")
    context = {"organisation": organisation, "form": form, "ways": ways, "is_quick": is_quick}
    return render(request, "knowledge/organisations/claim.html", context, status=status)
