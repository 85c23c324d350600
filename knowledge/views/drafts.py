"""Adding or changing a resource: a file or a link first, then one thing a page."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from knowledge.enums import DraftStep
from knowledge.forms.drafts import STEP_FORMS, StartForm, StepForm
from knowledge.models import Resource, ResourceDraft
from knowledge.queries import drafts as reads
from knowledge.queries.membership import may_edit
from knowledge.services.drafts import filling, writing
from knowledge.services.drafts.values import fingerprint, step_of
from nexsm.accounts.members import member_of
from nexsm.base import throttle
from nexsm.base.models import Document

DRAFTS_AN_HOUR = 60
# Each one keeps a process of the server busy for some seconds.
LINKS_AN_HOUR = 20
STEPS = tuple(DraftStep)
TOO_BIG, TOO_MANY, CHANGED, SIGNED_OUT = 413, 429, 409, 401
AUTOSAVE = "X-NexSM-Autosave"
View = Callable[..., HttpResponseBase]


def own_draft(request: HttpRequest, public_id: UUID) -> ResourceDraft:
    """One's own draft. Raises Http404 for those of others, and of items one may not change any more."""
    draft = reads.draft_of(request.user, public_id)
    if draft is None or not may_go_on(request, draft):
        raise Http404
    return draft


def may_go_on(request: HttpRequest, draft: ResourceDraft) -> bool:
    """Not with the change of an item that belongs to an organisation one has left meanwhile."""
    return draft.is_sent or draft.resource is None or may_edit(request.user, draft.resource)


def tells_signed_out(view: View) -> View:
    """Saving in passing after the session has ended says so at the form.

    On the way to the login the form would be kept once for each time, and nobody would see it.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if AUTOSAVE not in request.headers or request.user.is_authenticated:
            return view(request, *args, **kwargs)
        text = _(
            "Nothing is saved at the moment: you are signed out. Please send this page and sign in. What you typed stays."
        )
        return JsonResponse({"text": text}, status=SIGNED_OUT)

    return answer


def leads_on(view: View) -> View:
    """A page about a draft that was sent or deleted meanwhile, on another page, leads to one's own list."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except writing.SentOrGoneError as error:
            text = str(error)
        except ResourceDraft.DoesNotExist:
            text = _("This was deleted meanwhile.")
        if AUTOSAVE in request.headers:
            return JsonResponse({"text": text}, status=CHANGED)
        messages.info(request, text)
        return redirect("knowledge:contribute")

    return wrapped


def after_sending(draft: ResourceDraft) -> HttpResponseRedirect:
    """Where a draft leads that was sent."""
    return redirect(draft.submission or "knowledge:contribute")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@leads_on
def start(request: HttpRequest) -> HttpResponseBase:
    """Drop a file or paste a link, or go on without."""
    if request.method != "POST":
        return _start_page(request, StartForm(), key=str(uuid4()))
    form = StartForm(request.POST, request.FILES)
    key = request.POST.get("key", "")
    try:
        number = UUID(key)
    except ValueError:
        key, number = (str(fresh := uuid4()), fresh)
    is_new = reads.draft_of(request.user, number) is None
    if is_new and not throttle.allow(
        "draft", str(request.user.pk), limit=DRAFTS_AN_HOUR, seconds=throttle.HOUR
    ):
        form.add_error(None, _("That is a lot at once. Please go on in an hour."))
        return _start_page(request, form, key=key, status=TOO_MANY)
    is_valid = form.is_valid()
    file = form.cleaned_data.get("file")
    if not is_valid and not file:
        return _start_page(request, form, key=key, status=_status_of(form))
    try:
        draft = writing.begin(by=member_of(request), key=number)
    except writing.NotYoursError:
        raise Http404 from None
    if draft.is_sent:  # the form was sent again after everything was done
        return after_sending(draft)
    if file:
        _keep_file(draft, form)
    if form.errors:  # the link is wrong: the file is not asked for again; or there are too many
        return _start_page(request, form, key=key, draft=draft)
    if values := form.values():
        _fill_from_link(request, draft, values)
    return redirect("knowledge:draft_step", draft.public_id, DraftStep.CONTENT)


def _start_page(
    request: HttpRequest,
    form: StartForm,
    *,
    key: str,
    draft: ResourceDraft | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"form": form, "key": key, "files": documents_of(draft) if draft else []}
    return render(request, "knowledge/contributing/start.html", context, status=status)


def _fill_from_link(request: HttpRequest, draft: ResourceDraft, values: dict[str, str]) -> None:
    if not any(values.values()):
        return
    if not throttle.allow(
        "read_link", str(request.user.pk), limit=LINKS_AN_HOUR, seconds=throttle.HOUR
    ):
        filling.keep_link(draft=draft, **values)
        messages.info(request, _("We have looked at many links for you. Just go on: you can type."))
        return
    found = filling.fill_from_link(draft=draft, **values)
    if found is None:
        messages.info(request, _("Nobody answers at this address now. Just go on: you can type."))


def documents_of(draft: ResourceDraft) -> list[Document]:
    """The files of a draft, in order."""
    wanted = draft.values.get("files") or []
    known = {str(one.public_id): one for one in Document.objects.filter(public_id__in=wanted)}
    return [known[one] for one in wanted if one in known]


@require_http_methods(["GET", "HEAD", "POST"])
@tells_signed_out
@login_required
@leads_on
def step(request: HttpRequest, public_id: UUID, step: str) -> HttpResponseBase:
    """One page about a draft. Saved in passing by a script, or sent to go on."""
    if step not in STEPS:
        raise Http404
    draft = own_draft(request, public_id)
    if draft.is_sent:
        return after_sending(draft)
    is_autosave = AUTOSAVE in request.headers
    if request.method != "POST":
        return _step_page(request, draft, _form(request, draft, step, None))
    form = _form(request, draft, step, request.POST)
    is_valid = form.is_valid()
    other: dict[str, Any] = {}
    try:
        writing.save_step(
            draft=draft,
            step=step,
            values=form.values(),
            seen=request.POST.get("seen", ""),
            page=request.POST.get("page", ""),
            is_done=is_valid and not is_autosave,
        )
    except writing.ChangedElsewhereError as error:
        other = error.values
        draft.refresh_from_db()
    if is_autosave:
        return _autosaved(is_kept=not other)
    # After the fields: files, and what is found in them, change the step as another page would.
    if "remove" in request.POST:
        writing.remove_file(draft=draft, public_id=request.POST["remove"])
        draft.refresh_from_db()
    if step == DraftStep.SOURCE:
        _keep_file(draft, form)
    if other or form.errors or "remove" in request.POST:
        return _step_page(request, draft, form, other=other, status=_status_of(form))
    return redirect(_after(draft))


def _form(
    request: HttpRequest, draft: ResourceDraft, step: str, data: QueryDict | None
) -> StepForm:
    files = request.FILES if request.method == "POST" else None
    return STEP_FORMS[DraftStep(step)](
        data, files, draft=draft, user=request.user, notes=reads.notes_for(draft.resource)
    )


def _keep_file(draft: ResourceDraft, form: Form) -> None:
    file = form.cleaned_data.get("file")
    if file is None:
        return
    try:
        document = writing.add_file(draft=draft, file=file)
    except writing.TooManyFilesError as error:
        form.add_error("file", str(error))
        return
    found = filling.fill_from_document(draft=draft, document=document)
    draft.refresh_from_db()
    _show_found(draft, form, found)


def _show_found(draft: ResourceDraft, form: Form, found: list[str]) -> None:
    """Show what the file says in the empty fields of a form that comes back, or it would be emptied."""
    data = cast("QueryDict", form.data).copy()
    data.update(
        {name: draft.value(name) for name in found if name in form.fields and not data.get(name)}
    )
    form.data = data


def _autosaved(*, is_kept: bool) -> JsonResponse:
    if not is_kept:
        text = _("You have changed this on another page as well. Please send this one to compare.")
        return JsonResponse({"text": text}, status=CHANGED)
    now = time_format(timezone.localtime(), "TIME_FORMAT")
    return JsonResponse({"text": _("Saved at %(time)s") % {"time": now}})


def _step_page(
    request: HttpRequest,
    draft: ResourceDraft,
    form: StepForm,
    *,
    other: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    number = STEPS.index(form.step)
    context = {
        "draft": draft,
        "form": form,
        "step": form.step,
        "number": number + 1,
        "count": len(STEPS) + 1,
        "previous": STEPS[number - 1] if number else None,
        "is_checked_next": not missing_step(draft),
        "files": documents_of(draft),
        "seen": fingerprint(draft.values, form.step),
        "page": secrets.token_urlsafe(12),
        "other": [(form[name].label, shown(value)) for name, value in (other or {}).items()],
    }
    return render(request, "knowledge/contributing/step.html", context, status=status)


def shown(value: Any) -> str:
    """A typed value as text: lists a line each."""
    return "\n".join(value) if isinstance(value, list) else str(value)


def _after(draft: ResourceDraft) -> str:
    """The first page that is still to be seen, else the last one."""
    draft.refresh_from_db()
    if missing := missing_step(draft):
        return reverse("knowledge:draft_step", args=[draft.public_id, missing])
    return reverse("knowledge:draft_check", args=[draft.public_id])


def missing_step(draft: ResourceDraft) -> DraftStep | None:
    """The first page that was not confirmed yet; that of files and links may be left out."""
    return next((one for one in STEPS[1:] if one not in draft.done_steps), None)


def _status_of(form: Any) -> int:
    data = form.errors.as_data().get("file", [])
    return TOO_BIG if any(error.code == "file_size" for error in data) else 200


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: HttpRequest, public_id: UUID) -> HttpResponseBase:
    """Begin to change a resource. The published version stays online meanwhile.

    ``feld`` in the query: the field somebody asked to change; its page is shown first.
    """
    resource = get_object_or_404(Resource, public_id=public_id)
    if not may_edit(request.user, resource):
        raise Http404
    known = reads.open_drafts_of(request.user).filter(resource=resource).first()
    first = step_of(request.GET.get("feld", ""))
    if known is None and request.method == "POST":
        known = writing.begin_changing(resource=resource, by=member_of(request))
    if known is not None and first is not None:
        return redirect("knowledge:draft_step", known.public_id, first)
    if known is not None:
        return redirect("knowledge:draft_check", known.public_id)
    return render(request, "knowledge/contributing/change.html", {"resource": resource})
