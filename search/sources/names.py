"""What things are called in an index that everybody searches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from knowledge import eligibility
from knowledge.models import Region


def with_parents(regions: Iterable[Region]) -> tuple[str, ...]:
    """Codes of the regions and of the countries they belong to, so that DE finds DE-BE."""
    codes: dict[str, None] = {}
    for region in regions:
        codes[region.code] = None
        if region.parent is not None:
            codes[region.parent.code] = None
    return tuple(codes)


def all_labels(terms: Iterable[Any]) -> tuple[str, ...]:
    """Names of vocabulary rows in every UI language, and their synonyms: all of them find."""
    found: dict[str, None] = {}
    for term in terms:
        found.update(dict.fromkeys(str(label) for label in term.labels.values() if label))
        found.update(dict.fromkeys(str(word) for word in getattr(term, "synonyms", None) or ()))
    return tuple(found)


def public_name(row: Any) -> str:
    """Name of a publisher or contributor: literal, else the organisation's if everybody may read it."""
    if row.name:
        return str(row.name)
    if row.organisation and eligibility.is_indexable(row.organisation):
        return str(row.organisation.name)
    return ""


def published_by(names: Iterable[str]) -> Q:
    """The resources whose `public_name`s of publishers are among these: a hidden one tells nothing."""
    public = eligibility.indexable_organisations().filter(name__in=names)
    return Q(publishers__name__in=names) | Q(
        publishers__name="", publishers__organisation__in=public
    )
