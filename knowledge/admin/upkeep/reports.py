"""Reports about content: the list of what waits, and the page where somebody decides."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.models import ModelLogEntry

from knowledge.admin.deciding import NO, YES, DecisionForm, DecisionView, WaitingListView
from knowledge.models import ContentReport, ReportAppeal
from knowledge.models.reports import ReportDecision
from knowledge.services.report_decisions import CannotDecideError, decide, decide_appeal
from knowledge.services.report_rights import may_decide_objection
from nexsm.base import items

PERMISSION = "knowledge.change_contentreport"
WAITING = Q(decision="") | Q(appeals__decided_at__isnull=True, appeals__isnull=False)
EXPLANATION = gettext_lazy(
    "Whoever reported and whoever answers for the content read this. "
    "Say which rule or law it is about, in plain sentences."
)


def undecided() -> QuerySet[ContentReport]:
    """Reports nobody has decided about."""
    return ContentReport.objects.filter(decision="")


def open_appeals() -> QuerySet[ReportAppeal]:
    """Objections nobody has decided about."""
    return ReportAppeal.objects.filter(decided_at__isnull=True)


class ReportDecisionForm(DecisionForm):
    """What to do with the content, and why."""

    choices = ReportDecision.choices
    reason_help = EXPLANATION
    longest_reason = 4000


class AppealDecisionForm(DecisionForm):
    """Whether the objection is right, and why."""

    choices = (
        (YES, gettext_lazy("The objection is right: turn the decision round")),
        (NO, gettext_lazy("The decision stays")),
    )
    reason_help = EXPLANATION
    longest_reason = 4000


class ReportListView(WaitingListView):
    """Reports, and objections to decisions about them."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/reports.html"
    page_title = gettext_lazy("Reports about content")
    header_icon = "warning"

    def everything(self) -> QuerySet[ContentReport]:
        """All reports."""
        return ContentReport.objects.prefetch_related("appeals")

    def waiting(self) -> QuerySet[ContentReport]:
        """Without a decision, or with an objection that waits for one."""
        return self.everything().filter(WAITING).distinct()


class ReportView(DecisionView):
    """One report: what it says, what was done, and the form for what is open."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/report.html"
    page_title = gettext_lazy("Report about content")
    header_icon = "warning"
    list_name = "nexsm_reports"
    refusals: ClassVar[tuple[type[Exception], ...]] = (CannotDecideError,)

    @cached_property
    def report(self) -> ContentReport:
        """The report of the address. Raises Http404."""
        return get_object_or_404(ContentReport, pk=self.kwargs["pk"])

    @cached_property
    def open_appeal(self) -> ReportAppeal | None:
        """The objection that waits, if there is one."""
        return self.report.appeals.filter(decided_at__isnull=True).first()

    def get_page_subtitle(self) -> str:
        """Its number."""
        return self.report.ticket

    def get_form_class(self) -> type[DecisionForm]:
        """The form for what is open: the report, or the objection."""
        return AppealDecisionForm if self.report.is_decided else ReportDecisionForm

    def is_open(self) -> bool:
        """Whether this editor may decide about the report, or about the objection."""
        if not self.report.is_decided:
            return True
        return self.open_appeal is not None and may_decide_objection(self.editor, self.open_appeal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, its item and its history."""
        kind = items.kind_named(self.report.kind)
        item = kind.get(self.report.key) if kind else None
        return {
            **super().get_context_data(**kwargs),
            "report": self.report,
            "appeals": self.report.appeals.all(),
            "open_appeal": self.open_appeal,
            "edit_url": kind.edit_url_of(item) if kind and item is not None else "",
            "is_online": bool(kind and item is not None and kind.is_online(item)),
            "history": ModelLogEntry.objects.for_instance(self.report)
            .select_related("user")
            .order_by("timestamp", "pk"),
        }

    def decide(self, decision: str, reason: str) -> str:
        """Hand it to the services."""
        if self.open_appeal is None:
            decide(
                report=self.report,
                decision=ReportDecision(decision),
                explanation=reason,
                by=self.editor,
            )
        else:
            decide_appeal(
                appeal=self.open_appeal,
                is_granted=decision == YES,
                explanation=reason,
                by=self.editor,
            )
        return _("The decision is made, and both sides are told.")
