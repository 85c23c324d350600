"""A new profile, after a look whether there is one already."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.forms.founding import FoundingForm
from knowledge.models import Language, Organisation
from knowledge.queries.names import near_organisations
from knowledge.queries.people import ways_in
from knowledge.services.organisations.errors import PeopleError
from knowledge.services.organisations.founding import found
from nexsm.base.sent_once import sent_once

from .finding import person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def founding(request: HttpRequest) -> HttpResponse:
    """Five fields. Profiles with nearly the same name are shown before a new one is made."""
    language = Language.objects.filter(code=get_language()).first()
    form = FoundingForm(request.POST or None, initial={"language": language})
    near: list[Organisation] = []
    status = 200
    if request.method == "POST" and form.is_valid():
        near = near_organisations(form.cleaned_data["name"], person(request))
        if not form.cleaned_data["is_new"]:
            form.ask_about(near)
    if request.method == "POST" and form.is_valid():
        try:
            organisation = found(beginning=form.beginning(), by=person(request))
        except PeopleError as error:
            form.add_error(None, str(error))
            status = 429
        else:
            messages.success(
                request, _("Thank you. The editors look at the profile and write to you.")
            )
            return redirect("knowledge:organisation_people", organisation.public_id)
    context = {
        "form": form,
        "near": [(profile, ways_in(profile, person(request))) for profile in near],
    }
    return render(request, "knowledge/organisations/founding.html", context, status=status)
