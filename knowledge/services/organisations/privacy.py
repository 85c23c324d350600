"""What organisations and their people hold of somebody with an account."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy as _

from knowledge.enums import MembershipRole, Verification
from knowledge.models import Invitation, Membership, Organisation
from knowledge.queries.membership import owners_of
from knowledge.services.curation import release_profile
from nexsm.accounts import retention
from nexsm.accounts.models import User
from nexsm.accounts.privacy import (
    AtErasure,
    ErasureRefusedError,
    Objection,
    register,
    register_lock,
    register_objection,
    register_step,
)

from . import audit, joining, trust
from .memberships import lock

INVITATIONS_KEPT = timedelta(days=30)

_REQUESTS = _("What you have asked organisations for")
_INVITATIONS = _("Invitations to you and from you")
_DECISIONS = _("What you have decided for others")
_APPEALS = _("Appeals you have written for your organisation")


def register_all() -> None:
    """Say what happens to it."""
    delete, unlink = AtErasure.DELETE, AtErasure.UNLINK
    invitation = ("organisation", "role", "created_at", "accepted_at")
    register("knowledge.Invitation", "email", delete, _INVITATIONS, fields=invitation)
    register("knowledge.Invitation", "invited_by", unlink, _INVITATIONS, fields=invitation)
    register("knowledge.JoinRequest", "user", delete, _REQUESTS)
    register("knowledge.JoinRequest", "decided_by", unlink, _DECISIONS, fields=["state"])
    register("knowledge.Claim", "user", delete, _REQUESTS)
    register("knowledge.ClaimVote", "by", unlink, _DECISIONS)
    register("knowledge.BlockAppeal", "user", unlink, _APPEALS)
    register("knowledge.BlockAppeal", "decided_by", unlink, _DECISIONS, fields=["state", "answer"])
    register_lock(hold_organisations)
    register_objection(last_owner_objections)
    register_step(hand_back)
    retention.register("invitations", delete_old_invitations)


def hold_organisations(user: User) -> None:
    """Hold all organisations of the person, in the order every erasure takes.

    Whoever else leaves one of them or gets another role there waits, or has done it before.
    """
    mine = Membership.objects.filter(user=user).values("organisation")
    rows = Organisation.objects.select_for_update(no_key=True).filter(pk__in=mine)
    list(rows.order_by("pk").values_list("pk", flat=True))


def last_owner_objections(user: User) -> list[Objection]:
    """One for each organisation with other people that would be left without anybody responsible."""
    return [
        Objection(
            text=gettext("You are the only owner of “%(name)s”. Name another owner first.")
            % {"name": organisation},
            url=reverse("knowledge:organisation_people", args=[organisation.public_id]),
            link_text=str(organisation),
        )
        for organisation in _only_owned_by(user)
        if _others(organisation, user)
    ]


def hand_back(user: User) -> None:
    """Somebody who was alone with an organisation may go; its profile is open for its people again.

    Who asked to join is told, and whoever takes it over is new: nobody trusts her yet.
    Raises ErasureRefusedError if somebody joined after the objections were looked at.
    """
    for organisation in _only_owned_by(user):
        current = lock(organisation)
        if _others(current, user):
            raise ErasureRefusedError(last_owner_objections(user))
        if current.verification == Verification.VERIFIED:
            release_profile(organisation=current, by=user)
        audit.record(current, "organisation.released", by=user)
        joining.close_all(current)
        trust.start_anew(current)


def delete_old_invitations(now: datetime) -> int:
    """Invitations hold the address of somebody who may not know this site: 30 days, used or not."""
    _all, each = Invitation.objects.filter(created_at__lt=now - INVITATIONS_KEPT).delete()
    return each.get("knowledge.Invitation", 0)


def _only_owned_by(user: User) -> list[Organisation]:
    mine = Membership.objects.filter(user=user, role=MembershipRole.OWNER)
    found = Organisation.objects.filter(pk__in=mine.values("organisation")).order_by("pk")
    return [one for one in found if not owners_of(one).exclude(pk=user.pk).exists()]


def _others(organisation: Organisation, user: User) -> bool:
    others = Membership.objects.filter(organisation=organisation, user__is_active=True)
    return others.exclude(user=user).exists()
