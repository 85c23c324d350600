"""What the knowledge base holds of people who have an account."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext_lazy as _

from knowledge.models import Resource, ResourceDraft, Submission
from knowledge.services.drafts import forgetting
from knowledge.services.drafts.writing import discard
from nexsm.accounts.models import User
from nexsm.accounts.privacy import (
    AtErasure,
    register,
    register_step,
)
from nexsm.accounts.privacy.floor import UNLOCKED

_SUBMISSIONS = _("What you have sent for review, and what was said about it")
_DECISIONS = _("What you have decided for others")


def register_all() -> None:
    """Say what happens to it. New models with a link to a user or an address are added here."""
    _register_items()
    _register_people()
    _register_review()
    _register_imports()
    register_step(delete_private_drafts)
    forgetting.register()


def delete_private_drafts(user: User) -> None:
    """Delete what only this person could see: never public, of no organisation, sent to nobody.

    Drafts of editors are seen by all of them and stay.
    """
    for begun in ResourceDraft.objects.filter(owner=user, sent_at=None):
        discard(draft=begun)
    if user.has_perm("wagtailadmin.access_admin"):
        return
    drafts = Resource.objects.filter(
        created_by=user, organisation=None, live=False, first_published_at=None
    )
    sent = Submission.objects.filter(
        content_type=ContentType.objects.get_for_model(Resource)
    ).values("object_id")
    for draft in drafts.exclude(pk__in=sent):
        draft.delete()


def _register_items() -> None:
    for model, what in (
        ("knowledge.Resource", _("Resources you have added")),
        ("knowledge.Organisation", _("Organisations you have added")),
    ):
        register(model, "created_by", AtErasure.UNLINK, what)
        register(model, "locked_by", AtErasure.UNLINK, "", fields=["locked_at"], also=UNLOCKED)
    register(
        "knowledge.Organisation",
        "contact_email",
        AtErasure.KEEP,
        _("Organisations that use your address as theirs"),
        reason=_("It is the organisation's contact. Its owners can change it."),
        fields=["name", "contact_email"],
    )


def _register_people() -> None:
    membership = _("Your memberships in organisations")
    register("knowledge.Membership", "user", AtErasure.DELETE, membership)
    register("knowledge.Membership", "invited_by", AtErasure.UNLINK, _("People you have invited"))
    register(
        "knowledge.ResourceDraft",
        "owner",
        AtErasure.DELETE,
        _("Resources you have begun and not sent"),
        fields=["values", "created_at", "updated_at", "sent_at"],
    )
    register("knowledge.Standing", "decided_by", AtErasure.UNLINK, _DECISIONS)


def _register_imports() -> None:
    register(
        "knowledge.ImportRun",
        "user",
        AtErasure.DELETE,
        _("Files you have imported"),
        fields=["file_name", "kind", "state", "created_at", "finished_at"],
    )


def _register_review() -> None:
    unlink = AtErasure.UNLINK
    register("knowledge.Submission", "submitted_by", unlink, _SUBMISSIONS)
    register("knowledge.SubmissionAppeal", "user", unlink, _("Your objections to decisions"))
    register(
        "knowledge.SubmissionAppeal", "decided_by", unlink, _DECISIONS, fields=["state", "answer"]
    )
    register("knowledge.SubmissionMessage", "author", unlink, _SUBMISSIONS)
    register("knowledge.Submission", "assigned_to", unlink, _DECISIONS, fields=["title"])
    register("knowledge.Submission", "looked_by", unlink, _DECISIONS, fields=["title"])
    register("knowledge.Submission", "decided_by", unlink, _DECISIONS, fields=["title", "state"])
