"""One's own sessions in the members' area, and adding to their documentation."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _, gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from conference.forms.offers import OfferForm
from conference.models import SessionPage
from conference.queries.own_sessions import begun_offer, offers_of, own_sessions
from conference.services import offers
from nexsm.accounts.models import User
from nexsm.base.members_area import MemberLink
from nexsm.base.page_links import localised_url
from nexsm.base.sent_once import sent_once

TOO_BIG, TOO_MANY = 413, 429


def member_links(user: Any) -> list[MemberLink]:
    """The way to one's own sessions, for those who have one."""
    if not own_sessions(user).exists():
        return []
    text = gettext_lazy("Add slides, recordings and results.")
    return [MemberLink(gettext_lazy("My sessions"), "conference:own_sessions", text)]


@require_safe
@login_required
def sessions(request: HttpRequest) -> HttpResponseBase:
    """The sessions somebody took part in, each with what she has sent for it."""
    sent: dict[int, list[Any]] = {}
    for offer in offers_of(request.user).select_related("document"):
        sent.setdefault(offer.session_id, []).append(offer)
    rows = [
        {
            "session": page,
            "url": localised_url(page),
            "conference": page.get_parent(),
            "offers": sent.get(page.pk, []),
        }
        for page in own_sessions(request.user)
    ]
    return render(request, "conference/documenting/sessions.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@sent_once
def add(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The form for one item. Raises Http404 for sessions of others."""
    session = get_object_or_404(own_sessions(request.user), pk=pk)
    user = cast("User", request.user)
    if "remove" in request.POST:
        offers.forget_file(session=session, by=user)
    kept = begun_offer(session, user)
    has_file = kept is not None and kept.document is not None
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = OfferForm(*data, user=user, has_file=has_file)
    if request.method != "POST" or "remove" in request.POST:
        return _page(request, session, form)
    is_valid = form.is_valid()
    file = form.cleaned_data.get("file")
    status = _status_of(form)
    if is_valid:
        try:
            offers.offer_documentation(session=session, by=user, values=form.values(), file=file)
        except offers.OfferError as refusal:
            form.add_error(None, str(refusal))
            status = TOO_MANY
        except ValidationError as refusal:  # another upload was quicker with the last space
            form.add_error("file", refusal.messages[0])
            file = None
        else:
            messages.success(request, _("Thank you. The editors look at it and write to you."))
            return redirect("conference:own_sessions")
    if file:
        _keep(session, user, form)
    return _page(request, session, form, status=status)


def _keep(session: SessionPage, user: User, form: OfferForm) -> None:
    """Keep the file of a form that comes back: browsers do not send it again."""
    try:
        offers.keep_file(session=session, by=user, file=form.cleaned_data["file"])
    except ValidationError as refusal:
        form.add_error("file", refusal.messages[0])


def _page(
    request: HttpRequest, session: SessionPage, form: OfferForm, *, status: int = 200
) -> HttpResponse:
    kept = begun_offer(session, request.user)
    context = {
        "form": form,
        "session": session,
        "url": localised_url(session),
        "kept": kept.document if kept else None,
    }
    return render(request, "conference/documenting/add.html", context, status=status)


def _status_of(form: OfferForm) -> int:
    errors = form.errors.as_data().get("file", [])
    return TOO_BIG if any(error.code == "file_size" for error in errors) else 200
