"""Registers the editors' side of the search with Wagtail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from nexsm.base.admin import dashboard
from search.models import MissingReport
from search.snippets import SearchGroup, VisitorsWritePolicy

# Before the view sets: they ask for the policy when they are registered.
register_permission_policy(MissingReport, VisitorsWritePolicy(MissingReport))

register_snippet(SearchGroup)


def lists(user: Any) -> list[dashboard.WaitingList]:
    """What visitors searched for in vain and nobody has taken care of."""
    if not VisitorsWritePolicy(MissingReport).user_has_permission(user, "change"):
        return []
    waiting = MissingReport.objects.filter(is_done=False)
    address = reverse(MissingReport.snippet_viewset.get_url_name("list"))  # type: ignore[attr-defined]
    query = urlencode({"is_done": "false"})
    return [dashboard.waiting_list(_("Missed by visitors"), f"{address}?{query}", waiting)]


dashboard.register(lists=lists)
