"""A member's page about what she has sent: its state, what to do next, the conversation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.forms.submissions import AnswerForm, AppealForm
from knowledge.models import (
    Organisation,
    Resource,
    Submission,
    SubmissionAppeal,
    SubmissionMessage,
)
from knowledge.queries.labels import field_label
from knowledge.queries.submissions import (
    is_left_to_refuser,
    may_appeal,
    open_notes,
    submissions_visible_to,
)
from knowledge.services import submission_appeals, submissions
from knowledge.services.drafts.values import step_of
from knowledge.services.organisations.audit import name_for_members
from nexsm.accounts.models import User
from nexsm.base import throttle
from nexsm.base.sent_once import sent_once

ANSWERS_PER_HOUR = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def submission(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The page; a POST writes an answer. Raises Http404 for what belongs to others."""
    found = _find(request, public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and _answer(request, found, form):
        return redirect(found)
    context = _context(found, form, cast("User", request.user))
    return render(request, "knowledge/reviewing/thread.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def withdraw(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Ask whether it shall be taken back; the button does it. Raises Http404 for what belongs to others."""
    found = _find(request, public_id)
    if request.method == "POST":
        try:
            submissions.withdraw(submission=found, by=cast("User", request.user))
        except submissions.SubmissionError as reason:
            messages.error(request, str(reason))
        else:
            messages.success(request, _("You have taken it back. Nothing is lost."))
        return redirect(found)
    if not found.is_open:
        return redirect(found)
    return render(request, "knowledge/reviewing/withdraw.html", {"submission": found})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def appeal(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Object to a refusal, once. Raises Http404 for what belongs to others."""
    found = _find(request, public_id)
    if not may_appeal(found):
        return redirect(found)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        user = cast("User", request.user)
        try:
            submission_appeals.appeal(submission=found, text=form.cleaned_data["text"], by=user)
        except submissions.SubmissionError as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("Your objection has been sent."))
            return redirect(found)
    context = {"submission": found, "form": form}
    return render(request, "knowledge/reviewing/appeal.html", context)


def _find(request: HttpRequest, public_id: UUID) -> Submission:
    return get_object_or_404(submissions_visible_to(request.user), public_id=public_id)


def _answer(request: HttpRequest, found: Submission, form: AnswerForm) -> bool:
    user = cast("User", request.user)
    if not throttle.allow("answer", str(user.pk), limit=ANSWERS_PER_HOUR, seconds=throttle.HOUR):
        form.add_error(None, _("Too many messages in a short time. Please try again in an hour."))
        return False
    try:
        submissions.answer(submission=found, by=user, text=form.cleaned_data["text"])
    except submissions.SubmissionError as reason:
        form.add_error(None, str(reason))
        return False
    messages.success(request, _("Your message has been sent."))
    return True


def _context(found: Submission, form: AnswerForm, viewer: User) -> dict[str, Any]:
    model = found.content_type.model_class() or Resource
    return {
        "submission": found,
        "item": found.item,
        "may_appeal": may_appeal(found),
        "appeal": SubmissionAppeal.objects.filter(submission=found).first(),
        "is_left_to_refuser": is_left_to_refuser(found),
        "form": form,
        "notes": [
            (field_label(model, note.field), note, _change_url(found.item, note.field))
            for note in open_notes(found)
        ],
        "change_url": _change_url(found.item),
        "lines": [
            Line(message, _name_of(message.author, viewer), field_label(model, message.field))
            for message in found.messages.select_related("author")
        ],
    }


def _change_url(item: Any, field: str = "") -> str:
    """Where the author changes the item, at the page of this field if it has one."""
    if item is None:
        return ""
    if isinstance(item, Organisation):
        return reverse("knowledge:organisation_profile", args=[item.public_id])
    url = reverse("knowledge:resource_change", args=[item.public_id])
    return f"{url}?feld={field}" if step_of(field) else url


@dataclass(frozen=True)
class Line:
    """One line of the conversation: who says it, and the name of the field it is about, if any."""

    message: SubmissionMessage
    person: str
    label: str


def _name_of(person: User | None, viewer: User) -> str:
    """How a person is named to members: never by an address."""
    if person is not None and person.pk == viewer.pk:
        return _("You")
    return name_for_members(person)
