"""Suggested changes: for members those about what is theirs, for editors all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet

from knowledge.models import CuratedItem, EditSuggestion, Organisation, Resource, SuggestionState
from knowledge.queries.membership import Person, items_editable_by

_MODELS: tuple[tuple[str, type[Any]], ...] = (
    ("organisation", Organisation),
    ("resource", Resource),
)


def suggestions_for(user: Person) -> QuerySet[EditSuggestion]:
    """Suggestions about published items that this member may change, what waits first."""
    mine = Q(pk__in=[])
    for kind, model in _MODELS:
        keys = items_editable_by(user, model).filter(live=True).values_list("public_id", flat=True)
        mine |= Q(kind=kind, key__in=[str(key) for key in keys])
    return EditSuggestion.objects.filter(mine).order_by(
        F("decided_at").desc(nulls_first=True), "-created_at", "-pk"
    )


def taken_up(item: CuratedItem) -> list[EditSuggestion]:
    """Suggestions somebody has taken up, and has not published yet: they stand beside the form."""
    kind = next((name for name, model in _MODELS if isinstance(item, model)), "")
    found = EditSuggestion.objects.filter(
        kind=kind, key=str(item.public_id), state=SuggestionState.ACCEPTED
    )
    if item.last_published_at is not None:
        found = found.filter(decided_at__gt=item.last_published_at)
    return list(found.order_by("decided_at", "pk")[:10])
