"""The appeal against a block."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.forms.people import AppealForm
from knowledge.queries.people import block_of
from knowledge.services.organisations import trust
from knowledge.services.organisations.errors import PeopleError
from nexsm.base.sent_once import sent_once

from .finding import owned, person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def appeal(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Why the organisation is blocked, and a form for what speaks against it."""
    organisation = owned(request, public_id)
    block = block_of(organisation)
    if block is None:
        raise Http404
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"]
        try:
            trust.appeal(organisation=organisation, text=text, by=person(request))
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("We got your appeal. You get a mail when it is decided."))
            return redirect("knowledge:organisation_people", organisation.public_id)
    context = {
        "organisation": organisation,
        "blocked": block,
        "form": form,
        "appeals": trust.appeals_against(block),
    }
    return render(request, "knowledge/organisations/appeal.html", context)
