"""How much the site trusts an organisation: trusted, blocked, and the appeal against a block."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _, override
from wagtail.permission_policies import ModelPermissionPolicy

from knowledge.enums import RequestState, Trust
from knowledge.models import BlockAppeal, Organisation, Standing
from knowledge.queries.membership import owners_of, role_of, trust_of
from knowledge.services.editor_mails import BLOCK_APPEAL, editors_who, tell_editors
from nexsm.accounts.models import User
from nexsm.base.mail import texts

from . import audit
from .errors import PeopleError
from .mails import tell
from .memberships import lock, require_owner


@transaction.atomic
def set_trust(*, organisation: Organisation, trust: Trust, reason: str, by: User) -> None:
    """Say how much an organisation is trusted, and why. Owners get a mail about a block and its end.

    The caller has checked the right to decide. Raises PermissionDenied for somebody who belongs to
    the organisation, PeopleError without a reason or without a change.
    """
    organisation = lock(organisation)
    if role_of(by, organisation) is not None:
        raise PermissionDenied
    if not reason.strip():
        raise PeopleError(_("Give a reason: the organisation reads it."))
    before = Standing.objects.filter(organisation=organisation).first()
    old = before.trust if before else Trust.NEW
    if old == trust:
        raise PeopleError(_("This is how it is already."))
    _set(organisation, trust, reason, by)
    entry = audit.record(organisation, "trust", by=by, trust=trust, reason=reason)
    if Trust.BLOCKED in (old, trust):
        template = "organisation_blocked" if trust == Trust.BLOCKED else "organisation_unblocked"
        tell(
            owners_of(organisation),
            template,
            organisation=organisation,
            event=f"trust:{entry.pk}",
            reason=reason,
        )
    # Nothing is left to decide: the block is over.
    _open_appeals(organisation).update(
        state=RequestState.ACCEPTED, answer=reason, decided_by=by, decided_at=timezone.now()
    )


@transaction.atomic
def appeal(*, organisation: Organisation, text: str, by: User) -> BlockAppeal:
    """Object to a block, once for each block. Who may decide about it gets a mail.

    Raises PermissionDenied if ``by`` is no owner, PeopleError if there is no block or an appeal.
    """
    organisation = lock(organisation)
    require_owner(by, organisation)
    standing = Standing.objects.filter(organisation=organisation, trust=Trust.BLOCKED).first()
    if standing is None:
        raise PeopleError(_("This organisation is not blocked."))
    if appeals_against(standing):
        raise PeopleError(_("There is an appeal against this block already."))
    made = BlockAppeal.objects.create(organisation=organisation, user=by, text=text)
    audit.record(organisation, "appeal.made", by=by, person=by)
    tell_editors(
        editors_who(Standing, lambda judge: may_decide_appeal(judge, organisation), but=by),
        BLOCK_APPEAL,
        made,
        appeal=made,
        name=texts.name(organisation.name),
    )
    return made


@transaction.atomic
def decide_appeal(*, appeal: BlockAppeal, lifts: bool, answer: str, by: User) -> None:
    """End the block, or leave it; the owners get a mail.

    The caller has checked the right to decide. Raises PermissionDenied for the person who blocked
    (unless nobody else may) and for members of the organisation, PeopleError without an answer or
    if it is decided.
    """
    organisation = lock(appeal.organisation)
    current = BlockAppeal.objects.get(pk=appeal.pk)
    if not current.is_open:
        raise PeopleError(_("Somebody else has decided this meanwhile."))
    if not may_decide_appeal(by, organisation):
        raise PermissionDenied
    if not answer.strip():
        raise PeopleError(_("Give a reason: the organisation reads it."))
    current.state = RequestState.ACCEPTED if lifts else RequestState.REFUSED
    current.answer, current.decided_by, current.decided_at = answer, by, timezone.now()
    current.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    if lifts:
        _set(organisation, Trust.NEW, answer, by)
    event = "appeal.accepted" if lifts else "appeal.refused"
    audit.record(organisation, event, by=by, person=current.user, reason=answer)
    tell(
        owners_of(organisation),
        "organisation_appeal_decided",
        organisation=organisation,
        event=f"appeal-decided:{current.pk}",
        accepted=lifts,
        reason=answer,
    )


def start_anew(organisation: Organisation) -> bool:
    """Trust an organisation no longer, because others are responsible for it than those who earned that.

    Returns whether it was trusted; a block stays. The caller holds the organisation.
    """
    if trust_of(organisation) != Trust.TRUSTED:
        return False
    with override(settings.LANGUAGE_CODE):
        reason = _("The people who are responsible for the profile have changed.")
    _set(organisation, Trust.NEW, reason, None)
    audit.record(organisation, "trust", by=None, trust=Trust.NEW, reason=reason)
    return True


def may_decide_appeal(user: User, organisation: Organisation) -> bool:
    """Whether somebody is neutral: she neither blocked the organisation nor belongs to it.

    If nobody else may decide, she may decide about a block of hers, too.
    """
    standing = Standing.objects.filter(organisation=organisation).first()
    blocked = standing is not None and standing.decided_by_id == user.pk
    if role_of(user, organisation) is not None:
        return False
    return not blocked or _is_only_judge(user, organisation)


def _is_only_judge(user: User, organisation: Organisation) -> bool:
    """Whether all others who may decide about trust belong to the organisation, or there are none."""
    entitled = ModelPermissionPolicy(Standing).users_with_permission("change")
    others = entitled.filter(is_active=True).exclude(pk=user.pk)
    return all(role_of(other, organisation) is not None for other in others)


def appeals_against(standing: Standing) -> list[BlockAppeal]:
    """The appeals against the block that is in force."""
    appeals = BlockAppeal.objects.filter(organisation_id=standing.organisation_id)
    if standing.decided_at:
        appeals = appeals.filter(created_at__gte=standing.decided_at)
    return list(appeals.select_related("user"))


def _open_appeals(organisation: Organisation) -> QuerySet[BlockAppeal]:
    return BlockAppeal.objects.filter(organisation=organisation, state=RequestState.OPEN)


def _set(organisation: Organisation, trust: Trust, reason: str, by: User | None) -> None:
    Standing.objects.update_or_create(
        organisation=organisation,
        defaults={
            "trust": trust,
            "reason": reason,
            "decided_by": by,
            "decided_at": timezone.now(),
        },
    )
