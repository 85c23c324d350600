"""Broken links in what a member may change."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.queries.links import broken_links_of
from knowledge.views.freshness import member_edit_url


@require_safe
@login_required
def own_links(request: HttpRequest) -> HttpResponseBase:
    """The list, with a way to change each item."""
    rows = [
        {"broken": broken, "edit_url": member_edit_url(broken.item)}
        for broken in broken_links_of(request.user)
    ]
    return render(request, "knowledge/upkeep/own_links.html", {"rows": rows})
