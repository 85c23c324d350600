"""Registers the editors' side of the knowledge base with Wagtail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from knowledge.admin import bulk, dashboard as parts, importing, needed_terms
from knowledge.admin.people import hooks as people  # noqa: F401 - registers by import
from knowledge.admin.reviewing import hooks as reviewing  # noqa: F401 - registers by import
from knowledge.admin.upkeep import hooks as upkeep  # noqa: F401 - registers by import
from knowledge.admin.viewsets import OrganisationViewSet, ResourceViewSet
from knowledge.admin.vocabularies import ReadOnlyPolicy, VocabularyGroup
from knowledge.models import Tombstone
from knowledge.services.four_eyes import OWN_DECISION
from nexsm.base.admin import dashboard

# Before the view sets: they ask for the policy when they are registered.
register_permission_policy(Tombstone, ReadOnlyPolicy(Tombstone))

register_snippet(ResourceViewSet)
register_snippet(OrganisationViewSet)
register_snippet(VocabularyGroup)

for action in bulk.ACTIONS:
    hooks.register("register_bulk_action", action)
hooks.register("before_bulk_action", bulk.refuse_deleting_everything)
hooks.register("before_delete_snippet", needed_terms.refuse_deleting)

dashboard.register(numbers=parts.numbers, gaps=parts.gaps, shortcuts=parts.shortcuts)


@hooks.register("register_log_actions")
def register_log_actions(actions: Any) -> None:
    """Name our own entries in the history."""
    actions.register_action("knowledge.withdraw", _("Take offline"), _("Taken offline"))
    actions.register_action(
        OWN_DECISION,
        _("Decide about one's own entry"),
        _("Published by somebody of the organisation itself"),
    )


hooks.register("register_admin_urls", importing.urls)
hooks.register("register_admin_menu_item", importing.menu_item)
