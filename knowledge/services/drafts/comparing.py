"""Two people change the same resource: what each of them changed, field by field."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from knowledge.models import Resource, ResourceDraft
from knowledge.services.drafts.values import FIELDS, Values, empty, values_of, version_to_change

MINE, THEIRS = "mine", "theirs"


@dataclass(frozen=True)
class Conflict:
    """Both changed the field, each in another way."""

    field: str
    mine: Any
    theirs: Any


@dataclass(frozen=True)
class Comparison:
    """Against the newest version: ``revision`` its id, ``theirs`` its values.

    ``taken``: fields that only the others changed; their values count.
    """

    revision: int | None
    theirs: Values
    conflicts: tuple[Conflict, ...]
    taken: tuple[str, ...]


def compare(draft: ResourceDraft) -> Comparison:
    """Compare a draft with the newest version of its resource. ValueError for a new one."""
    if draft.resource_id is None:
        raise ValueError("A new resource has no other version.")
    resource = Resource.objects.get(pk=draft.resource_id)
    theirs = values_of(version_to_change(resource))
    conflicts, taken = [], []
    for field in FIELDS:
        base, mine, other = (
            values.get(field) or empty(field)
            for values in (draft.base_values, draft.values, theirs)
        )
        if other in (base, mine):
            continue
        if mine == base:
            taken.append(field)
        else:
            conflicts.append(Conflict(field, mine, other))
    return Comparison(resource.latest_revision_id, theirs, tuple(conflicts), tuple(taken))


@transaction.atomic
def settle(*, draft: ResourceDraft, revision: int | None, choices: Mapping[str, str]) -> bool:
    """Bring a draft up to the newest version; ``choices``: field → "mine" or "theirs".

    Says no, and changes nothing, if a choice is missing or there is yet a newer version than
    ``revision``, which the person has not seen.
    """
    locked = ResourceDraft.objects.select_for_update().get(pk=draft.pk)
    now = compare(locked)
    if now.revision != revision:
        return False
    if any(choices.get(conflict.field) not in {MINE, THEIRS} for conflict in now.conflicts):
        return False
    given_up = {one.field for one in now.conflicts if choices[one.field] == THEIRS}
    values = dict(locked.values)
    for field in {*now.taken, *given_up}:
        values[field] = now.theirs.get(field) or empty(field)
    locked.values = values
    locked.base_values, locked.base_revision = now.theirs, now.revision
    locked.save(update_fields=["values", "base_values", "base_revision"])
    return True
