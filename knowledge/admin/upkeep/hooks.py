"""Where the admin shows what belongs to upkeep. Imported by ``knowledge.wagtail_hooks``."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.admin.upkeep import reports
from nexsm.base.admin import dashboard
from nexsm.base.admin.dashboard import Gap


class ReportsMenuItem(MenuItem):
    """Shown to whoever decides about reports."""

    def is_shown(self, request: Any) -> bool:
        """Whether this editor may decide."""
        return bool(request.user.has_perm(reports.PERMISSION))


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The pages for editors."""
    return [
        path("reported/", reports.ReportListView.as_view(), name="nexsm_reports"),
        path("reported/<int:pk>/", reports.ReportView.as_view(), name="nexsm_report"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Reports about content."""
    return ReportsMenuItem(
        _("Reported content"), reverse("nexsm_reports"), icon_name="warning", order=140
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names of our entries in the history."""
    actions.register_action("knowledge.report", _("Report content"), _("Reported"))
    actions.register_action("knowledge.report.decide", _("Decide about a report"), _("Decided"))
    actions.register_action("knowledge.report.appeal", _("Object to a decision"), _("Objected"))
    actions.register_action("knowledge.confirm", _("Confirm"), _("Confirmed as still right"))
    actions.register_action("knowledge.outdated", _("Declare"), _("Declared out of date"))
    actions.register_action(
        "knowledge.report.decide_appeal",
        _("Decide about an objection"),
        _("Decided about the objection"),
    )


def gaps(user: Any) -> list[Gap]:
    """What waits, for the first page."""
    if not user.has_perm(reports.PERMISSION):
        return []
    return [
        Gap(
            _("Reports waiting for a decision"), reports.waiting_reports(), reverse("nexsm_reports")
        )
    ]


dashboard.register(gaps=gaps)
