"""“Is this still right?”: the page behind the link in the mail. Reading it changes nothing."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.models import CuratedItem, Resource
from knowledge.models.freshness import Answer, FreshnessDigest
from knowledge.queries.caretakers import looked_after_by
from knowledge.queries.freshness import age_of
from knowledge.services.freshness import UnknownDigestError, answer, open_digest

MOST_DIGITS = 18


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def questions(request: HttpRequest, token: str) -> HttpResponse:
    """The entries of one mail, each with a button for an answer. An old link says what to do."""
    try:
        digest = open_digest(token)
    except UnknownDigestError:
        response = render(request, "knowledge/upkeep/freshness_gone.html", status=404)
    else:
        if request.method == "POST":
            _take(request, digest)
            return HttpResponseRedirect(request.path)
        response = render(request, "knowledge/upkeep/freshness.html", _context(digest))
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "same-origin"  # the address is a key
    return response


def _context(digest: FreshnessDigest) -> dict[str, object]:
    rows = digest.questions.select_related("freshness__content_type").prefetch_related(
        "freshness__item"
    )
    items = [row.freshness.item for row in rows if row.freshness.item is not None]
    # Whoever has handed an entry over since the mail was sent sees no more of it.
    hers = looked_after_by(digest.user, items)
    entries = [
        {
            "question": row,
            "item": row.freshness.item,
            "age": age_of(row.freshness.item),
            "edit_url": member_edit_url(row.freshness.item),
        }
        for row in rows
        if row.freshness.item in hers
    ]
    return {"person": digest.user, "entries": entries}


def member_edit_url(item: CuratedItem) -> str:
    """Where a member changes the item, after signing in."""
    if isinstance(item, Resource):
        return reverse("knowledge:resource_change", args=[item.public_id])
    return reverse("knowledge:organisation_profile", args=[item.public_id])


def _take(request: HttpRequest, digest: FreshnessDigest) -> None:
    number, what = request.POST.get("question", ""), request.POST.get("answer", "")
    known = number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS
    question = digest.questions.filter(pk=number).first() if known else None
    if question is None or what not in Answer.values:
        messages.error(request, _("Please choose an answer."))
    elif answer(question=question, what=Answer(what)):
        messages.success(request, _("Thank you, this is noted."))
    else:
        messages.error(request, _("You do not look after this entry any more."))
