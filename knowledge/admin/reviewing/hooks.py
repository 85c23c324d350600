"""Where the admin shows the queue. Imported by ``knowledge.wagtail_hooks``."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.admin.reviewing.access import ITEM, PUBLISH, QUEUE, may_see
from knowledge.admin.reviewing.bulk import publish_chosen
from knowledge.admin.reviewing.filters import STATES, WRITTEN_AT
from knowledge.admin.reviewing.item import SubmissionView
from knowledge.admin.reviewing.queue import QueueView
from knowledge.models import Submission
from knowledge.services.submissions import DECIDED_AGAIN
from nexsm.base.admin import dashboard
from nexsm.base.admin.dashboard import WaitingList, waiting_list


class QueueMenuItem(MenuItem):
    """Shown to whoever may work in the queue."""

    def is_shown(self, request: Any) -> bool:
        """Whether this editor may open it."""
        return may_see(request.user)


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """The queue, one page for each submission, and publishing several."""
    return [
        path("review/", QueueView.as_view(), name=QUEUE),
        path("review/results/", QueueView.as_view(results_only=True), name=f"{QUEUE}_results"),
        path("review/publish/", publish_chosen, name=PUBLISH),
        path("review/<int:pk>/", SubmissionView.as_view(), name=ITEM),
    ]


@hooks.register("register_admin_menu_item")
def menu_item() -> MenuItem:
    """What members have sent."""
    return QueueMenuItem(_("Sent by members"), reverse(QUEUE), icon_name="tasks", order=105)


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    """Names of our entries in the history."""
    actions.register_action("knowledge.submit", _("Send for review"), _("Sent for review"))
    actions.register_action(
        "knowledge.request_changes", _("Ask for changes"), _("Asked for changes")
    )
    actions.register_action("knowledge.assign", _("Assign a submission"), _("Assigned"))
    actions.register_action("knowledge.reopen", _("Look at it again"), _("Looked at again"))
    actions.register_action("knowledge.appeal", _("Object to a decision"), _("Objected"))
    actions.register_action(
        "knowledge.appeal_refused", _("Decide about an objection"), _("Decision stays")
    )
    actions.register_action(
        DECIDED_AGAIN,
        _("Decide once more after an objection"),
        _("Decided by the person who had refused it"),
    )
    actions.register_action("knowledge.published", _("Publish a submission"), _("Approved"))
    actions.register_action("knowledge.refused", _("Refuse a submission"), _("Refused"))
    actions.register_action("knowledge.withdrawn", _("Take a submission back"), _("Taken back"))


def lists(user: Any) -> list[WaitingList]:
    """What waits, for the first page of the admin: a line for each state, as the queue filters it."""
    if not may_see(user):
        return []
    states = (
        ("waiting", _("Sent by members"), "submitted_at"),
        ("appeal", _("Objections to refusals"), "appeal__created_at"),
        ("unanswered", _("Unanswered messages of members"), WRITTEN_AT),
        ("look", _("Published at once, to look at"), "submitted_at"),
    )
    return [
        waiting_list(
            label,
            f"{reverse(QUEUE)}?state={state}",
            Submission.objects.filter(STATES[state][1]),
            since=since,
        )
        for state, label, since in states
    ]


dashboard.register(lists=lists)
