"""Who answers for an item: the people who are told about it, and asked."""

from __future__ import annotations

from django.db.models import F, QuerySet

from knowledge.models import CuratedItem, Organisation, Resource
from knowledge.queries.membership import owners_of
from nexsm.accounts.models import User


def caretakers_of(item: CuratedItem) -> QuerySet[User]:
    """Active people with a confirmed address: the organisation's owners, else who made the item.

    A mail to an address nobody has confirmed could go to a stranger.
    """
    if isinstance(item, Organisation):
        people = owners_of(item)
    elif isinstance(item, Resource) and item.organisation is not None:
        people = owners_of(item.organisation)
    else:
        people = User.objects.filter(is_active=True, pk=item.created_by_id).order_by("pk")
    return with_confirmed_address(people)


def with_confirmed_address(people: QuerySet[User]) -> QuerySet[User]:
    """Those of these people who have proved that the address is theirs."""
    return people.filter(
        emailaddress__email__iexact=F("email"), emailaddress__verified=True
    ).distinct()
