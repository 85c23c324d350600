"""Who answers for an item: the people who are told about it, and asked."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F, QuerySet

from knowledge.enums import MembershipRole
from knowledge.models import CuratedItem, Membership, Organisation, Resource
from knowledge.queries.membership import has_made, owners_of
from nexsm.accounts.models import User


def caretakers_of(item: CuratedItem) -> QuerySet[User]:
    """Active people with a confirmed address: the organisation's owners, else who made the item.

    For what an editor imported for all, nobody answers.

    A mail to an address nobody has confirmed could go to a stranger.
    """
    if isinstance(item, Organisation):
        people = owners_of(item)
    elif isinstance(item, Resource) and item.organisation is not None:
        people = owners_of(item.organisation)
    elif item.import_source:
        people = User.objects.none()
    else:
        people = User.objects.filter(is_active=True, pk=item.created_by_id).order_by("pk")
    return with_confirmed_address(people)


def looked_after_by(user: User, items: Iterable[CuratedItem]) -> list[CuratedItem]:
    """Those of these items that this person answers for now; the same rule, in one query."""
    owned = set(
        Membership.objects.filter(user=user, role=MembershipRole.OWNER).values_list(
            "organisation", flat=True
        )
    )

    def is_hers(item: CuratedItem) -> bool:
        if not isinstance(item, Resource):
            return item.pk in owned
        return item.organisation_id in owned if item.organisation_id else has_made(user, item)

    return [item for item in items if is_hers(item)]


def with_confirmed_address(people: QuerySet[User]) -> QuerySet[User]:
    """Those of these people who have proved that the address is theirs."""
    return people.filter(
        emailaddress__email__iexact=F("email"), emailaddress__verified=True
    ).distinct()
