"""“Report this content” for everybody, and the page that tells what became of it."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import get_adapter
from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.models.reports import AppealSide, ReportReason
from knowledge.services.report_decisions import CannotAppealError, appeal, may_appeal
from knowledge.services.report_rights import is_left_to_decider
from knowledge.services.reports import (
    ReportLimitReachedError,
    UnknownReportLinkError,
    link_of,
    read_link,
    report_item,
)
from nexsm.base import items
from nexsm.base.honeypot import HoneypotForm
from nexsm.base.sent_once import sent_once

LONGEST_TEXT = 4000
WITHOUT_MAIL = "mail=none"


class ReportForm(HoneypotForm):
    """What is wrong with an item. Only reason and text are required (DSA Art. 16, 2)."""

    reason = forms.ChoiceField(
        label=_("What is it about?"), choices=ReportReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What exactly is wrong, and where?"),
        max_length=LONGEST_TEXT,
        help_text=_("For example the sentence, the picture or the file."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        required=False,
        max_length=200,
        help_text=_("Only if you want to hear from us. Whoever made the content does not see it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    in_good_faith = forms.BooleanField(
        label=_("I say this to the best of my knowledge, and I believe that it is true.")
    )
    field_order = ["reason", "text", "email", "in_good_faith", "website"]


class AppealForm(forms.Form):
    """Why a decision is wrong."""

    text = forms.CharField(
        label=_("Why do you disagree?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def report(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The form about one item, without account. Raises Http404 for what the visitor may not see."""
    found, known = items.find(kind, key, request.user), items.kind_named(kind)
    if found is None or known is None:
        raise Http404
    form, status = ReportForm(request.POST or None), 200
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = report_item(
                kind=known,
                item=found,
                reason=data["reason"],
                text=data["text"],
                email=data["email"],
                language=get_language() or "",
                # Only its hash is kept, for an hour.
                sender_key=str(get_adapter().get_client_ip(request)),
                by=request.user if request.user.is_authenticated else None,
            )
        except ReportLimitReachedError as limit:
            form.add_error(None, str(limit))
            status = 429
        else:
            url = _path(link_of(made, language=get_language() or ""))
            without_mail = bool(data["email"]) and not made.email
            return HttpResponseRedirect(f"{url}?{WITHOUT_MAIL}" if without_mail else url)
    context = {"form": form, "title": known.title_of(found), "item_url": known.url_of(found)}
    return _private(render(request, "knowledge/upkeep/report.html", context, status=status))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sent_once
def status(request: HttpRequest, token: str) -> HttpResponse:
    """What became of a report, for who has the link; here one objects. Raises Http404."""
    try:
        found, author = read_link(token)
    except UnknownReportLinkError as error:
        raise Http404 from error
    side = AppealSide.AUTHOR if author else AppealSide.REPORTER
    form = AppealForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            appeal(report=found, text=form.cleaned_data["text"], user=author)
        except CannotAppealError as refusal:
            form.add_error(None, str(refusal))
        else:
            return HttpResponseRedirect(request.path)
    context: dict[str, Any] = {
        "report": found,
        "holds": found.standing(),
        "is_author": author is not None,
        "is_left_to_decider": is_left_to_decider(found),
        "without_mail": request.GET.urlencode() == WITHOUT_MAIL,
        "appeal": found.appeals.filter(side=side).first(),
        "form": form if may_appeal(found, side) or form.errors else None,
    }
    return _private(render(request, "knowledge/upkeep/report_status.html", context))


def _path(link: str) -> str:
    """The path of a link: redirects stay on the host that was asked."""
    return "/" + link.split("://", 1)[1].split("/", 1)[1]


def _private(response: HttpResponse) -> HttpResponse:
    """Nothing a search engine should keep; the address of the page tells nobody where it was left."""
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"
    return response
