"""Where the admin shows it. Imported by ``knowledge.wagtail_hooks``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets.button import Button

from knowledge.admin.people.base import CLAIMS, TRUST
from knowledge.admin.people.claims import ClaimView
from knowledge.admin.people.queue import QueueView, open_appeals, open_claims
from knowledge.admin.people.trust import AppealView, TrustView
from knowledge.admin.permitted import PermittedMenuItem
from knowledge.models import Organisation
from knowledge.services.organisations import audit
from nexsm.base.admin import dashboard
from nexsm.base.admin.dashboard import WaitingList, waiting_list


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The pages for editors."""
    return [
        path("people/", QueueView.as_view(), name="nexsm_people"),
        path("people/claims/<int:pk>/", ClaimView.as_view(), name="nexsm_claim"),
        path("people/appeals/<int:pk>/", AppealView.as_view(), name="nexsm_block_appeal"),
        path("people/organisations/<int:pk>/", TrustView.as_view(), name="nexsm_trust"),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """Claims and appeals; the menu has room for one word."""
    return PermittedMenuItem(
        _("Claims"),
        reverse("nexsm_people"),
        icon_name="group",
        order=130,
        permission=CLAIMS,
    )


@hooks.register("register_snippet_listing_buttons")
def listing_buttons(snippet: Any, user: Any, next_url: str | None = None) -> Iterator[Button]:  # noqa: ARG001 - the hook's
    """The way from the list of organisations."""
    if isinstance(snippet, Organisation) and user.has_perm(TRUST):
        url = reverse("nexsm_trust", args=[snippet.pk])
        yield Button(_("Trust and people"), url=url, icon_name="group", priority=60)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names of our entries in the history."""
    audit.register(actions)


def lists(user: Any) -> list[WaitingList]:
    """What waits, for the first page."""
    if not user.has_perm(CLAIMS):
        return []
    address = reverse("nexsm_people")
    return [
        waiting_list(_("Claims"), address, open_claims()),
        waiting_list(_("Appeals against blocks"), address, open_appeals()),
    ]


dashboard.register(lists=lists)
