"""Changing the profile."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.enums import MembershipRole, SubmissionState
from knowledge.forms.profile import ProfileForm
from knowledge.models import Organisation
from knowledge.queries.membership import WRITERS, role_of
from knowledge.queries.people import block_of, languages_of, newest_appeal
from knowledge.services.organisations.errors import PeopleError
from knowledge.services.organisations.profile import (
    ChangedMeanwhileError,
    newest_version,
    send_profile,
)
from nexsm.base.sent_once import sent_once

from .finding import own, person


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def profile(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """The newest version to change. It is sent for review; the one online stays until then."""
    organisation = own(request, public_id, *WRITERS)
    newest = newest_version(organisation)
    seen = organisation.latest_revision_id
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ProfileForm(*data, instance=newest, initial={"seen": seen})
    context: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "blocked": block_of(organisation),
        "appeal": newest_appeal(organisation),
        "is_owner": role_of(request.user, organisation) == MembershipRole.OWNER,
        **languages_of(newest),
    }
    if request.method == "POST" and form.is_valid():
        try:
            submission = send_profile(
                version=form.version(),
                by=person(request),
                seen=form.cleaned_data["seen"],
                logo=form.cleaned_data["new_logo"],
            )
        except ChangedMeanwhileError as error:
            form.add_error(None, str(error))
            context["others"] = _others(form, organisation)
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said(submission.state))
            return redirect("knowledge:organisation_people", organisation.public_id)
    return render(request, "knowledge/organisations/profile.html", context)


def _others(form: ProfileForm, organisation: Organisation) -> list[tuple[str, str]]:
    """What somebody else saved meanwhile where it differs: label and text. Sending again overwrites it."""
    organisation.refresh_from_db()
    newest = newest_version(organisation)
    theirs = ProfileForm(instance=newest, initial={"seen": organisation.latest_revision_id})
    form.data = form.data.copy()
    form.data["seen"] = str(organisation.latest_revision_id)
    return [
        (str(field.label), _shown(theirs[name].value()))
        for name, field in form.fields.items()
        if name not in {"seen", "new_logo"}
        and _shown(theirs[name].value()) != _shown(form[name].value())
    ]


def _shown(value: Any) -> str:
    """A value of a field as text, so that two can be compared and read."""
    if isinstance(value, list | tuple | QuerySet):
        return ", ".join(sorted(str(item) for item in value))
    return str(value if value is not None else "").replace("\r\n", "\n").strip()


def said(state: str) -> str:
    """What is told after a profile was sent."""
    if state == SubmissionState.PUBLISHED:
        return _("The profile is online.")
    return _("Thank you. The editors look at it; until then the profile online stays as it is.")
