"""Columns of the lists."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, DateTimeField, Exists, F, OuterRef, QuerySet
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import DateColumn, StatusFlagColumn, StatusTagColumn
from wagtail.models import Revision, WorkflowState

Text = str | Promise


def annotate_status(items: QuerySet[Any]) -> QuerySet[Any]:
    """Tell of every row, within the one query, what the status column shows."""
    content_type = ContentType.objects.get_for_model(items.model)
    same_object = {
        "base_content_type": content_type,
        "object_id": Cast(OuterRef("pk"), CharField()),
    }
    scheduled = Revision.objects.filter(approved_go_live_at__isnull=False, **same_object)
    in_review = WorkflowState.objects.filter(
        status__in=[WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES],
        **same_object,
    )
    return items.annotate(
        is_scheduled=Exists(scheduled),
        is_in_review=Exists(in_review),
        changed_at=Coalesce(
            F("latest_revision__created_at"), F("updated_at"), output_field=DateTimeField()
        ),
    )


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
