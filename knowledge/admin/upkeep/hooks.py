"""Where the admin shows what belongs to upkeep. Imported by ``knowledge.wagtail_hooks``."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.admin.permitted import PermittedMenuItem
from knowledge.admin.upkeep import links, reports, suggestions
from knowledge.services.report_decisions import DECIDED_AGAIN
from nexsm.base.admin import dashboard
from nexsm.base.admin.dashboard import Gap, WaitingList, waiting_list


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The pages for editors."""
    return [
        path("reported/", reports.ReportListView.as_view(), name="nexsm_reports"),
        path("reported/<int:pk>/", reports.ReportView.as_view(), name="nexsm_report"),
        path("suggestions/", suggestions.SuggestionListView.as_view(), name="nexsm_suggestions"),
        path(
            "suggestions/<int:pk>/",
            suggestions.SuggestionDecisionView.as_view(),
            name="nexsm_suggestion",
        ),
        path("links/", links.LinkListView.as_view(), name="nexsm_links"),
        path("links/<int:pk>/", links.LinkView.as_view(), name="nexsm_link"),
    ]


@hooks.register("register_admin_menu_item")
def reports_item() -> MenuItem:
    """Reports about content."""
    return PermittedMenuItem(
        _("Reported content"),
        reverse("nexsm_reports"),
        icon_name="warning",
        order=140,
        permission=reports.PERMISSION,
    )


@hooks.register("register_admin_menu_item")
def suggestions_item() -> MenuItem:
    """Suggested changes."""
    return PermittedMenuItem(
        _("Suggestions"),
        reverse("nexsm_suggestions"),
        icon_name="edit",
        order=145,
        permission=suggestions.PERMISSION,
    )


@hooks.register("register_reports_menu_item")
def links_item() -> MenuItem:
    """Links to other sites, among Wagtail's reports."""
    return PermittedMenuItem(
        _("Links to other sites"),
        reverse("nexsm_links"),
        icon_name="link",
        order=50,
        permission=links.PERMISSION,
    )


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names of our entries in the history."""
    actions.register_action("knowledge.report", _("Report content"), _("Reported"))
    actions.register_action("knowledge.report.decide", _("Decide about a report"), _("Decided"))
    actions.register_action("knowledge.report.appeal", _("Object to a decision"), _("Objected"))
    actions.register_action(
        "knowledge.suggestion", _("Decide about a suggestion"), _("Decided about a suggestion")
    )
    actions.register_action("knowledge.replace_link", _("Replace a link"), _("Link replaced"))
    actions.register_action("knowledge.confirm", _("Confirm"), _("Confirmed as still right"))
    actions.register_action("knowledge.outdated", _("Declare"), _("Declared out of date"))
    actions.register_action(
        "knowledge.report.decide_appeal",
        _("Decide about an objection"),
        _("Decided about the objection"),
    )
    actions.register_action(
        DECIDED_AGAIN,
        _("Decide about an objection to one's own decision"),
        _("Decided by the person who had made the decision"),
    )


def lists(user: Any) -> list[WaitingList]:
    """What waits, for the first page."""
    found = []
    if user.has_perm(reports.PERMISSION):
        address = reverse("nexsm_reports")
        found = [
            waiting_list(_("Reports about content"), address, reports.undecided()),
            waiting_list(
                _("Objections to decisions about reports"), address, reports.open_appeals()
            ),
        ]
    if user.has_perm(suggestions.PERMISSION):
        waiting = suggestions.open_suggestions()
        found.append(waiting_list(_("Suggested changes"), reverse("nexsm_suggestions"), waiting))
    return found


def gaps(user: Any) -> list[Gap]:
    """What could be better, for the first page."""
    if not user.has_perm(links.PERMISSION):
        return []
    return [Gap(_("Broken links"), links.broken_links(), reverse("nexsm_links"))]


dashboard.register(lists=lists, gaps=gaps)
