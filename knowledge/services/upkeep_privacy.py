"""What upkeep holds of people who have an account."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from nexsm.accounts.privacy import AtErasure, register


def register_all() -> None:
    """Say what happens to it; called once, from the app's configuration."""
    unlink = AtErasure.UNLINK
    register(
        "knowledge.ContentReport",
        "email",
        unlink,
        _("Content you have reported"),
        fields=["ticket", "title", "reason", "text", "email", "created_at", "decision"],
    )
    decisions = _("What you have decided for others")
    register("knowledge.ContentReport", "decided_by", unlink, decisions, fields=["ticket", "title"])
    register("knowledge.ReportAppeal", "decided_by", unlink, decisions, fields=["side"])
    register(
        "knowledge.ReportAppeal",
        "user",
        unlink,
        _("Your objections to decisions"),
        fields=["text", "created_at", "is_granted", "explanation"],
    )
    register(
        "knowledge.FreshnessDigest",
        "user",
        AtErasure.DELETE,
        _("Mails that asked you whether your entries are still right"),
    )
    suggested = _("Changes you have suggested")
    shown = ["title", "part", "text", "email", "created_at", "state"]
    register("knowledge.EditSuggestion", "email", unlink, suggested, fields=shown)
    register("knowledge.EditSuggestion", "decided_by", unlink, decisions, fields=["title", "state"])
