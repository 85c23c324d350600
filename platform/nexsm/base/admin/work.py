"""What waits for an editor: reviews, her own drafts, dates to come. The queries of the dashboard.

Titles and links come from the saved versions themselves, so the number of queries depends on the
number of models, never on the number of items.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.admin.utils import quote
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.models import DraftStateMixin, Page, Revision, TaskState
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

LIMIT = 10


@dataclass(frozen=True)
class Entry:
    """One line: an item, who did something with it, since or from when."""

    kind: str
    title: str
    url: str
    when: datetime
    person: str = ""


@dataclass(frozen=True)
class Waiting:
    """The first entries, and how many there are."""

    total: int
    entries: list[Entry]


def edit_url(model: type[Any], pk: Any) -> str:
    """Where an editor opens the item."""
    if issubclass(model, Page):
        return reverse("wagtailadmin_pages:edit", args=[pk])
    return reverse(model.snippet_viewset.get_url_name("edit"), args=[quote(pk)])


def reviews(user: AbstractBaseUser) -> Waiting:
    """What the user may approve, oldest first."""
    states = TaskState.objects.reviewable_by(user)
    newest = states.select_related("revision", "revision__user").order_by("started_at")[:LIMIT]
    entries = [
        _entry(state.revision, when=state.started_at, person=_name(state.revision.user))
        for state in newest
    ]
    return Waiting(states.count(), [entry for entry in entries if entry])


def own_drafts(user: AbstractBaseUser) -> Waiting:
    """Items with changes of this user that are not online."""
    total, entries = 0, []
    for model in editable_models(user):
        items = model._default_manager.filter(  # noqa: SLF001 - Django's name
            has_unpublished_changes=True, latest_revision__user=user
        )
        total += items.count()
        entries += _from_versions(model, items.order_by("-latest_revision__created_at"))
    return Waiting(total, sorted(entries, key=lambda entry: entry.when, reverse=True)[:LIMIT])


def scheduled(user: AbstractBaseUser) -> Waiting:
    """What goes online by itself, next first."""
    types = ContentType.objects.get_for_models(*editable_models(user)).values()
    versions = Revision.objects.filter(
        approved_go_live_at__gt=timezone.now(), base_content_type__in=list(types)
    ).order_by("approved_go_live_at")
    entries = [_entry(version, when=version.approved_go_live_at) for version in versions[:LIMIT]]
    return Waiting(versions.count(), [entry for entry in entries if entry])


def expiring(user: AbstractBaseUser) -> Waiting:
    """What goes offline by itself, next first."""
    total, entries = 0, []
    for model in editable_models(user):
        kind = _kind(model)
        items = model._default_manager.filter(  # noqa: SLF001 - Django's name
            live=True, expire_at__gt=timezone.now()
        ).order_by("expire_at")
        total += items.count()
        entries += [
            Entry(kind, str(item), edit_url(model, item.pk), item.expire_at)
            for item in items[:LIMIT]
        ]
    return Waiting(total, sorted(entries, key=lambda entry: entry.when)[:LIMIT])


def editable_models(user: AbstractBaseUser) -> list[type[Any]]:
    """Pages and everything with drafts that the user may change."""
    return [
        model
        for model in (Page, *_snippets_with_drafts())
        if policy_registry.get_by_type(model).user_has_permission(user, "change")
    ]


def _snippets_with_drafts() -> Iterator[type[Any]]:
    return (model for model in get_snippet_models() if issubclass(model, DraftStateMixin))


def _entry(version: Revision, *, when: datetime, person: str = "") -> Entry | None:
    """A line about a saved version. None if its model no longer exists."""
    model = ContentType.objects.get_for_id(version.content_type_id).model_class()
    if model is None:
        return None
    url = edit_url(model, version.object_id)
    return Entry(_kind(model), version.object_str, url, when, person)


def _from_versions(model: type[Any], items: QuerySet[Any]) -> list[Entry]:
    rows = items.values_list("pk", "latest_revision__object_str", "latest_revision__created_at")
    kind = _kind(model)
    return [Entry(kind, title, edit_url(model, pk), when) for pk, title, when in rows[:LIMIT]]


def _kind(model: type[Any]) -> str:
    """What people call it; a page is a page, whatever its type."""
    return str(model._meta.verbose_name)  # noqa: SLF001 - Django's name


def _name(user: Any) -> str:
    return str(user.get_full_name()) if user else ""
