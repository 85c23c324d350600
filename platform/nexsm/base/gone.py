"""What was public once and is withdrawn answers 410 with title, date and reason.

Rooms keep their own tombstones; the floor keeps those of pages and knows how to answer.
"""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from nexsm.base.models import PageTombstone


def gone_response(request: HttpRequest, path: str) -> HttpResponse | None:
    """The 410 answer for a withdrawn page at this path below the language prefix, or None."""
    tombstone = PageTombstone.objects.filter(path=path.strip("/")).first()
    if tombstone is None:
        return None
    return render_gone(
        request,
        title=tombstone.title,
        withdrawn_at=tombstone.withdrawn_at,
        reason=tombstone.reason,
        successor_url=tombstone.successor_url,
    )


def render_gone(
    request: HttpRequest,
    *,
    title: str,
    withdrawn_at: datetime,
    reason: str = "",
    successor_url: str = "",
) -> HttpResponse:
    """Answer 410 Gone (RFC 9110, 15.5.11) and say what was here."""
    context = {
        "title": title,
        "reason": reason,
        "withdrawn_at": withdrawn_at,
        "successor_url": successor_url,
    }
    return render(request, "410.html", context, status=410)
