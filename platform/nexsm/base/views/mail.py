"""Which mails somebody gets: her choice in the account, and the link in every mail she may refuse."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nexsm.base.mail import kinds, wishes


class MailChoiceForm(forms.Form):
    """One tick for each kind of mail this person may get."""

    wanted = forms.MultipleChoiceField(
        label=gettext_lazy("Send me e-mails about"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, user: Any) -> None:
        self.offered = kinds.kinds_for(user)
        refused = wishes.refused_kinds(user)
        chosen = [kind.name for kind in self.offered if kind.name not in refused]
        super().__init__(data, initial={"wanted": chosen})
        self.fields["wanted"].choices = [  # type: ignore[attr-defined]
            (kind.name, format_html("{} <small>{}</small>", kind.label, kind.explanation))
            for kind in self.offered
        ]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choice(request: HttpRequest) -> HttpResponse:
    """See and change which mails one gets."""
    data = request.POST if request.method == "POST" else None
    form = MailChoiceForm(data, user=request.user)
    if form.is_valid():
        wishes.set_wanted(
            user=request.user,
            offered=[kind.name for kind in form.offered],
            wanted=form.cleaned_data["wanted"],
        )
        messages.success(request, _("Your choice has been saved."))
        return redirect("base:mail_choice")
    return render(request, "base/mail/choice.html", {"form": form})


@csrf_exempt  # programs that show mails send the POST, without cookies (RFC 8058); the token is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """No more mails of one kind. Opening the page changes nothing: its button does.

    Raises Http404 for a token that is not ours.
    """
    try:
        recipient = wishes.read(token)
    except wishes.BadTokenError as error:
        raise Http404 from error
    kind = kinds.get(recipient.kind)
    if kind is None:
        raise Http404
    if request.method == "POST":
        wishes.refuse(recipient)
    context = {"kind": kind, "address": recipient.address, "is_done": request.method == "POST"}
    return render(request, "base/mail/unsubscribe.html", context)
