"""Taking over a profile that editors made, or that somebody else looks after.

Quick: editors made it, nobody looks after it yet, and a confirmed address has the domain of its
website. Everything else is decided by editors; if there are owners already, they are told and two
editors must agree.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import ClaimEvidence, MembershipRole, RequestState, Trust, Verification
from knowledge.mail_domains import evidence
from knowledge.models import Claim, ClaimVote, Organisation
from knowledge.queries.membership import owners_of, role_of, trust_of
from knowledge.services.curation import confirm_profile
from knowledge.services.editor_mails import CLAIM, CLAIM_UNDECIDED, editors_who, tell_editors
from nexsm.accounts.models import User
from nexsm.base.mail import texts

from . import audit
from .errors import LimitReachedError, PeopleError
from .mails import tell
from .memberships import admit, lock
from .trust import start_anew

OPEN_PER_PERSON = 5
PAUSE = timedelta(days=30)
VOTES_IF_CONTESTED = 2
# From the strongest to the weakest, for somebody with several confirmed addresses.
_STRENGTH = (
    ClaimEvidence.SAME,
    ClaimEvidence.RELATED,
    ClaimEvidence.LOOKALIKE,
    ClaimEvidence.OTHER,
    ClaimEvidence.FREE_MAIL,
    ClaimEvidence.NO_SITE,
)


def evidence_for(user: User, organisation: Organisation) -> ClaimEvidence:
    """The best that the confirmed addresses of a person say about the organisation's website."""
    addresses = EmailAddress.objects.filter(user=user, verified=True)
    found = [
        evidence(email=address, website=organisation.website)
        for address in addresses.values_list("email", flat=True)
    ]
    return min(found, key=_STRENGTH.index, default=ClaimEvidence.NO_SITE)


def is_quick(organisation: Organisation, by: User) -> bool:
    """Whether this person can take the profile over at once.

    Only what editors made and nobody has looked after yet: a profile that had owners, or that a
    member founded, is not handed to whoever reads mail at its domain.
    """
    return (
        organisation.verification == Verification.SHADOW
        and not owners_of(organisation).exists()
        and evidence_for(by, organisation) == ClaimEvidence.SAME
    )


@transaction.atomic
def claim(*, organisation: Organisation, by: User, message: str = "") -> Claim:
    """Say “this is our organisation”. The state of the claim tells whether it was confirmed at once.

    If it was not, owners and whoever may decide get a mail.

    Raises PeopleError if the profile is not public, the person is an owner or has claimed it
    already, LimitReachedError with too many open claims.
    """
    organisation = lock(organisation)
    _check_claim(organisation, by)
    owners = list(owners_of(organisation))
    found = evidence_for(by, organisation)
    made = Claim.objects.create(
        organisation=organisation,
        user=by,
        message=message,
        evidence=found,
        is_contested=bool(owners),
    )
    if is_quick(organisation, by):
        _hand_over(made, organisation, by=by, event="claim.confirmed")
        return made
    audit.record(organisation, "claim.made", by=by, person=by)
    tell(
        owners,
        "organisation_claimed",
        organisation=organisation,
        event=f"claim:{made.pk}",
        person=texts.name(by.name),
    )
    tell_editors(
        editors_who(Claim, lambda judge: not _has_stake(judge, made), but=by),
        CLAIM,
        made,
        claim=made,
        name=texts.name(organisation.name),
        person=texts.name(by.name),
    )
    return made


@transaction.atomic
def decide(*, claim: Claim, accepts: bool, reason: str, by: User) -> bool:
    """Decide as an editor. Returns whether the claim is decided now: a contested one needs two.

    If one more must decide, those who have not get a mail.

    The caller has checked the right to decide. Raises PermissionDenied for somebody who has a stake
    in it, PeopleError without a reason, if it is decided, or if this person has decided already.
    """
    organisation = lock(claim.organisation)
    current = Claim.objects.select_related("user").get(pk=claim.pk)
    if not current.is_open:
        raise PeopleError(_("Somebody else has decided this meanwhile."))
    if _has_stake(by, current):
        raise PermissionDenied
    if not reason.strip():
        raise PeopleError(_("Say why: the person reads it."))
    if current.votes.filter(by=by).exists():
        raise PeopleError(_("You have decided already. Now a second person must decide."))
    vote = ClaimVote.objects.create(claim=current, by=by, accepts=accepts, reason=reason)
    owners = list(owners_of(organisation))
    # Of two claims at once the second is contested as soon as the first is through.
    current.is_contested = current.is_contested or bool(owners)
    current.save(update_fields=["is_contested"])
    needed = VOTES_IF_CONTESTED if current.is_contested else 1
    if current.votes.filter(accepts=accepts).count() < needed:
        audit.record(organisation, "claim.vote", by=by, person=current.user, reason=reason)
        _tell_who_is_left(vote, organisation)
        return False
    # A profile that editors made and trust is trusted with the people they made it for; any other one
    # has earned its trust with people who are not these.
    is_shadow = organisation.verification == Verification.SHADOW
    has_lost_trust = accepts and not is_shadow and start_anew(organisation)
    if accepts:
        _hand_over(current, organisation, by=by, event="claim.accepted", reason=reason)
    else:
        _close(current, RequestState.REFUSED)
        audit.record(organisation, "claim.refused", by=by, person=current.user, reason=reason)
        _tell_claimant(current, organisation, reason)
    tell(
        [owner for owner in owners if owner.pk != current.user_id],
        "organisation_claim_known",
        organisation=organisation,
        event=f"claim-known:{current.pk}",
        accepted=accepts,
        has_lost_trust=has_lost_trust,
        person=texts.name(current.user.name),
    )
    return True


@transaction.atomic
def withdraw(*, claim: Claim, by: User) -> None:
    """Take one's own claim back. Raises PermissionDenied for others, PeopleError if it is decided."""
    organisation = lock(claim.organisation)
    current = Claim.objects.get(pk=claim.pk)
    if current.user_id != by.pk:
        raise PermissionDenied
    if not current.is_open:
        raise PeopleError(_("This is decided already."))
    _close(current, RequestState.WITHDRAWN)
    audit.record(organisation, "claim.withdrawn", by=by, person=by)


def _tell_who_is_left(vote: ClaimVote, organisation: Organisation) -> None:
    """Tell those who have not decided that one more must: perhaps nobody else was told of the claim."""
    claim = vote.claim
    have_decided = set(claim.votes.values_list("by", flat=True))
    tell_editors(
        editors_who(Claim, lambda it: it.pk not in have_decided and not _has_stake(it, claim)),
        CLAIM_UNDECIDED,
        vote,
        opens=claim,
        name=texts.name(organisation.name),
    )


def _has_stake(user: User, claim: Claim) -> bool:
    return claim.user_id == user.pk or role_of(user, claim.organisation) is not None


def _check_claim(organisation: Organisation, by: User) -> None:
    if not organisation.live:
        raise PeopleError(_("This profile is not online."))
    if trust_of(organisation) == Trust.BLOCKED:
        raise PeopleError(_("This profile cannot be taken over at the moment."))
    if role_of(by, organisation) == MembershipRole.OWNER:
        raise PeopleError(_("You are responsible for this organisation already."))
    mine = Claim.objects.filter(user=by)
    here = mine.filter(organisation=organisation)
    if here.filter(state=RequestState.OPEN).exists():
        raise PeopleError(_("You have told us already. You get a mail as soon as it is decided."))
    since = timezone.now() - PAUSE
    if here.filter(state=RequestState.REFUSED, decided_at__gt=since).exists():
        raise PeopleError(_("We could not confirm this. You can try again in a month."))
    if mine.filter(state=RequestState.OPEN).count() >= OPEN_PER_PERSON:
        raise LimitReachedError(_("Please wait until your other claims are decided."))


def _hand_over(
    claim: Claim, organisation: Organisation, *, by: User, event: str, reason: str = ""
) -> None:
    _close(claim, RequestState.ACCEPTED)
    admit(organisation=organisation, user=claim.user, role=MembershipRole.OWNER)
    confirm_profile(organisation=organisation, by=by)
    audit.record(
        organisation, event, by=by, person=claim.user, role=MembershipRole.OWNER, reason=reason
    )
    _tell_claimant(claim, organisation, reason)


def _close(claim: Claim, state: RequestState) -> None:
    claim.state, claim.decided_at = state, timezone.now()
    claim.save(update_fields=["state", "decided_at"])


def _tell_claimant(claim: Claim, organisation: Organisation, reason: str) -> None:
    tell(
        [claim.user],
        "organisation_claim_decided",
        organisation=organisation,
        event=f"claim-decided:{claim.pk}",
        accepted=claim.state == RequestState.ACCEPTED,
        reason=reason,
    )
