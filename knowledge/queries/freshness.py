"""Which entries somebody should look at again, and what the public is told about their age."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, QuerySet, Subquery

from knowledge.enums import MembershipRole
from knowledge.models import CuratedItem, Membership, Organisation, Resource
from knowledge.models.freshness import Freshness
from knowledge.queries.membership import made_by
from nexsm.accounts.models import User

# knowledge.md, no. 4: half a year without an edit or an answer; twice without an answer is a mark.
PERIOD = timedelta(days=183)
REMINDER = timedelta(days=30)
ASKED_BEFORE_MARK = 2


@dataclass(frozen=True)
class Age:
    """What a page says: when somebody last looked at it, and what speaks against it."""

    known_at: datetime | None
    is_confirmed: bool = False
    is_unconfirmed: bool = False
    is_outdated: bool = False


def freshness_of(item: CuratedItem) -> Freshness | None:
    """What is known about an item, if anybody was asked."""
    kind = ContentType.objects.get_for_model(type(item))
    return Freshness.objects.filter(content_type=kind, object_id=item.pk).first()


def age_of(item: CuratedItem) -> Age:
    """When the item was last published or confirmed, and its marks. One query."""
    found = freshness_of(item) if item.pk else None
    published = item.last_published_at
    if found is None:
        return Age(published)
    confirmed = found.confirmed_at
    is_confirmed = confirmed is not None and (published is None or confirmed > published)
    return Age(
        confirmed if is_confirmed else published,
        is_confirmed=is_confirmed,
        is_unconfirmed=found.unconfirmed_at is not None,
        is_outdated=found.outdated_at is not None,
    )


def doubtful(model: type[CuratedItem], pks: Iterable[int]) -> set[int]:
    """Those of these items that carry a mark. One query."""
    kind = ContentType.objects.get_for_model(model)
    rows = Freshness.objects.filter(content_type=kind, object_id__in=list(pks)).filter(
        Q(unconfirmed_at__isnull=False) | Q(outdated_at__isnull=False)
    )
    return set(rows.values_list("object_id", flat=True))


def people_to_ask() -> QuerySet[User]:
    """Everybody who looks after something: owners, and makers of items without organisation."""
    owners = Membership.objects.filter(role=MembershipRole.OWNER).values("user")
    makers = Resource.objects.filter(
        organisation__isnull=True, created_by__isnull=False, import_source="", live=True
    ).values("created_by")
    return User.objects.filter(Q(pk__in=owners) | Q(pk__in=makers), is_active=True).order_by("pk")


def due_for(user: User, now: datetime) -> list[CuratedItem]:
    """What this person should be asked about now; the rule of ``caretakers_of``, the other way round."""
    owned = Membership.objects.filter(user=user, role=MembershipRole.OWNER).values("organisation")
    organisations = Organisation.objects.filter(pk__in=owned)
    resources = Resource.objects.filter(Q(organisation__in=owned) | made_by(user))
    return [*_due(organisations, now).order_by("pk"), *_due(resources, now).order_by("pk")]


def _due(items: QuerySet[Any], now: datetime) -> QuerySet[Any]:
    kind = ContentType.objects.get_for_model(items.model)
    rows = Freshness.objects.filter(content_type=kind, object_id=OuterRef("pk"))

    def known(name: str) -> Subquery:
        return Subquery(rows.values(name)[:1])

    old = now - PERIOD
    never = Q(times__isnull=True) | Q(times=0)
    reminder = Q(times__gt=0, times__lt=ASKED_BEFORE_MARK, asked__lte=now - REMINDER)
    again = Q(times__gte=ASKED_BEFORE_MARK, asked__lte=old)
    by_another_mail_of_now = Q(asked=now)
    return (
        items.filter(live=True, is_example=False, last_published_at__lte=old)
        .annotate(
            confirmed=known("confirmed_at"),
            outdated=known("outdated_at"),
            asked=known("asked_at"),
            times=known("asked_times"),
        )
        .filter(Q(confirmed__isnull=True) | Q(confirmed__lte=old))
        # “Not right any more” is an answer, too.
        .filter(Q(outdated__isnull=True) | Q(outdated__lte=old))
        .filter(never | reminder | again | by_another_mail_of_now)
    )
