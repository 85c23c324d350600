"""What may stand in an index that anonymous visitors search: one rule, two forms."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from knowledge.models import CuratedItem, Organisation, Resource
from knowledge.queries import is_visible_to, organisations_visible_to, resources_visible_to


def is_indexable(item: CuratedItem) -> bool:
    """Say whether everybody may read the item. Fails closed: only what is public is indexed."""
    return is_visible_to(item, AnonymousUser())


def indexable_resources() -> QuerySet[Resource]:
    """All resources for which `is_indexable` holds."""
    return resources_visible_to(AnonymousUser())


def indexable_organisations() -> QuerySet[Organisation]:
    """All organisations for which `is_indexable` holds."""
    return organisations_visible_to(AnonymousUser())
