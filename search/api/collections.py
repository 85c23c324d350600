"""Lists and single items: resources, organisations, conferences, topics, regions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.utils.translation import override
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from conference.queries import conferences_visible_to
from knowledge.models import Region, Topic
from knowledge.queries import organisations_visible_to, resources_visible_to
from search.api import items
from search.api.parameters import LanguageParameter, Paging, refuse_unknown
from search.api.schemas import (
    ConferenceItem,
    ConferenceList,
    OrganisationItem,
    OrganisationList,
    Problem,
    RegionItem,
    RegionList,
    ResourceItem,
    ResourceList,
    TopicItem,
    TopicList,
)

router = Router(tags=["collections"])
Make = Callable[[Any, Callable[[str], str]], Schema]


def _listed(request: HttpRequest, paging: Paging, rows: QuerySet[Any], make: Make) -> Any:
    """One page of rows. A page beyond the last is empty."""
    refuse_unknown(request, Paging)
    start = (paging.page - 1) * paging.page_size
    with override(paging.lang):
        return {
            "total": rows.count(),
            "page": paging.page,
            "page_size": paging.page_size,
            "items": [
                make(row, request.build_absolute_uri)
                for row in rows[start : start + paging.page_size]
            ],
        }


def _single(
    request: HttpRequest, lang: LanguageParameter, rows: QuerySet[Any], make: Make, **where: Any
) -> Any:
    refuse_unknown(request, LanguageParameter)
    with override(lang.lang):
        row = rows.filter(**where).first()
        if row is None:
            raise HttpError(404, "There is no such public item.")
        return make(row, request.build_absolute_uri)


def _resources() -> QuerySet[Any]:
    rows = resources_visible_to(AnonymousUser()).order_by("pk")
    return rows.select_related("type", "language", "licence").prefetch_related(
        "languages",
        "regions",
        "topics",
        "tags",
        "publishers__organisation",
        "contributors__organisation",
    )


def _organisations() -> QuerySet[Any]:
    rows = organisations_visible_to(AnonymousUser()).order_by("pk")
    return rows.select_related("language", "region").prefetch_related(
        "languages_spoken", "topics", "tags"
    )


def _conferences() -> QuerySet[Any]:
    rows = conferences_visible_to(AnonymousUser()).filter(alias_of__isnull=True)
    return rows.select_related("locale").order_by(F("date_start").desc(nulls_last=True), "pk")


def _topics() -> QuerySet[Any]:
    return Topic.objects.filter(is_active=True)


def _regions() -> QuerySet[Any]:
    return Region.objects.filter(is_active=True).select_related("parent")


@router.get("/resources", response={200: ResourceList, 400: Problem}, summary="All resources")
def resources(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Public resources, oldest first, so that reading all pages misses nothing."""
    return _listed(request, paging, _resources(), items.resource)


@router.get(
    "/resources/{uuid:public_id}",
    response={200: ResourceItem, 400: Problem, 404: Problem},
    summary="One resource",
)
def resource(request: HttpRequest, public_id: UUID, lang: Query[LanguageParameter]) -> Any:
    """A public resource."""
    return _single(request, lang, _resources(), items.resource, public_id=public_id)


@router.get(
    "/organisations", response={200: OrganisationList, 400: Problem}, summary="All organisations"
)
def organisations(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Public organisations and online communities, oldest first."""
    return _listed(request, paging, _organisations(), items.organisation)


@router.get(
    "/organisations/{uuid:public_id}",
    response={200: OrganisationItem, 400: Problem, 404: Problem},
    summary="One organisation",
)
def organisation(request: HttpRequest, public_id: UUID, lang: Query[LanguageParameter]) -> Any:
    """A public organisation."""
    return _single(request, lang, _organisations(), items.organisation, public_id=public_id)


@router.get("/conferences", response={200: ConferenceList, 400: Problem}, summary="All conferences")
def conferences(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Public conferences, the latest first."""
    return _listed(request, paging, _conferences(), items.conference)


@router.get(
    "/conferences/{uuid:public_id}",
    response={200: ConferenceItem, 400: Problem, 404: Problem},
    summary="One conference",
)
def conference(request: HttpRequest, public_id: UUID, lang: Query[LanguageParameter]) -> Any:
    """A public conference."""
    return _single(request, lang, _conferences(), items.conference, public_id=public_id)


@router.get("/topics", response={200: TopicList, 400: Problem}, summary="All topics")
def topics(request: HttpRequest, paging: Query[Paging]) -> Any:
    """The vocabulary of topics."""
    return _listed(request, paging, _topics(), items.topic)


@router.get(
    "/topics/{code}", response={200: TopicItem, 400: Problem, 404: Problem}, summary="One topic"
)
def topic(request: HttpRequest, code: str, lang: Query[LanguageParameter]) -> Any:
    """A topic."""
    return _single(request, lang, _topics(), items.topic, code=_code(code))


@router.get("/regions", response={200: RegionList, 400: Problem}, summary="All regions")
def regions(request: HttpRequest, paging: Query[Paging]) -> Any:
    """Countries and their states."""
    return _listed(request, paging, _regions(), items.region)


@router.get(
    "/regions/{code}", response={200: RegionItem, 400: Problem, 404: Problem}, summary="One region"
)
def region(request: HttpRequest, code: str, lang: Query[LanguageParameter]) -> Any:
    """A country or state."""
    return _single(request, lang, _regions(), items.region, code=_code(code))


def _code(code: str) -> str:
    """A code that can be looked up. Raises HttpError for one that cannot exist."""
    if not code.isprintable():
        raise HttpError(404, "There is no such public item.")
    return code
