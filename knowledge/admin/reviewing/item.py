"""The page of one submission for editors: what changes, what was said, what to do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, cast

from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from knowledge.admin.reviewing.access import ITEM, LATER, QUEUE, may_see
from knowledge.admin.reviewing.comparison import FieldRow, compare
from knowledge.admin.reviewing.forms import AnswerForm, DecisionForm
from knowledge.admin.reviewing.queue import kind_text, state_text
from knowledge.enums import SubmissionState
from knowledge.models import CuratedItem, Organisation, Resource, Submission, SubmissionAppeal
from knowledge.queries.duplicates import Sought, probable_duplicates
from knowledge.queries.labels import field_label
from knowledge.queries.submissions import (
    is_alone,
    is_neutral,
    may_review,
    queue,
    was_taken_offline,
)
from knowledge.services import submission_appeals, submissions
from nexsm.accounts.models import User
from nexsm.accounts.privacy import person_name
from nexsm.base.admin.work import edit_url

MOST_DUPLICATES = 5
# What the buttons do: a method ``do_<name>``, and whether nothing is left to do here afterwards.
ACTIONS = {
    "publish": True,
    "changes": True,
    "refuse": True,
    "look": True,
    "answer": False,
    "take": False,
    "give_back": False,
    "reopen": False,
    "grant": False,
    "stay": True,
}


@dataclass(frozen=True)
class Line:
    """One line of the conversation."""

    message: Any
    person: str
    label: str


class SubmissionView(WagtailAdminTemplateMixin, View):
    """Shows a submission; a POST does what the pressed button says."""

    template_name = "knowledge/admin/reviewing/item.html"
    header_icon = "tasks"
    breadcrumbs_items: ClassVar[list[Any]] = []
    submission: Submission

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Raises Http404 without such a submission, PermissionDenied for who may not review it."""
        if not may_see(request.user):
            raise PermissionDenied
        self.submission = get_object_or_404(queue(), pk=kwargs["pk"])
        if not may_review(request.user, self.submission.item):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def editor(self) -> User:
        """Who works here."""
        return cast("User", self.request.user)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        """The page."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002
        """Act. What was typed is kept when it cannot be done."""
        action = request.POST.get("action", "")
        if action not in ACTIONS or not self._form.is_valid():
            return self.render_to_response(self.get_context_data())
        try:
            done = getattr(self, f"do_{action}")()
        except submissions.SubmissionError as reason:
            if isinstance(reason, submissions.NewerVersionError):
                self._show_newer_version()
            self._form.add_error(None, str(reason))
            return self.render_to_response(self.get_context_data())
        messages.success(request, done)
        return redirect(QUEUE if ACTIONS[action] else reverse(ITEM, args=[self.submission.pk]))

    @cached_property
    def version(self) -> CuratedItem | None:
        """What was sent."""
        revision = self.submission.revision
        return cast("CuratedItem", revision.as_object()) if revision else None

    @cached_property
    def rows(self) -> list[FieldRow]:
        """Its fields."""
        return compare(self.version, self.request) if self.version else []

    @cached_property
    def decision(self) -> DecisionForm:
        """Notes and message."""
        is_sent = self.request.method == "POST" and self.request.POST.get("action") != "answer"
        data = self.request.POST if is_sent else None
        return DecisionForm(data, rows=self.rows, initial={"seen": self.submission.revision_id})

    @cached_property
    def answer(self) -> AnswerForm:
        """A message only."""
        is_sent = self.request.POST.get("action") == "answer"
        return AnswerForm(self.request.POST if is_sent else None)

    @property
    def _form(self) -> Any:
        return self.answer if self.request.POST.get("action") == "answer" else self.decision

    def _show_newer_version(self) -> None:
        """The page shows it now; what was typed stays."""
        data = self.request.POST.copy()
        data["seen"] = str(self.submission.revision_id)
        self.decision = DecisionForm(data, rows=self.rows)

    @property
    def _seen(self) -> int:
        """The version that was read; none is not the one that was sent."""
        return int(self.decision.cleaned_data["seen"] or 0)

    def do_publish(self) -> str:
        """Put the version online that was read."""
        is_online = submissions.approve(submission=self.submission, by=self.editor, seen=self._seen)
        text = _("“%(title)s” is published.") if is_online else str(LATER)
        return text % {"title": self.submission.title}

    def do_changes(self) -> str:
        """Send it back with notes."""
        submissions.request_changes(
            submission=self.submission,
            by=self.editor,
            notes=self.decision.notes(),
            message=self.decision.cleaned_data["message"],
            seen=self._seen,
        )
        return _("The author has been asked for changes.")

    def do_refuse(self) -> str:
        """Do not publish it."""
        submissions.refuse(
            submission=self.submission,
            by=self.editor,
            reason=self.decision.cleaned_data["message"],
            seen=self._seen,
        )
        return _("The author has been told why it is not published.")

    def do_answer(self) -> str:
        """Write to the author."""
        text = self.answer.cleaned_data["text"]
        submissions.answer(submission=self.submission, by=self.editor, text=text)
        return _("Your message has been sent.")

    def do_take(self) -> str:
        """Look after it."""
        submissions.assign(submission=self.submission, by=self.editor, to=self.editor)
        return _("You look after it now.")

    def do_give_back(self) -> str:
        """Let others look after it."""
        submissions.assign(submission=self.submission, by=self.editor, to=None)
        return _("Nobody looks after it now.")

    def do_look(self) -> str:
        """Note that it was seen."""
        submissions.look_at(submission=self.submission, by=self.editor)
        return _("Thank you for having a look.")

    def do_reopen(self) -> str:
        """Look at a refused one again."""
        submissions.reopen(submission=self.submission, by=self.editor)
        return _("It waits for a decision again.")

    def do_grant(self) -> str:
        """The objection is right."""
        self._decide_appeal(is_granted=True)
        return _("It waits for a decision again, and the author is told.")

    def do_stay(self) -> str:
        """The objection changes nothing."""
        self._decide_appeal(is_granted=False)
        return _("The decision stays, and the author is told why.")

    def _decide_appeal(self, *, is_granted: bool) -> None:
        submission_appeals.decide_appeal(
            submission=self.submission,
            is_granted=is_granted,
            answer=self.decision.cleaned_data["message"],
            by=self.editor,
        )

    def _ways(self, appeal: SubmissionAppeal | None) -> dict[str, bool]:
        """What this editor may do after an objection."""
        may_decide = is_neutral(self.editor, self.submission) or is_alone(self.editor)
        # An open objection is answered instead.
        has_objection = appeal is not None and appeal.is_open
        is_refused = self.submission.state == SubmissionState.REFUSED
        return {
            "may_decide": may_decide,
            "may_reopen": is_refused and may_decide and not has_objection,
        }

    def get_page_title(self) -> str:
        """What it is about."""
        return str(self.submission.title)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Everything the page shows."""
        submission, item = self.submission, self.submission.item
        lines = submission.messages.select_related("author")
        appeal = SubmissionAppeal.objects.filter(submission=submission).first()
        return {
            **super().get_context_data(**kwargs),
            "submission": submission,
            "item": item,
            "was_offline": item is not None and was_taken_offline(item),
            "version": self.version,
            "kind": kind_text(submission),
            "state": state_text(submission),
            "sender": person_name(submission.submitted_by),
            "changed": [
                (row, self.decision.note(row.name)) for row in self.rows if row.has_changed
            ],
            "same": [
                (row, self.decision.note(row.name)) for row in self.rows if not row.has_changed
            ],
            "decision": self.decision,
            "answer": self.answer,
            "waits": submission.state == SubmissionState.WAITING,
            "appeal": appeal,
            **self._ways(appeal),
            "needs_look": submission.published_unseen and submission.looked_at is None,
            "edit_url": edit_url(type(item), item.pk) if item else "",
            "record": _record_of(submission),
            "duplicates": _duplicates_of(self.version, self.editor),
            "lines": [
                Line(line, person_name(line.author), field_label(type(item), line.field))
                for line in lines
            ],
        }


def _duplicates_of(version: CuratedItem | None, editor: User) -> list[tuple[Any, str]]:
    """What is probably the same and online, with where an editor opens it."""
    if isinstance(version, Organisation):
        same_name = Organisation.objects.filter(live=True, name__iexact=version.name)
        found: list[Any] = list(same_name.exclude(pk=version.pk).order_by("pk")[:MOST_DUPLICATES])
    elif isinstance(version, Resource):
        hashes = (row.document.file_hash for row in version.files.all())
        sought = Sought(version.title, version.doi, version.url, tuple(filter(None, hashes)))
        near = probable_duplicates(sought, viewer=editor, own=version.pk)
        found = [duplicate.resource for duplicate in near]
    else:
        found = []
    return [(item, edit_url(type(item), item.pk)) for item in found]


def _record_of(submission: Submission) -> dict[str, int]:
    """How many of the organisation's submissions were published and refused before."""
    if submission.organisation_id is None:
        return {}
    states = SubmissionState
    earlier = Submission.objects.filter(organisation=submission.organisation_id)
    return earlier.exclude(pk=submission.pk).aggregate(
        published=Count("pk", filter=Q(state=states.PUBLISHED)),
        refused=Count("pk", filter=Q(state=states.REFUSED)),
    )
