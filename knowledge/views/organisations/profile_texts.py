"""The profile in further languages: choosing one, and writing its text."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.forms.profile_texts import ProfileTextForm
from knowledge.models import Language, Organisation
from knowledge.queries.membership import WRITERS
from knowledge.queries.people import block_of, newest_appeal
from knowledge.services.organisations.errors import PeopleError
from knowledge.services.organisations.profile import (
    ChangedMeanwhileError,
    newest_version,
    send_profile,
)
from nexsm.base.sent_once import sent_once

from .finding import own, person
from .profile import said


@login_required
@require_safe
def choose(request: HttpRequest, public_id: uuid.UUID) -> HttpResponse:
    """Lead on to the page of the chosen language (``sprache``)."""
    organisation = own(request, public_id, *WRITERS)
    language = Language.objects.filter(
        code=request.GET.get("sprache", "").replace("\0", ""), is_active=True
    ).first()
    if language is None:
        messages.info(request, _("Please choose a language first."))
        return redirect("knowledge:organisation_profile", organisation.public_id)
    return redirect("knowledge:organisation_text", organisation.public_id, language.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def text(request: HttpRequest, public_id: uuid.UUID, code: str) -> HttpResponse:
    """The text in one language. It is sent for review as the profile is; the one online stays until then.

    Raises Http404 for an organisation of others and for a language that is not in use.
    """
    organisation = own(request, public_id, *WRITERS)
    newest = newest_version(organisation)
    language = get_object_or_404(Language, code=code)
    if language.pk == newest.language_id:  # its text is the profile itself
        return redirect("knowledge:organisation_profile", organisation.public_id)
    form = ProfileTextForm(request.POST or None, version=newest, language=language)
    is_new = form.instance.pk is None and not form.instance.description
    if is_new and not language.is_active:
        raise Http404
    context: dict[str, Any] = {
        "organisation": organisation,
        "form": form,
        "language": language,
        "is_new": is_new,
        "first": newest,
        "blocked": block_of(organisation),
        "appeal": newest_appeal(organisation),
        "is_owner": False,
    }
    if request.method == "POST" and form.is_valid():
        try:
            submission = send_profile(
                version=form.changed_version(), by=person(request), seen=form.cleaned_data["seen"]
            )
        except ChangedMeanwhileError as error:
            form.add_error(None, str(error))
            context["other"] = _other(form, organisation)
        except PeopleError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, said(submission.state))
            return redirect("knowledge:organisation_profile", organisation.public_id)
    return render(request, "knowledge/organisations/profile_text.html", context)


def _other(form: ProfileTextForm, organisation: Organisation) -> str:
    """What somebody else saved meanwhile in this language. Sending again overwrites it."""
    organisation.refresh_from_db()
    theirs = ProfileTextForm(version=newest_version(organisation), language=form.language)
    sent: Any = form.data.copy()  # type: ignore[attr-defined]  # what came in is a QueryDict
    sent["seen"] = str(organisation.latest_revision_id or "")
    form.data = sent
    return "\n\n".join(filter(None, [theirs["name"].value(), theirs["description"].value()]))
