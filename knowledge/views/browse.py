"""Lists that visitors filter: resources, organisations, topics."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from knowledge import browse
from knowledge.exports import ORGANISATION_FORMATS, RESOURCE_FORMATS, ExportFormat, download
from knowledge.models import Topic
from knowledge.queries import (
    organisations_for_cards,
    organisations_visible_to,
    resources_for_cards,
    resources_visible_to,
    topics_with_counts,
)
from nexsm.base.filters import FilterGroup, active_filters

PAGE_SIZE = 20
# A visitor can have that many at once; editors have all of them in the admin.
MAX_EXPORT = 5000
MAX_CHOICES = 20
FIRST_YEAR, LAST_YEAR = 1800, 2200


@require_safe
def resource_list(request: HttpRequest) -> HttpResponse:
    """Published resources with filters."""
    found = _resources(request)
    page = _page(resources_for_cards(found.items), request.GET.get("page"))
    context = _list_context(request, page, found, RESOURCE_FORMATS)
    return render(request, "knowledge/resource_list.html", context)


@require_safe
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Published organisation profiles with filters."""
    found = _organisations(request)
    page = _page(organisations_for_cards(found.items), request.GET.get("page"))
    context = _list_context(request, page, found, ORGANISATION_FORMATS)
    return render(request, "knowledge/organisation_list.html", context)


@require_safe
def resource_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same resources as the list with these filters, as a file. Raises Http404 for a format."""
    return _export(_resources(request).items, RESOURCE_FORMATS, kind, "nexsm-material")


@require_safe
def organisation_export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same organisations as the list, as a file. Raises Http404 for an unknown format."""
    found = _organisations(request)
    return _export(found.items, ORGANISATION_FORMATS, kind, "nexsm-organisationen")


def _export(
    items: QuerySet[Any], formats: Mapping[str, ExportFormat], kind: str, name: str
) -> HttpResponseBase:
    if kind not in formats:
        raise Http404
    response = download(items[:MAX_EXPORT], formats[kind], name=name)
    response["X-Robots-Tag"] = "noindex"
    return response


@dataclass(frozen=True)
class _Found:
    """What a list shows: items in their order, filters, the name of the order."""

    items: QuerySet[Any]
    groups: list[FilterGroup]
    sort: str


def _resources(request: HttpRequest) -> _Found:
    years = _year(request.GET.get("year_from")), _year(request.GET.get("year_to"))
    items = browse.filter_years(resources_visible_to(request.user), *years)
    chosen = _chosen(request.GET, [facet.name for facet in browse.RESOURCE_FACETS])
    result = browse.filter_items(items, browse.RESOURCE_FACETS, chosen)
    ordered, sort = browse.order_items(
        result.items, browse.RESOURCE_ORDERS, request.GET.get("sort", "")
    )
    return _Found(ordered, [*result.groups, browse.year_group(*years)], sort)


def _organisations(request: HttpRequest) -> _Found:
    chosen = _chosen(request.GET, [facet.name for facet in browse.ORGANISATION_FACETS])
    items = organisations_visible_to(request.user)
    result = browse.filter_items(items, browse.ORGANISATION_FACETS, chosen)
    ordered, sort = browse.order_items(
        result.items, browse.ORGANISATION_ORDERS, request.GET.get("sort", "")
    )
    return _Found(ordered, result.groups, sort)


@require_safe
def topic_list(request: HttpRequest) -> HttpResponse:
    """All topics."""
    return render(
        request, "knowledge/topic_list.html", {"topics": topics_with_counts(request.user)}
    )


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """One topic: its newest resources and its organisations. Raises Http404 for an unknown code."""
    topics = topics_with_counts(request.user)
    # A code may hold a dot. What can be no code is not looked up: a NUL would upset PostgreSQL.
    found: Topic | None = topics.filter(code=code).first() if code.isprintable() else None
    if found is None:
        raise Http404
    resources = resources_visible_to(request.user).filter(topics=found)
    organisations = organisations_visible_to(request.user).filter(topics=found)
    context = {
        "topic": found,
        "resources": resources_for_cards(resources.order_by("-first_published_at", "-pk"))[:12],
        "organisations": organisations_for_cards(organisations.order_by("name", "pk"))[:12],
    }
    return render(request, "knowledge/topic_detail.html", context)


def _year(text: str | None) -> int | None:
    """A year, or None for anything that is none."""
    if text is None or not text.isascii() or not text.isdigit() or len(text) > len(str(LAST_YEAR)):
        return None
    return int(text) if FIRST_YEAR <= int(text) <= LAST_YEAR else None


def _chosen(query: QueryDict, names: Sequence[str]) -> dict[str, list[str]]:
    """Chosen codes per filter. What could be no code is dropped: a NUL would upset PostgreSQL."""
    chosen = {}
    for name in names:
        codes = [code for code in query.getlist(name)[:MAX_CHOICES] if code.isprintable()]
        if codes := [code for code in codes if 0 < len(code) <= 40]:  # noqa: PLR2004 - code length
            chosen[name] = codes
    return chosen


def _page(items: QuerySet[Any], number: str | None) -> Page[Any]:
    """The page asked for, the first for nonsense, the last for too much."""
    paginator = Paginator(items, PAGE_SIZE)
    try:
        return paginator.page(number or 1)
    except PageNotAnInteger:
        return paginator.page(1)
    except EmptyPage:
        negative = (number or "").lstrip().startswith("-") or number == "0"
        return paginator.page(1 if negative else paginator.num_pages)


def _list_context(
    request: HttpRequest, page: Page[Any], found: _Found, formats: Mapping[str, ExportFormat]
) -> dict[str, Any]:
    return {
        "page_obj": page,
        "filters": found.groups,
        "active_filters": active_filters(request, found.groups),
        "query_string": request.GET.urlencode(),
        "sort": found.sort,
        "total": page.paginator.count,
        "reset_url": request.path,
        "export_formats": formats.values(),
        "max_export": MAX_EXPORT,
    }
