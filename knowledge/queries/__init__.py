"""Reads of the knowledge base. Every public read starts at a ``…_visible_to(viewer)``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from knowledge.enums import Visibility
from knowledge.models import CuratedItem, Organisation, Region, Resource, Tombstone, Topic

Viewer: TypeAlias = AbstractBaseUser | AnonymousUser


def readable_levels(viewer: Viewer) -> list[str]:
    """Visibility levels this viewer may read."""
    if viewer.is_authenticated and viewer.is_active:
        return [Visibility.PUBLIC, Visibility.MEMBERS]
    return [Visibility.PUBLIC]


def is_visible_to(item: CuratedItem, viewer: Viewer) -> bool:
    """Say whether the viewer may read the published version. Same rule as the querysets below."""
    return bool(item.live and item.visibility in readable_levels(viewer))


def visible_condition(viewer: Viewer) -> Q:
    """The rule of `is_visible_to` as a condition for the database."""
    return Q(live=True, visibility__in=readable_levels(viewer))


def resources_visible_to(viewer: Viewer) -> QuerySet[Resource]:
    """Published resources this viewer may read."""
    return Resource.objects.filter(visible_condition(viewer))


def organisations_visible_to(viewer: Viewer) -> QuerySet[Organisation]:
    """Published organisation profiles this viewer may read."""
    return Organisation.objects.filter(visible_condition(viewer))


def resources_for_cards(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Load with the resources what their cards show, in a fixed number of queries."""
    return resources.select_related(
        "type", "language", "organisation", "cover_image"
    ).prefetch_related("languages", "topics", "publishers__organisation", "files__document")


def organisations_for_cards(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Load with the organisations what their cards show."""
    return organisations.select_related("language", "region", "logo").prefetch_related(
        "languages_spoken", "topics"
    )


def resource_for_page(resources: QuerySet[Resource]) -> QuerySet[Resource]:
    """Load with a resource everything its page shows."""
    return resources.select_related(
        "type", "language", "licence", "organisation", "cover_image", "source_version"
    ).prefetch_related(
        "languages",
        "topics",
        "regions__parent",
        "audiences",
        "tags",
        "contributors__organisation",
        "publishers__organisation",
        "files__document",
        "files__language",
    )


def organisation_for_page(organisations: QuerySet[Organisation]) -> QuerySet[Organisation]:
    """Load with an organisation everything its profile shows."""
    return organisations.select_related("language", "region__parent", "logo").prefetch_related(
        "languages_spoken", "topics", "tags", "channels", "texts__language"
    )


def language_versions(resource: Resource, viewer: Viewer) -> QuerySet[Resource]:
    """The other published language versions of the same work."""
    return (
        resources_visible_to(viewer)
        .filter(translation_key=resource.translation_key)
        .exclude(pk=resource.pk)
        .select_related("language", "type")
        .order_by("language__position", "language__code")
    )


def related_resources(resource: Resource, viewer: Viewer, limit: int = 4) -> list[Resource]:
    """Resources that share the most topics with this one, newest first among equals."""
    topics = [topic.pk for topic in resource.topics.all()]
    if not topics:
        return []
    shared = (
        resources_visible_to(viewer)
        .filter(topics__in=topics)
        .exclude(translation_key=resource.translation_key)
        .annotate(shared_topics=Count("topics", distinct=True))
        .order_by("-shared_topics", "-first_published_at", "-pk")
    )
    return list(resources_for_cards(shared)[:limit])


def resources_of_organisation(organisation: Organisation, viewer: Viewer) -> QuerySet[Resource]:
    """Resources the organisation looks after, published or helped to make."""
    mine = Q(organisation=organisation) | Q(
        pk__in=Resource.objects.filter(publishers__organisation=organisation).values("pk")
    )
    mine |= Q(pk__in=Resource.objects.filter(contributors__organisation=organisation).values("pk"))
    return resources_visible_to(viewer).filter(mine)


def topics_with_counts(viewer: Viewer) -> QuerySet[Topic]:
    """Topics in use with the number of readable resources and organisations."""

    def number_of(items: QuerySet[Any]) -> Coalesce:
        # Each by itself: joined, every resource would meet every organisation of the topic.
        same_topic = items.order_by().filter(topics=OuterRef("pk")).values("topics")
        return Coalesce(Subquery(same_topic.annotate(number=Count("pk")).values("number")), 0)

    return Topic.objects.filter(is_active=True).annotate(
        resource_count=number_of(resources_visible_to(viewer)),
        organisation_count=number_of(organisations_visible_to(viewer)),
    )


def region_with_children(codes: Iterable[str]) -> list[int]:
    """Primary keys of the regions with these codes and of everything below them."""
    wanted = set(codes)
    rows = Region.objects.values_list("pk", "code", "parent__code", "parent__parent__code")
    return [pk for pk, *chain in rows if wanted.intersection(filter(None, chain))]


def tombstone_of(kind: str, object_id: int) -> Tombstone | None:
    """The trace of a withdrawn item, if it was public once."""
    return Tombstone.objects.filter(kind=kind, object_id=object_id).first()
