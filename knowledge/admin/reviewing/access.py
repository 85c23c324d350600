"""Who may work in the queue."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.models import Submission

POLICY = ModelPermissionPolicy(Submission)
QUEUE = "nexsm_review"
ITEM = "nexsm_review_item"
PUBLISH = "nexsm_review_publish"


def may_see(user: Any) -> bool:
    """Whether this person may open the queue."""
    return bool(POLICY.user_has_permission(user, "view"))
