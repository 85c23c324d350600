"""The list of what members have sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy as _
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.generic.models import IndexView

from knowledge.admin.reviewing.access import ITEM, POLICY, PUBLISH, QUEUE
from knowledge.admin.reviewing.filters import QueueFilters
from knowledge.enums import SubmissionState, Trust
from knowledge.models import Submission
from knowledge.queries.submissions import queue

PER_PAGE = 50
Text = str | Promise


class ChooseColumn(Column):
    """A box to tick in front of what can be published. It says which version the editor saw."""

    cell_template_name = "knowledge/admin/reviewing/choose_cell.html"

    def get_cell_context_data(
        self, instance: Submission, parent_context: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The value of the box, empty where there is nothing to decide."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        waits = instance.state == SubmissionState.WAITING
        return {**context, "choice": f"{instance.pk}:{instance.revision_id}" if waits else ""}


def state_text(submission: Submission) -> Text:
    """The state in the words of editors."""
    if submission.state == SubmissionState.WAITING:
        return _("waits for a decision")
    if has_open_appeal(submission):
        return _("objection to decide")
    if submission.is_unanswered:
        return _("unanswered message")
    if submission.state == SubmissionState.CHANGES:
        return _("with the author")
    if submission.published_unseen and submission.looked_at is None:
        return _("published at once, to look at")
    return submission.get_state_display()


def has_open_appeal(submission: Submission) -> bool:
    """Whether its author objects to the refusal and nobody has decided about that."""
    appeal = getattr(submission, "appeal", None)
    return appeal is not None and appeal.is_open


def kind_text(submission: Submission) -> str:
    """What kind of item it is."""
    return str(submission.content_type.name)


def organisation_text(submission: Submission) -> str:
    """In whose name, with what is special about it."""
    organisation = submission.organisation
    if organisation is None:
        return gettext("no organisation")
    standing = getattr(organisation, "standing", None)
    if standing is None or standing.trust == Trust.NEW:
        return str(organisation)
    marks = {Trust.TRUSTED: gettext("trusted"), Trust.BLOCKED: gettext("blocked")}
    return f"{organisation} ({marks[Trust(standing.trust)]})"


class QueueView(IndexView):
    """One queue for everything members send, oldest first."""

    model = Submission
    permission_policy = POLICY
    any_permission_required = ["view"]
    page_title = _("Sent by members")
    header_icon = "tasks"
    index_url_name = QUEUE
    index_results_url_name = f"{QUEUE}_results"
    template_name = "knowledge/admin/reviewing/queue.html"
    results_template_name = "knowledge/admin/reviewing/queue_results.html"
    filterset_class = QueueFilters
    paginate_by = PER_PAGE
    default_ordering = "submitted_at"
    search_fields = ["title"]
    list_export: list[str] = []
    columns = [
        ChooseColumn("choose", label=_("Choose")),
        TitleColumn("title", label=_("Title"), get_url=lambda row: reverse(ITEM, args=[row.pk])),
        Column("kind", label=_("Kind"), accessor=kind_text),
        Column("organisation", label=_("Organisation"), accessor=organisation_text),
        Column("submitted_by", label=_("Sent by")),
        DateColumn("submitted_at", label=_("Sent"), sort_key="submitted_at"),
        Column("state", label=_("State"), accessor=state_text),
        Column("assigned_to", label=_("Looked after by")),
    ]

    def get_base_queryset(self) -> QuerySet[Submission]:
        """What the columns show, in a fixed number of queries."""
        return queue()

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Where the chosen ones are sent to."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {**context, "publish_url": reverse(PUBLISH)}

    def order_queryset(self, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
        """Equal rows keep a fixed order, so that pages never overlap."""
        ordered = super().order_queryset(queryset)
        return ordered.order_by(*ordered.query.order_by, "pk")
