"""Mails about submissions: to exactly those who have to know, once, in their language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.permissions import policy_registry

from knowledge.models import Resource
from nexsm.base.mail import kinds

REVIEW = "review"
SUBMISSION = "submission"


def register_kinds() -> None:
    """What people may choose to get."""
    kinds.register(
        SUBMISSION,
        _("My contributions"),
        _("Questions, requests for changes, and what became of what you sent."),
    )
    kinds.register(
        REVIEW,
        _("What members send"),
        _("Something new waits for the editors."),
        is_for=_is_reviewer,
    )


def _is_reviewer(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Resource).user_has_permission(user, "publish"))
