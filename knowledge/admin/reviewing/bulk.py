"""Publishing several submissions at once. Each one is checked again, each change is logged."""

from __future__ import annotations

import re
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from knowledge.admin.reviewing.access import LATER, QUEUE, may_see
from knowledge.models import Submission
from knowledge.queries.submissions import queue
from knowledge.services import submissions
from nexsm.accounts.models import User

MAX_ITEMS = 100
_NUMBER = re.compile(r"[0-9]{1,18}")  # what the database's integers hold


@require_POST
def publish_chosen(request: HttpRequest) -> HttpResponse:
    """Ask first, then publish what still waits in the version that was listed.

    Raises PermissionDenied for who may not review.
    """
    if not may_see(request.user):
        raise PermissionDenied
    chosen = _chosen(request.POST)
    if not chosen:
        messages.info(request, _("Tick what you want to publish first."))
        return redirect(QUEUE)
    rows = {row.pk: row for row in queue().filter(pk__in=chosen)}
    if "confirmed" not in request.POST:
        context: dict[str, Any] = {
            "rows": [(row, f"{pk}:{chosen[pk]}") for pk, row in sorted(rows.items())],
            "page_title": _("Publish"),
        }
        return render(request, "knowledge/admin/reviewing/publish.html", context)
    done = sum(_publish(request, rows[pk], seen) for pk, seen in chosen.items() if pk in rows)
    if done:
        text = ngettext("%(count)d entry is published.", "%(count)d entries are published.", done)
        messages.success(request, text % {"count": done})
    return redirect(QUEUE)


def _chosen(data: QueryDict) -> dict[int, int]:
    """Submissions with the revision that was listed. What is no pair of numbers is left out."""
    chosen: dict[int, int] = {}
    for value in data.getlist("items")[:MAX_ITEMS]:
        number, _colon, revision = value.partition(":")
        if _NUMBER.fullmatch(number) and _NUMBER.fullmatch(revision):
            chosen[int(number)] = int(revision)
    return chosen


def _publish(request: HttpRequest, submission: Submission, seen: int) -> bool:
    try:
        is_online = submissions.approve(
            submission=submission, by=cast("User", request.user), seen=seen
        )
    except submissions.SubmissionError as reason:
        messages.warning(request, f"{submission.title}: {reason}")
        return False
    if not is_online:
        messages.info(request, str(LATER) % {"title": submission.title})
    return is_online
