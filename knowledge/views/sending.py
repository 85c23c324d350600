"""The last page about a draft: look at it, compare, send or delete it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.enums import DraftStep, SubmissionState
from knowledge.forms.drafts import STEP_FORMS, SendForm
from knowledge.models import ResourceDraft
from knowledge.queries import drafts as reads
from knowledge.queries.duplicates import Duplicate, Sought, probable_duplicates
from knowledge.queries.membership import may_edit
from knowledge.services.drafts import comparing, writing
from knowledge.services.drafts.sending import IncompleteError, NewerVersionError, send
from knowledge.services.drafts.values import STEP_FIELDS, is_behind, step_of
from knowledge.services.submissions import SubmissionError
from knowledge.views.drafts import (
    TOO_MANY,
    after_sending,
    documents_of,
    leads_on,
    may_go_on,
    missing_step,
    own_draft,
)
from nexsm.accounts.members import member_of
from nexsm.base import throttle
from nexsm.base.models import Document

SENT_AN_HOUR = 30


@dataclass(frozen=True)
class ShownField:
    """A field of a draft as people read it."""

    name: str
    label: Any
    values: Sequence[str]
    notes: Sequence[str] = ()
    is_required: bool = False


@dataclass(frozen=True)
class ShownStep:
    """The fields of one page, with the way back to it."""

    step: DraftStep
    fields: Sequence[ShownField]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@leads_on
def check(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Everything once more, what may be a duplicate, and the button that sends it."""
    draft = own_draft(request, public_id)
    if draft.is_sent:
        return after_sending(draft)
    if missing := missing_step(draft):
        return redirect("knowledge:draft_step", draft.public_id, missing)
    if is_behind(draft):
        return redirect("knowledge:draft_compare", draft.public_id)
    if "different" in request.POST:
        return _note_different(request, draft)
    if request.method != "POST":
        return _check_page(request, draft, SendForm())
    form = SendForm(request.POST)
    if not throttle.allow("send", str(request.user.pk), limit=SENT_AN_HOUR, seconds=throttle.HOUR):
        form.add_error(None, _("That is a lot at once. Please go on in an hour."))
        return _check_page(request, draft, form, status=TOO_MANY)
    if _duplicates(request, draft):
        form.add_error(None, _("Please say first whether it is here already."))
    if form.is_valid() and (answer := _send(request, draft, form)):
        return answer
    return _check_page(request, draft, form)


def _send(request: HttpRequest, draft: ResourceDraft, form: SendForm) -> HttpResponse | None:
    """Send it, and lead on; without an answer the form says what is wrong."""
    try:
        submission = send(draft=draft, by=member_of(request), message=form.cleaned_data["message"])
    except NewerVersionError:
        return redirect("knowledge:draft_compare", draft.public_id)
    except IncompleteError as error:
        for field, texts in error.messages.items():
            for text in texts:
                form.add_error(None, _with_its_page(draft, field, text))
        return None
    except writing.NotYoursError:
        form.add_error(None, _("You may not change this any more."))
        return None
    except SubmissionError as error:
        form.add_error(None, str(error))
        return None
    draft.submission = submission
    if submission.state == SubmissionState.PUBLISHED:
        messages.success(request, _("Published. Thank you!"))
    else:
        messages.success(
            request, _("Sent. Thank you! The editors look at it, and you get a mail from them.")
        )
    return after_sending(draft)


def _with_its_page(draft: ResourceDraft, field: str, text: str) -> str:
    """What is wrong, with a link to the page on which the field is changed, if there is one."""
    step = step_of(field)
    if step is None:
        return text
    shown = STEP_FORMS[DraftStep(step)].base_fields.get(field)
    address = reverse("knowledge:draft_step", args=[draft.public_id, step])
    label = shown.label if shown else DraftStep(step).label
    return format_html('<a href="{}">{}: {}</a>', address, label, text)


def _check_page(
    request: HttpRequest, draft: ResourceDraft, form: SendForm, *, status: int = 200
) -> HttpResponse:
    notes = reads.notes_for(draft.resource)
    named = {field for fields in STEP_FIELDS.values() for field in fields}
    context = {
        "draft": draft,
        "form": form,
        "steps": shown_steps(request, draft, notes),
        "other_notes": [text for name in notes if name not in named for text in notes[name]],
        "duplicates": _duplicates(request, draft),
    }
    return render(request, "knowledge/contributing/check.html", context, status=status)


def _duplicates(request: HttpRequest, draft: ResourceDraft) -> list[Duplicate]:
    sought = Sought(
        title=draft.value("title"),
        doi=draft.value("doi"),
        url=draft.value("url"),
        file_hashes=tuple(one.file_hash for one in documents_of(draft) if one.file_hash),
    )
    return probable_duplicates(
        sought, viewer=request.user, leave_out=draft.distinct_from, own=draft.resource_id
    )


def _note_different(request: HttpRequest, draft: ResourceDraft) -> HttpResponse:
    try:
        public_id = UUID(request.POST["different"])
    except ValueError:
        raise Http404 from None
    writing.note_distinct(draft=draft, public_id=public_id)
    return redirect("knowledge:draft_check", draft.public_id)


@require_safe
@login_required
def same(request: HttpRequest, public_id: UUID, other_id: UUID) -> HttpResponseBase:
    """The person recognises an item that is here already: what she can do now."""
    draft = own_draft(request, public_id)
    if draft.is_sent:
        return after_sending(draft)
    found = [one.resource for one in _duplicates(request, draft)]
    resource = next((one for one in found if one.public_id == other_id), None)
    if resource is None:
        raise Http404
    context = {
        "draft": draft,
        "resource": resource,
        "may_change": may_edit(request.user, resource),
    }
    return render(request, "knowledge/contributing/same.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@leads_on
def discard(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Delete a draft, after a question. What one may not send any more can be read here, and copied."""
    draft = reads.draft_of(request.user, public_id)
    if draft is None:
        raise Http404
    if draft.is_sent:
        return after_sending(draft)
    if request.method == "POST":
        _discard(request, draft)
        return redirect("knowledge:contribute")
    may = may_go_on(request, draft)
    context = {
        "draft": draft,
        "may_go_on": may,
        "typed": [] if may else _changed_fields(request, draft),
        "files": [] if may else [one.document for one in draft.uploads.select_related("document")],
    }
    return render(request, "knowledge/contributing/discard.html", context)


def _discard(request: HttpRequest, draft: ResourceDraft) -> None:
    count = len(documents_of(draft))
    writing.discard(draft=draft)
    with_files = ngettext(
        "The draft and its file are deleted.", "The draft and its files are deleted.", count
    )
    messages.success(request, with_files if count else _("The draft is deleted."))


def _changed_fields(request: HttpRequest, draft: ResourceDraft) -> list[ShownField]:
    """Her own words and files only: the rest is the version of an organisation she has left."""
    before = draft.base_values
    return [
        field
        for step in shown_steps(request, draft, {})
        for field in step.fields
        if field.name != "file"
        and field.values
        and draft.values.get(field.name) != before.get(field.name)
    ]


def shown_steps(
    request: HttpRequest, draft: ResourceDraft, notes: dict[str, list[str]]
) -> list[ShownStep]:
    """All fields with their labels, in words instead of codes."""
    files = [document.filename for document in documents_of(draft)]
    steps = []
    for step, form_class in STEP_FORMS.items():
        form = form_class(draft=draft, user=request.user)
        fields = [
            ShownField(
                name,
                _("Files") if name == "file" else form[name].label,
                files if name == "file" else _words(field, draft.values.get(name)),
                notes.get("files" if name == "file" else name, ()),
                field.required,
            )
            for name, field in form.fields.items()
        ]
        steps.append(ShownStep(step, fields))
    return steps


def _words(field: Any, value: Any) -> list[str]:
    """A value in words: labels of choices, each entry of a list. Choices that are gone have none."""
    values = value if isinstance(value, list) else [value or ""]
    if not hasattr(field, "choices"):
        return [str(one) for one in values if one]
    labels = dict(_flat(field.choices))
    return [str(labels[one]) for one in values if one in labels]


def _flat(choices: Any) -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for code, label in choices:
        flat.extend(label if isinstance(label, list) else [(code, label)])
    return flat


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def compare(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Somebody else changed the same resource: both texts side by side, and the person chooses."""
    draft = own_draft(request, public_id)
    if draft.is_sent:
        return after_sending(draft)
    if draft.resource is None or not is_behind(draft):
        return redirect("knowledge:draft_check", draft.public_id)
    is_unsettled = False
    if request.method == "POST":
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else None  # noqa: PLR2004 - digits of a 64-bit number
        if comparing.settle(draft=draft, revision=revision, choices=request.POST.dict()):
            messages.success(request, _("Both versions are brought together. Please check."))
            return redirect("knowledge:draft_check", draft.public_id)
        is_unsettled = True
    found = comparing.compare(draft)
    fields = {
        name: (form_field, label)
        for form_class in STEP_FORMS.values()
        for name, form_field, label in _labelled(form_class(draft=draft, user=request.user))
    }
    context = {
        "draft": draft,
        "revision": found.revision,
        "conflicts": [
            {
                "name": one.field,
                "label": fields[one.field][1],
                "mine": _version(one.field, fields[one.field][0], one.mine),
                "theirs": _version(one.field, fields[one.field][0], one.theirs),
                "chosen": request.POST.get(one.field, ""),
            }
            for one in found.conflicts
        ],
        "taken": [fields[name][1] for name in found.taken],
        "is_unsettled": is_unsettled,
    }
    return render(request, "knowledge/contributing/compare.html", context)


def _version(name: str, field: Any, value: Any) -> list[str]:
    """One of two texts; files by their names."""
    if name == "files":
        return [one.filename for one in Document.objects.filter(public_id__in=value)]
    return _words(field, value)


def _labelled(form: Any) -> list[tuple[str, Any, Any]]:
    """Fields by the name of their value: the one for uploads stands for the files."""
    return [
        ("files", None, _("Files")) if name == "file" else (name, field, form[name].label)
        for name, field in form.fields.items()
    ]
