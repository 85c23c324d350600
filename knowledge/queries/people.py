"""What the pages of an organisation's people show."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.utils import timezone
from wagtail.models import ModelLogEntry

from knowledge.enums import MembershipRole, RequestState, Trust
from knowledge.models import (
    BlockAppeal,
    Claim,
    Invitation,
    JoinRequest,
    Language,
    Membership,
    Organisation,
    Standing,
)
from knowledge.queries import organisations_visible_to
from knowledge.queries.membership import Person, memberships_of, owners_of, role_of
from nexsm.base.media.quota import usage_of_organisation
from nexsm.base.media.space import Space

MAX_SPACES = 10
ALL_ROLES = tuple(MembershipRole)
_BY_ROLE = Case(
    When(role=MembershipRole.OWNER, then=Value(0)),
    When(role=MembershipRole.EDITOR, then=Value(1)),
    default=Value(2),
    output_field=IntegerField(),
)


def organisations_of(user: AbstractBaseUser, *roles: MembershipRole) -> QuerySet[Organisation]:
    """Organisations the person belongs to in one of the roles (default: any), online or not."""
    mine = memberships_of(user).filter(role__in=roles or ALL_ROLES)
    return Organisation.objects.filter(pk__in=mine.values("organisation"))


def people_of(organisation: Organisation) -> QuerySet[Membership]:
    """Who belongs to an organisation, owners first."""
    members = Membership.objects.filter(organisation=organisation).select_related("user")
    return members.order_by(_BY_ROLE, "created_at", "pk")


def open_invitations_of(organisation: Organisation) -> QuerySet[Invitation]:
    """Invitations that nobody has answered yet, newest first."""
    return Invitation.objects.filter(
        organisation=organisation,
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
    ).order_by("-created_at", "-pk")


def open_requests_of(organisation: Organisation) -> QuerySet[JoinRequest]:
    """Requests that wait for an owner, oldest first."""
    requests = JoinRequest.objects.filter(organisation=organisation, state=RequestState.OPEN)
    return requests.select_related("user").order_by("created_at", "pk")


def open_claims_of(organisation: Organisation) -> QuerySet[Claim]:
    """Claims of others that editors are looking at."""
    claims = Claim.objects.filter(organisation=organisation, state=RequestState.OPEN)
    return claims.select_related("user").order_by("created_at", "pk")


def own_requests(user: AbstractBaseUser) -> QuerySet[JoinRequest]:
    """Requests of a person that wait for an owner."""
    requests = JoinRequest.objects.filter(user_id=user.pk, state=RequestState.OPEN)
    return requests.select_related("organisation").order_by("created_at", "pk")


def own_claims(user: AbstractBaseUser) -> QuerySet[Claim]:
    """Claims of a person that wait for the editors."""
    claims = Claim.objects.filter(user_id=user.pk, state=RequestState.OPEN)
    return claims.select_related("organisation").order_by("created_at", "pk")


def history_of(organisation: Organisation) -> QuerySet[ModelLogEntry]:
    """What happened to an organisation, newest first."""
    entries = ModelLogEntry.objects.for_instance(organisation).select_related("user")
    return entries.order_by("-timestamp", "-pk")


def block_of(organisation: Organisation) -> Standing | None:
    """Why an organisation is blocked; None if it is not."""
    return Standing.objects.filter(organisation=organisation, trust=Trust.BLOCKED).first()


def languages_of(version: Organisation) -> dict[str, list[Language]]:
    """In which languages a version of a profile speaks beside its first one, and in which it could."""
    written = [text.language for text in version.texts.all()]
    taken = {version.language_id, *(language.pk for language in written)}
    active = Language.objects.filter(is_active=True)
    return {
        "other_languages": written,
        "more_languages": [language for language in active if language.pk not in taken],
    }


def newest_appeal(organisation: Organisation) -> BlockAppeal | None:
    """The last appeal of an organisation, whatever became of it."""
    return BlockAppeal.objects.filter(organisation=organisation).order_by("-pk").first()


def space_of(organisation: Organisation) -> Space:
    """How much space an organisation has for files."""
    return Space(organisation.name, usage_of_organisation(organisation.public_id))


def spaces_of_organisations(user: AbstractBaseUser) -> list[Space]:
    """The space of somebody's organisations, the first of them by name."""
    found = organisations_of(user).order_by("name", "pk")
    return [space_of(organisation) for organisation in found[:MAX_SPACES]]


@dataclass(frozen=True)
class WaysIn:
    """What somebody who reads a public profile may do about belonging to it."""

    may_join: bool
    may_claim: bool
    is_member: bool


def ways_in(organisation: Organisation, user: Person) -> WaysIn:
    """Joining needs somebody to ask; claiming is for profiles that nobody looks after yet."""
    has_owners = owners_of(organisation).exists()
    is_member = role_of(user, organisation) is not None
    return WaysIn(
        may_join=has_owners and not is_member,
        may_claim=not has_owners and not is_member,
        is_member=is_member,
    )


def public_organisation(user: AbstractBaseUser) -> QuerySet[Organisation]:
    """Profiles this person may read, for joining and claiming."""
    return organisations_visible_to(user)
