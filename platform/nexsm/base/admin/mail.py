"""The report about mails in the admin: what waits, what was given up and why, and trying again."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permission_policies import ModelPermissionPolicy

from nexsm.base.admin.dashboard import WaitingList, waiting_list
from nexsm.base.mail import delivery
from nexsm.base.models import MailState, OutgoingMail

POLICY = ModelPermissionPolicy(OutgoingMail)
URL_NAME = "nexsm_mails"


class MailFilters(WagtailFilterSet):
    """What has become of it."""

    state = django_filters.ChoiceFilter(
        choices=MailState.choices,
        label=gettext_lazy("State"),
        widget=forms.RadioSelect,
        empty_label=gettext_lazy("All"),
    )

    class Meta:
        model = OutgoingMail
        fields: list[str] = []


class MailReportView(ReportView):
    """Mails without their texts: those are nobody's business but the recipient's."""

    page_title = gettext_lazy("Mails")
    header_icon = "mail"
    model = OutgoingMail
    permission_policy = POLICY
    any_permission_required = ("view",)
    filterset_class = MailFilters
    index_url_name = URL_NAME
    index_results_url_name = f"{URL_NAME}_results"
    template_name = "base/admin/mails.html"
    results_template_name = "base/admin/mails_results.html"
    default_ordering = "-created_at"
    list_export: list[str] = []
    columns = [
        Column("subject", label=gettext_lazy("Subject")),
        Column("to", label=gettext_lazy("To")),
        Column("state", label=gettext_lazy("State"), accessor="get_state_display"),
        DateColumn("created_at", label=gettext_lazy("Written")),
        DateColumn("sent_at", label=gettext_lazy("Sent")),
        Column("attempts", label=gettext_lazy("Tries")),
        Column("last_error", label=gettext_lazy("What went wrong")),
    ]

    def get_base_queryset(self) -> QuerySet[OutgoingMail]:
        """What the columns show."""
        return OutgoingMail.objects.defer("text").order_by("-created_at", "-pk")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """How many were given up."""
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        return {
            **context,
            "parked": delivery.given_up().count(),
            "may_retry": _may_retry(self.request),
        }


@require_POST
def retry(request: HttpRequest) -> HttpResponse:
    """Let everything that was given up lately start afresh. Raises PermissionDenied."""
    if not _may_retry(request):
        raise PermissionDenied
    count = delivery.try_again()
    text = ngettext("%(count)d mail is tried again.", "%(count)d mails are tried again.", count) % {
        "count": count
    }
    messages.success(request, text)
    return redirect(URL_NAME)


def lists(user: Any) -> list[WaitingList]:
    """For the first page of the admin: mails that did not arrive."""
    if not POLICY.user_has_permission(user, "view"):
        return []
    address = f"{reverse(URL_NAME)}?state={MailState.PARKED.value}"
    label = gettext_lazy("Mails that could not be sent")
    return [waiting_list(label, address, delivery.given_up())]


def urls() -> list[URLPattern]:
    """Addresses below /admin/."""
    return [
        path("mails/", MailReportView.as_view(), name=URL_NAME),
        path(
            "mails/results/", MailReportView.as_view(results_only=True), name=f"{URL_NAME}_results"
        ),
        path("mails/retry/", retry, name=f"{URL_NAME}_retry"),
    ]


class MailsMenuItem(MenuItem):
    """Shown to whoever may see it."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether the person may read the report."""
        return bool(POLICY.user_has_permission(request.user, "view"))


def menu_item() -> MenuItem:
    """Among the reports."""
    return MailsMenuItem(gettext_lazy("Mails"), reverse(URL_NAME), icon_name="mail", order=900)


def _may_retry(request: HttpRequest) -> bool:
    return bool(POLICY.user_has_permission(request.user, "change"))
