"""Reports about content: the list of what waits, and the page where somebody decides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _, gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import ModelLogEntry

from knowledge.admin.permitted import PER_PAGE, PermittedView
from knowledge.models import ContentReport, ReportAppeal
from knowledge.models.reports import ReportDecision
from knowledge.services.report_decisions import CannotDecideError, decide, decide_appeal
from nexsm.base import items

PERMISSION = "knowledge.change_contentreport"
WAITING = Q(decision="") | Q(appeals__decided_at__isnull=True, appeals__isnull=False)
EXPLANATION = gettext_lazy(
    "Whoever reported and whoever answers for the content read this. "
    "Say which rule or law it is about, in plain sentences."
)


def waiting_reports() -> int:
    """How many reports or objections wait for a decision."""
    return ContentReport.objects.filter(WAITING).distinct().count()


class DecisionForm(forms.Form):
    """What to do with the content, and why."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=ReportDecision.choices, widget=forms.RadioSelect
    )
    explanation = forms.CharField(
        label=gettext_lazy("Reasons"),
        max_length=4000,
        help_text=EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class AppealDecisionForm(forms.Form):
    """Whether the objection is right, and why."""

    is_granted = forms.TypedChoiceField(
        label=gettext_lazy("Decision"),
        choices=[
            ("yes", gettext_lazy("The objection is right: turn the decision round")),
            ("no", gettext_lazy("The decision stays")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    explanation = forms.CharField(
        label=gettext_lazy("Reasons"),
        max_length=4000,
        help_text=EXPLANATION,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ReportListView(PermittedView, TemplateView):
    """What waits, oldest first; ``?all=1`` shows everything, newest first."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/reports.html"
    page_title = gettext_lazy("Reports about content")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page of reports."""
        show_all = self.request.GET.get("all") == "1"
        reports = ContentReport.objects.order_by("-created_at", "-pk")
        if not show_all:
            reports = ContentReport.objects.filter(WAITING).distinct().order_by("created_at", "pk")
        page = Paginator(reports.prefetch_related("appeals"), PER_PAGE)
        return {
            **super().get_context_data(**kwargs),
            "reports": page.get_page(self.request.GET.get("p")),
            "show_all": show_all,
            "query": "all=1" if show_all else "",
        }


class ReportView(PermittedView, TemplateView):
    """One report: what it says, what was done, and the form for what is open."""

    permission = PERMISSION
    template_name = "knowledge/admin/upkeep/report.html"
    page_title = gettext_lazy("Report about content")
    header_icon = "warning"

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

    def form(self) -> DecisionForm | AppealDecisionForm | None:
        """The form for what is open, if this editor may decide it."""
        data = self.request.POST if self.request.method == "POST" else None
        if not self.report.is_decided:
            return DecisionForm(data)
        if self.open_appeal and self.open_appeal.may_decide(self.editor):
            return AppealDecisionForm(data)
        return None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The report, its item and its history."""
        kind = items.kind_named(self.report.kind)
        item = kind.get(self.report.key) if kind else None
        return {
            "form": self.form(),
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

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:  # noqa: ARG002
        """Decide. Back to the form with its texts when something is missing or somebody was first."""
        form = self.form()
        if form is None:
            messages.error(request, _("There is nothing for you to decide here."))
            return HttpResponseRedirect(request.path)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            self.decide(form)
        except CannotDecideError as refusal:
            form.add_error(None, str(refusal))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("The decision is made, and both sides are told."))
        return HttpResponseRedirect(reverse("nexsm_reports"))

    def decide(self, form: DecisionForm | AppealDecisionForm) -> None:
        """Hand a valid form to the services."""
        data = form.cleaned_data
        if isinstance(form, DecisionForm):
            decision = ReportDecision(data["decision"])
            decide(
                report=self.report,
                decision=decision,
                explanation=data["explanation"],
                by=self.editor,
            )
        elif self.open_appeal is not None:
            decide_appeal(
                appeal=self.open_appeal,
                is_granted=data["is_granted"],
                explanation=data["explanation"],
                by=self.editor,
            )
