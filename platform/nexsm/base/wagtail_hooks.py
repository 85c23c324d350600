"""What the floor changes in Wagtail's admin: its first page, its look, its help."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel
from wagtail.log_actions import LogActionRegistry, LogFormatter

from nexsm.base.admin import dashboard, documents, mail
from nexsm.base.admin.dashboard import (
    NumberItem,
    ShortcutsPanel,
    WaitingListsPanel,
    WaitsForYouPanel,
    numbers,
)

# Wagtail's help leads to other hosts and is about pages, not about this site.
_HELP_ELSEWHERE = ("whats-new-in-wagtail", "editor-guide")

dashboard.register(lists=mail.lists)
hooks.register("register_admin_urls", mail.urls)
# Before Wagtail's own, which have the same address.
hooks.register("register_admin_urls", documents.urls, order=-1)
hooks.register("register_reports_menu_item", mail.menu_item)


@hooks.register("insert_global_admin_css")
def admin_css() -> str:
    """Our style sheet on every page of the admin."""
    return format_html('<link rel="stylesheet" href="{}">', static("nexsm/admin/admin.css"))


@hooks.register("construct_homepage_panels", order=100)
def homepage_panels(request: HttpRequest, panels: list[Any]) -> None:  # noqa: ARG001 - the hook's
    """Our panels instead of Wagtail's about reviews; what it says about pages stays."""
    kept = [panel for panel in panels if isinstance(panel, (RecentEditsPanel, LockedPagesPanel))]
    panels[:] = [ShortcutsPanel(), WaitingListsPanel(), WaitsForYouPanel(), *kept]


@hooks.register("construct_homepage_summary_items", order=100)
def homepage_numbers(request: HttpRequest, items: list[Any]) -> None:
    """Numbers of the rooms first, then Wagtail's number of pages."""
    ours = [
        NumberItem(request, number, order)
        for order, number in enumerate(numbers(request.user), start=1)
    ]
    items[:] = [*ours, *(item for item in items if isinstance(item, PagesSummaryItem))]


@hooks.register("construct_help_menu", order=100)
def help_menu(request: HttpRequest, items: list[Any]) -> None:  # noqa: ARG001 - the hook's
    """Help about this site only."""
    items[:] = [item for item in items if not item.name.startswith(_HELP_ELSEWHERE)]


def guide(request: HttpRequest) -> HttpResponse:
    """The short guide for editors. Wagtail lets only people with access to the admin see it."""
    return render(request, "wagtailadmin/guide.html")


@hooks.register("register_admin_urls")
def guide_url() -> list[URLPattern]:
    """Address of the guide."""
    return [path("guide/", guide, name="nexsm_editors_guide")]


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    """The guide in the menu."""
    return MenuItem(
        _("Guide for editors"), reverse("nexsm_editors_guide"), icon_name="help", order=100
    )


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    """What the floor writes to the log."""

    @actions.register_action("base.malware")
    class Malware(LogFormatter):
        label = _("Malware")

        def format_message(self, log_entry: Any) -> str:
            return gettext("Malware in “%(file)s” (%(signature)s)") % log_entry.data
