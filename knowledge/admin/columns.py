"""Columns of the lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, DateTimeField, F, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, StatusFlagColumn, StatusTagColumn
from wagtail.models import Revision, WorkflowState

Text = str | Promise


def annotate_changed(items: QuerySet[Any]) -> QuerySet[Any]:
    """Add when the newest version was saved, draft or not."""
    newest = Coalesce(
        F("latest_revision__created_at"), F("updated_at"), output_field=DateTimeField()
    )
    return items.annotate(changed_at=newest)


def scheduled_keys(model: type[Any]) -> QuerySet[Any]:
    """Numbers of the items that go online by themselves."""
    return _keys(model, Revision.objects.filter(approved_go_live_at__isnull=False))


def keys_in_review(model: type[Any]) -> QuerySet[Any]:
    """Numbers of the items that somebody reviews or has sent back."""
    open_states = [WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES]
    return _keys(model, WorkflowState.objects.filter(status__in=open_states))


def _keys(model: type[Any], rows: QuerySet[Any]) -> QuerySet[Any]:
    content_type = ContentType.objects.get_for_model(model)
    number = Cast("object_id", BigIntegerField())
    return rows.filter(base_content_type=content_type).values_list(number, flat=True)


def attach_status(model: type[Any], items: Iterable[Any]) -> None:
    """Tell the rows of one page what the status column shows, in two queries.

    As part of the list's own query it would be worked out for all rows before they are sorted.
    """
    rows = list(items)
    names = [str(item.pk) for item in rows]
    scheduled = set(scheduled_keys(model).filter(object_id__in=names))
    in_review = set(keys_in_review(model).filter(object_id__in=names))
    for item in rows:
        item.is_scheduled = item.pk in scheduled
        item.is_in_review = item.pk in in_review


def status_text(item: Any) -> Text:
    """State of an item in the words editors use."""
    if item.is_in_review:
        return _("in review")
    if item.is_scheduled:
        return _("scheduled")
    if item.live:
        return _("online, with a draft") if item.has_unpublished_changes else _("online")
    return _("draft") if item.first_published_at is None else _("offline")


class StatusColumn(StatusTagColumn):
    """Draft, in review, online and so on."""

    def __init__(self) -> None:
        super().__init__(
            "status",
            label=_("Status"),
            accessor=status_text,
            sort_key="live",
            primary=lambda item: item.live,
        )


class ChangedColumn(DateColumn):
    """When it was last saved, as a draft or published."""

    def __init__(self) -> None:
        super().__init__("changed_at", label=_("Changed"), sort_key="changed_at")


class ExampleColumn(StatusFlagColumn):
    """Marks invented content."""

    def __init__(self) -> None:
        super().__init__("is_example", label=_("Example"), true_label=_("Example"))
