"""Asking to belong to an organisation."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import MembershipRole, RequestState, Trust
from knowledge.models import JoinRequest, Organisation
from knowledge.queries.membership import owners_of, role_of, trust_of
from nexsm.accounts.models import User
from nexsm.base.mail import texts

from . import audit
from .errors import LimitReachedError, PeopleError
from .mails import tell
from .memberships import admit, lock, require_owner

PER_PERSON_AND_DAY = 10
# So long a refusal counts before the same person may ask the same organisation again.
PAUSE = timedelta(days=30)


@transaction.atomic
def ask(*, organisation: Organisation, by: User, message: str = "") -> JoinRequest:
    """Ask to join; the owners get a mail.

    Raises PeopleError if there is nobody to ask, if the person belongs to it or has asked already,
    LimitReachedError after too many requests.
    """
    organisation = lock(organisation)
    if role_of(by, organisation) is not None:
        raise PeopleError(_("You belong to this organisation already."))
    owners = list(owners_of(organisation))
    if not owners:
        raise PeopleError(_("Nobody looks after this profile yet. You can take it over."))
    _check_earlier(organisation, by)
    request = JoinRequest.objects.create(organisation=organisation, user=by, message=message)
    audit.record(organisation, "request.made", by=by, person=by)
    tell(
        owners,
        "organisation_request",
        organisation=organisation,
        event=f"join-request:{request.pk}",
        person=texts.name(by.name),
    )
    return request


@transaction.atomic
def decide(*, request: JoinRequest, accepts: bool, by: User) -> None:
    """Let somebody in, as a member, or do not; she gets a mail.

    Raises PermissionDenied if ``by`` is no owner, PeopleError if it is decided already.
    """
    organisation = lock(request.organisation)
    require_owner(by, organisation)
    state = RequestState.ACCEPTED if accepts else RequestState.REFUSED
    current = _close(request, state, by)
    if accepts:
        admit(
            organisation=organisation, user=current.user, role=MembershipRole.MEMBER, invited_by=by
        )
    event = "request.accepted" if accepts else "request.refused"
    role = MembershipRole.MEMBER if accepts else ""
    audit.record(organisation, event, by=by, person=current.user, role=role)
    tell(
        [current.user],
        "organisation_request_decided",
        organisation=organisation,
        event=f"join-decided:{current.pk}",
        accepted=accepts,
    )


@transaction.atomic
def withdraw(*, request: JoinRequest, by: User) -> None:
    """Take one's own request back. Raises PermissionDenied for others, PeopleError if it is decided."""
    organisation = lock(request.organisation)
    if request.user_id != by.pk:
        raise PermissionDenied
    _close(request, RequestState.WITHDRAWN, by)
    audit.record(organisation, "request.withdrawn", by=by, person=by)


def close_all(organisation: Organisation) -> None:
    """Close all requests, because nobody is left to decide; each person reads what she can do instead.

    The caller holds the organisation.
    """
    waiting = JoinRequest.objects.filter(organisation=organisation, state=RequestState.OPEN)
    for request in waiting.order_by("pk"):
        # Nobody refused it: it is no reason to let her wait before the next one.
        current = _close(request, RequestState.WITHDRAWN, None)
        audit.record(organisation, "request.closed", by=None, person=current.user)
        tell(
            [current.user] if current.user.is_active else [],
            "organisation_request_closed",
            organisation=organisation,
            event=f"join-closed:{current.pk}",
            may_claim=organisation.live and trust_of(organisation) != Trust.BLOCKED,
        )


def _close(request: JoinRequest, state: RequestState, by: User | None) -> JoinRequest:
    current = JoinRequest.objects.select_related("user").get(pk=request.pk)
    if not current.is_open:
        raise PeopleError(_("This request is decided already."))
    current.state, current.decided_by, current.decided_at = state, by, timezone.now()
    current.save(update_fields=["state", "decided_by", "decided_at"])
    return current


def _check_earlier(organisation: Organisation, by: User) -> None:
    mine = JoinRequest.objects.filter(user=by)
    here = mine.filter(organisation=organisation)
    if here.filter(state=RequestState.OPEN).exists():
        raise PeopleError(_("You have asked already. You get a mail as soon as it is decided."))
    now = timezone.now()
    if here.filter(state=RequestState.REFUSED, decided_at__gt=now - PAUSE).exists():
        raise PeopleError(_("Your last request was not accepted. You can ask again in a month."))
    if mine.filter(created_at__gt=now - timedelta(days=1)).count() >= PER_PERSON_AND_DAY:
        raise LimitReachedError(_("These are many requests for one day. Please go on tomorrow."))
