"""Registers the editors' side of the search with Wagtail."""

from __future__ import annotations

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from search.models import MissingReport
from search.snippets import SearchGroup, VisitorsWritePolicy

# Before the view sets: they ask for the policy when they are registered.
register_permission_policy(MissingReport, VisitorsWritePolicy(MissingReport))

register_snippet(SearchGroup)
