"""Who belongs to which organisation, and who may change what."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from knowledge.enums import MembershipRole, Trust
from knowledge.models import CuratedItem, Membership, Organisation, Resource, Standing
from nexsm.accounts.models import User

Person = AbstractBaseUser | AnonymousUser
# Who may write in the name of an organisation.
WRITERS = (MembershipRole.OWNER, MembershipRole.EDITOR)


def memberships_of(user: Person) -> QuerySet[Membership]:
    """The organisations somebody belongs to, with the role in each."""
    if not user.is_authenticated or not user.is_active:
        return Membership.objects.none()
    return Membership.objects.filter(user_id=user.pk).select_related("organisation")


def role_of(user: Person, organisation: Organisation) -> MembershipRole | None:
    """The role of somebody in an organisation. None: she does not belong to it."""
    role = memberships_of(user).filter(organisation=organisation).values_list("role", flat=True)
    found = role.first()
    return MembershipRole(found) if found else None


def owners_of(organisation: Organisation) -> QuerySet[User]:
    """The active people who are responsible for an organisation."""
    return User.objects.filter(
        is_active=True,
        memberships__organisation=organisation,
        memberships__role=MembershipRole.OWNER,
    ).order_by("pk")


def trust_of(organisation: Organisation) -> Trust:
    """How much the site trusts an organisation; without a decision it is new."""
    trust = Standing.objects.filter(organisation=organisation).values_list("trust", flat=True)
    return Trust(trust.first() or Trust.NEW)


def items_editable_by(user: Person, model: type[Any]) -> QuerySet[Any]:
    """Items of a model (Resource or Organisation) that somebody may change as a member.

    A resource of an organisation belongs to its owners and editors; one without an organisation to
    whoever made it (`made_by`). Rights of the admin do not count here.
    """
    mine = memberships_of(user).filter(role__in=WRITERS).values("organisation")
    if model is Organisation:
        return Organisation.objects.filter(pk__in=mine)
    own = made_by(user) if user.is_active else Q(pk__in=[])
    return Resource.objects.filter(own | Q(organisation__in=mine))


def made_by(user: Person) -> Q:
    """Resources without an organisation that somebody has made; what she imported for all is not hers."""
    return Q(organisation__isnull=True, created_by_id=user.pk, import_source="")


def has_made(user: Person, item: Resource) -> bool:
    """The rule of `made_by` for a resource that is given; also for a version that was not saved."""
    is_alone = item.organisation_id is None and not item.import_source
    return is_alone and item.created_by_id == user.pk


def is_own(user: Person, item: CuratedItem) -> bool:
    """Say whether an item is somebody's own, so that others must decide about it.

    Her organisation's profile or resource, or what she has made without one. Asks the item as it is
    given, also a version that was not saved. What she imported for all is not hers.
    """
    organisation = item.pk if isinstance(item, Organisation) else item.organisation_id
    if organisation is not None:
        writes = memberships_of(user).filter(role__in=WRITERS, organisation_id=organisation)
        return writes.exists()
    return isinstance(item, Resource) and has_made(user, item)


def may_edit(user: Person, item: CuratedItem) -> bool:
    """Say whether somebody may change this item as a member; the rule of `items_editable_by`."""
    return items_editable_by(user, type(item)).filter(pk=item.pk).exists()
