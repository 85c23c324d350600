"""Inviting people by mail.

The secret of the link has 256 bits and is kept as a hash. It can be used once, within 14 days, by
somebody who has confirmed that the address is hers.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext as _

from knowledge.enums import MembershipRole, Trust
from knowledge.models import Invitation, InvitedAddress, Membership, Organisation, Standing
from knowledge.queries.membership import trust_of
from nexsm.accounts.models import User
from nexsm.base import mail
from nexsm.base.mail import texts

from . import audit
from .errors import LimitReachedError, PeopleError
from .memberships import admit, lock, require_owner

DAY, WEEK = timedelta(days=1), timedelta(days=7)
PER_PERSON_AND_DAY = 20
PER_NEW_PERSON_AND_DAY = 5  # an account of less than a week
PER_ADDRESS_AND_WEEK = 3
ALL_PER_HOUR = 300  # more than this on the whole site is somebody's program
AT_ONCE = 500  # a statement can hold only so many values
logger = logging.getLogger(__name__)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def invite(*, organisation: Organisation, email: str, role: MembershipRole, by: User) -> Invitation:
    """Invite an address. An older open invitation to it ends.

    It is the same for addresses with and without an account, and for those that want no mail.
    Raises PermissionDenied if ``by`` is no owner, LimitReachedError, PeopleError if the organisation
    is blocked or the person belongs to it.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # so that the limit holds
    organisation = lock(organisation)
    require_owner(by, organisation)
    if trust_of(organisation) == Trust.BLOCKED:
        raise PeopleError(_("This organisation is blocked and cannot invite anybody."))
    email = email.strip().lower()
    if _belongs(organisation, email):
        raise PeopleError(_("This person belongs to the organisation already."))
    address, _made = InvitedAddress.objects.select_for_update().get_or_create(
        address_hash=_hash(email)
    )
    _check_limits(by, email)
    _open().filter(organisation=organisation, email=email).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation, email=email, role=role, token_hash=_hash(token), invited_by=by
    )
    audit.record(organisation, "invitation.sent", by=by, role=role)
    if address.refuses_at is None:
        _send(invitation, token)
    return invitation


def find(token: str) -> Invitation | None:
    """The invitation with this secret, whatever has become of it."""
    invitations = Invitation.objects.select_related("organisation", "invited_by")
    return invitations.filter(token_hash=_hash(token)).first()


def open_invitations_for(user: User) -> QuerySet[Invitation]:
    """Invitations to the confirmed addresses of a person that she can accept now."""
    mine = _acceptable().filter(email__in=_addresses(user))
    return mine.select_related("organisation", "invited_by")


def can_be_accepted(invitation: Invitation) -> bool:
    """Whether somebody could join with it now."""
    return _acceptable().filter(pk=invitation.pk).exists()


@transaction.atomic
def accept(*, invitation: Invitation, user: User) -> Organisation:
    """Join with an invitation.

    Raises PermissionDenied if it went to another address than those the person has confirmed,
    PeopleError if it can be used no more.
    """
    organisation = lock(invitation.organisation)
    current = Invitation.objects.select_related("invited_by").get(pk=invitation.pk)
    if current.email not in _addresses(user):
        raise PermissionDenied
    if not can_be_accepted(current):
        raise PeopleError(_("This invitation is not valid any more."))
    current.accepted_at = timezone.now()
    current.save(update_fields=["accepted_at"])
    membership = admit(
        organisation=organisation,
        user=user,
        role=MembershipRole(current.role),
        invited_by=current.invited_by,
    )
    audit.record(organisation, "invitation.accepted", by=user, person=user, role=membership.role)
    return organisation


@transaction.atomic
def revoke(*, invitation: Invitation, by: User) -> None:
    """Take an invitation back. Raises PermissionDenied if ``by`` is no owner; twice changes nothing."""
    organisation = lock(invitation.organisation)
    require_owner(by, organisation)
    if _open().filter(pk=invitation.pk).update(revoked_at=timezone.now()):
        audit.record(organisation, "invitation.revoked", by=by)


@transaction.atomic
def never_again(*, invitation: Invitation) -> None:
    """Whoever got the link wants no invitations any more, from no organisation."""
    InvitedAddress.objects.update_or_create(
        address_hash=_hash(invitation.email), defaults={"refuses_at": timezone.now()}
    )
    _open().filter(email=invitation.email).update(revoked_at=timezone.now())


def forget_old(now: datetime | None = None) -> int:
    """Delete invitations 30 days after they were written, and hashes nobody needs. Returns how many."""
    limit = (now or timezone.now()) - timedelta(days=30)
    gone, _kinds = Invitation.objects.filter(created_at__lt=limit).delete()
    unused = dict(InvitedAddress.objects.filter(refuses_at=None).values_list("address_hash", "pk"))
    for email in Invitation.objects.values_list("email", flat=True).iterator():
        unused.pop(_hash(email), None)
    numbers = list(unused.values())
    for start in range(0, len(numbers), AT_ONCE):
        some = InvitedAddress.objects.filter(pk__in=numbers[start : start + AT_ONCE])
        some.filter(refuses_at=None).delete()  # somebody may have refused a moment ago
    return gone


def _open() -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )


def _acceptable() -> QuerySet[Invitation]:
    """Open ones whose inviter still answers for the organisation, unless that is blocked."""
    inviter = Membership.objects.filter(
        organisation=OuterRef("organisation"),
        user=OuterRef("invited_by"),
        user__is_active=True,
        role=MembershipRole.OWNER,
    )
    blocked = Standing.objects.filter(trust=Trust.BLOCKED).values("organisation")
    return _open().filter(Exists(inviter)).exclude(organisation__in=blocked)


def _addresses(user: User) -> list[str]:
    """The confirmed addresses of an active person, in small letters."""
    rows = EmailAddress.objects.filter(user=user, verified=True, user__is_active=True)
    return [address.lower() for address in rows.values_list("email", flat=True)]


def _belongs(organisation: Organisation, email: str) -> bool:
    return EmailAddress.objects.filter(
        email__iexact=email, verified=True, user__memberships__organisation=organisation
    ).exists()


def _check_limits(by: User, email: str) -> None:
    """Raise LimitReachedError after too many invitations."""
    now = timezone.now()
    is_new = by.date_joined > now - WEEK
    limit = PER_NEW_PERSON_AND_DAY if is_new else PER_PERSON_AND_DAY
    if by.invitations_sent.filter(created_at__gt=now - DAY).count() >= limit:
        raise LimitReachedError(
            _("You can invite %(limit)s people a day. Please go on tomorrow.") % {"limit": limit}
        )
    to_address = Invitation.objects.filter(email=email, created_at__gt=now - WEEK)
    if to_address.count() >= PER_ADDRESS_AND_WEEK:
        raise LimitReachedError(
            _("This address has got several invitations this week. Please wait some days.")
        )
    if Invitation.objects.filter(created_at__gt=now - timedelta(hours=1)).count() >= ALL_PER_HOUR:
        logger.error("More than %s invitations in an hour: no more are sent.", ALL_PER_HOUR)
        raise LimitReachedError(_("Invitations cannot be sent at the moment. Please try tomorrow."))


def _send(invitation: Invitation, token: str) -> None:
    """Mail the link in the receiver's language, if there is an account, else in the inviter's."""
    account = User.objects.filter(email__iexact=invitation.email, is_active=True).first()
    organisation, inviter = invitation.organisation, invitation.invited_by
    mail.queue(
        to=invitation.email,
        template="organisation_invitation",
        context={
            "name": texts.name(organisation.name),
            "inviter": texts.name(inviter.name) if inviter else "",
            "invitation": invitation,
            "token": token,
        },
        language=account.language if account else (get_language() or ""),
        # No kind: the text of such a mail, here with the secret, is deleted when it has been sent.
        key=f"invitation:{invitation.pk}",
        user=account,
    )
