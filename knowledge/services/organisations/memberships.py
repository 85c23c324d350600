"""Who belongs to an organisation: changing roles, removing, leaving. It always keeps an owner."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import MembershipRole, RequestState
from knowledge.models import Invitation, JoinRequest, Membership, Organisation
from knowledge.queries.membership import owners_of, role_of
from nexsm.accounts.models import User
from nexsm.base import throttle

from . import audit, mails
from .errors import PeopleError

# Who changes a role to and fro fills nobody's mailbox.
ROLE_MAILS = 5
_RANK = {MembershipRole.MEMBER: 0, MembershipRole.EDITOR: 1, MembershipRole.OWNER: 2}


class LastOwnerError(PeopleError):
    """The organisation would have nobody who is responsible."""


def lock(organisation: Organisation) -> Organisation:
    """Hold the organisation until the transaction ends and return it as it is now."""
    return Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def require_owner(user: User, organisation: Organisation) -> None:
    """Raise PermissionDenied unless the person is responsible for the organisation."""
    if role_of(user, organisation) != MembershipRole.OWNER:
        raise PermissionDenied


def admit(
    *, organisation: Organisation, user: User, role: MembershipRole, invited_by: User | None = None
) -> Membership:
    """Let somebody in, or raise her role; never lower it. The caller holds the lock and records it."""
    membership, created = Membership.objects.get_or_create(
        organisation=organisation, user=user, defaults={"role": role, "invited_by": invited_by}
    )
    if not created and _RANK[role] > _RANK[MembershipRole(membership.role)]:
        membership.role = role
        membership.save(update_fields=["role"])
    JoinRequest.objects.filter(
        organisation=organisation, user=user, state=RequestState.OPEN
    ).update(state=RequestState.ACCEPTED, decided_by=invited_by, decided_at=timezone.now())
    return membership


@transaction.atomic
def change_role(*, membership: Membership, role: MembershipRole, by: User) -> None:
    """Give a person another role and tell her.

    Raises PermissionDenied if ``by`` is no owner, LastOwnerError if no owner would be left,
    PeopleError if the person has left meanwhile.
    """
    organisation = lock(membership.organisation)
    require_owner(by, organisation)
    current = _current(membership)
    if current.role == role:
        return
    if role != MembershipRole.OWNER:
        _keep_an_owner(current)
        _revoke_invitations_of(current)
    current.role = role
    current.save(update_fields=["role"])
    entry = audit.record(organisation, "membership.role", by=by, person=current.user, role=role)
    if current.user != by and throttle.allow(
        "role-mail", str(current.pk), limit=ROLE_MAILS, seconds=throttle.DAY
    ):
        mails.tell(
            [current.user],
            "organisation_role",
            organisation=organisation,
            event=f"membership_role:{entry.pk}",
            role=MembershipRole(role).label,
        )


@transaction.atomic
def remove(*, membership: Membership, by: User) -> None:
    """End the membership of somebody else and tell her. Raises as `change_role` does."""
    organisation = lock(membership.organisation)
    require_owner(by, organisation)
    current = _current(membership)
    _end(current)
    audit.record(organisation, "membership.removed", by=by, person=current.user)
    if current.user != by:
        mails.tell(
            [current.user],
            "organisation_removed",
            organisation=organisation,
            event=f"membership_removed:{membership.pk}",
        )


@transaction.atomic
def leave(*, organisation: Organisation, user: User) -> None:
    """End one's own membership. Raises LastOwnerError, or PeopleError for somebody who is not in it."""
    locked = lock(organisation)
    current = Membership.objects.filter(organisation=locked, user=user).first()
    if current is None:
        raise PeopleError(_("You do not belong to this organisation any more."))
    _end(current)
    audit.record(locked, "membership.left", by=user, person=user)


def _current(membership: Membership) -> Membership:
    """The membership as it is now that the lock is held."""
    current = Membership.objects.filter(pk=membership.pk).select_related("user").first()
    if current is None:
        raise PeopleError(_("This person has left meanwhile."))
    return current


def _end(membership: Membership) -> None:
    _keep_an_owner(membership)
    _revoke_invitations_of(membership)
    Membership.objects.filter(pk=membership.pk).delete()


def _keep_an_owner(membership: Membership) -> None:
    """Raise LastOwnerError if this is the only owner who can still sign in."""
    if membership.role != MembershipRole.OWNER:
        return
    if not owners_of(membership.organisation).exclude(pk=membership.user_id).exists():
        raise LastOwnerError(
            _("Somebody must be responsible. Make somebody else a responsible person first.")
        )


def _revoke_invitations_of(membership: Membership) -> None:
    """Who has no say any more leaves no open invitations behind."""
    Invitation.objects.filter(
        organisation_id=membership.organisation_id,
        invited_by_id=membership.user_id,
        accepted_at=None,
        revoked_at=None,
    ).update(revoked_at=timezone.now())
