"""Who may work in the queue."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.models import Submission

POLICY = ModelPermissionPolicy(Submission)
QUEUE = "nexsm_review"
ITEM = "nexsm_review_item"
PUBLISH = "nexsm_review_publish"
# What an editor is told who publishes a version with a date to come.
LATER = gettext_lazy(
    "“%(title)s” has a date: it goes online then, and waits in the list until that day."
)


def may_see(user: Any) -> bool:
    """Whether this person may open the queue."""
    return bool(POLICY.user_has_permission(user, "view"))
