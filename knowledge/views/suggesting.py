"""“Suggest a change” for everybody, and the list of suggestions for members."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import get_language, gettext as _now, gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.models import EditSuggestion
from knowledge.models.suggestions import SuggestedPart
from knowledge.queries.suggestions import suggestions_for
from knowledge.services.suggestions import (
    AlreadyDecidedError,
    SuggestionLimitReachedError,
    decide,
    suggest,
)
from knowledge.views.freshness import member_edit_url
from nexsm.accounts.members import member_of
from nexsm.base import items
from nexsm.base.honeypot import HoneypotForm
from nexsm.base.sent_once import sent_once

SHOWN = 100


class SuggestionForm(HoneypotForm):
    """What should be different."""

    part = forms.ChoiceField(
        label=_("What should be different?"),
        choices=[("", _("Please choose")), *SuggestedPart.choices],
    )
    text = forms.CharField(
        label=_("Your suggestion"),
        max_length=2000,
        help_text=_("Write what stands there now and what should stand there."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=200,
        help_text=_(
            "Only if you want to hear what became of it. We write once and delete it then."
        ),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    field_order = ["part", "text", "email", "website"]


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def suggestion(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The form about one item, without account. Raises Http404 for what the visitor may not see."""
    found, known = items.find(kind, key, request.user), items.kind_named(kind)
    if found is None or known is None:
        raise Http404
    form, status = SuggestionForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = suggest(
                kind=known,
                item=found,
                part=data["part"],
                text=data["text"],
                email=data["email"],
                language=get_language() or "",
                # Only its hash is kept, for an hour.
                sender_key=str(get_adapter().get_client_ip(request)),
            )
        except SuggestionLimitReachedError as limit:
            form.add_error(None, str(limit))
            status = 429
        else:
            without_mail = bool(data["email"]) and not made.email
            how = "without-mail" if without_mail else "1"
            return HttpResponseRedirect(f"{request.path}?sent={how}")
    context = {
        "form": form,
        "title": known.title_of(found),
        "item_url": known.url_of(found),
        "sent": request.GET.get("sent") in {"1", "without-mail"},
        "without_mail": request.GET.get("sent") == "without-mail",
    }
    response = render(request, "knowledge/upkeep/suggestion.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response


class DeclineForm(forms.Form):
    """Why something stays as it is."""

    answer = forms.CharField(
        label=_("Why not?"),
        required=False,
        max_length=500,
        help_text=_("Whoever suggested it reads this in an e-mail from us, without your name."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


@require_safe
@login_required
def own_suggestions(request: HttpRequest) -> HttpResponseBase:
    """Suggestions about what this member may change; what waits stands first."""
    rows = [_row(row) for row in suggestions_for(request.user)[:SHOWN]]
    return render(request, "knowledge/upkeep/own_suggestions.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sent_once
def decide_own(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a suggestion up (POST) and go on to the form, or say no and why: the page is about that.

    Raises Http404 for a suggestion about what belongs to others.
    """
    found = get_object_or_404(suggestions_for(request.user), pk=pk)
    is_accepted = request.POST.get("decision") == "accept"
    form = DeclineForm(request.POST or None)
    if not is_accepted and not form.is_valid():
        context = {**_row(found), "form": form}
        return render(request, "knowledge/upkeep/decline_suggestion.html", context)
    if not is_accepted and request.POST.get("decision") != "decline":
        raise Http404
    try:
        decide(
            suggestion=found,
            is_accepted=is_accepted,
            by=member_of(request),
            answer="" if is_accepted else form.cleaned_data["answer"],
        )
    except AlreadyDecidedError as refusal:
        messages.warning(request, str(refusal))
        return HttpResponseRedirect(reverse("knowledge:own_suggestions"))
    edit_url = _row(found)["edit_url"] if is_accepted else ""
    if edit_url:
        messages.success(request, _now("The suggestion stands beside the form until you publish."))
    else:
        messages.success(request, _now("Thank you, this is noted."))
    return HttpResponseRedirect(edit_url or reverse("knowledge:own_suggestions"))


def _row(row: EditSuggestion) -> dict[str, Any]:
    kind = items.kind_named(row.kind)
    item = kind.get(row.key) if kind else None
    known = kind is not None and item is not None
    return {
        "suggestion": row,
        "item_url": kind.url_of(item) if kind and known else "",
        "edit_url": member_edit_url(item) if item is not None else "",
    }
