"""The members' area: for visitors what one can do, for members what is theirs."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge.queries import drafts as reads
from nexsm.base.members_area import links_for

SHOWN = 5
PAGE_SIZE = 20


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Three ways to join in; for members also drafts, items with their states, organisations."""
    if not request.user.is_authenticated:
        return render(request, "knowledge/contributing/welcome.html")
    resources = reads.own_resources(request.user)
    context = {
        "drafts": reads.own_drafts(request.user, limit=20),
        "items": reads.own_items(resources[:SHOWN], request.user),
        "has_more": resources.count() > SHOWN,
        "asked_changes": reads.asked_changes_of(request.user)[:20],
        "memberships": reads.organisations_of(request.user),
        "more_links": links_for(request.user),
    }
    return render(request, "knowledge/contributing/overview.html", context)


@require_safe
@login_required
def own_resources(request: HttpRequest) -> HttpResponseBase:
    """All resources somebody may change or has made, with their states."""
    page = Paginator(reads.own_resources(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "page_obj": page,
        "items": reads.own_items(page.object_list, request.user),
        "query_string": request.GET.urlencode(),
    }
    return render(request, "knowledge/contributing/own_resources.html", context)
