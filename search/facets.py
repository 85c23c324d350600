"""Filters of a search: which there are, what they restrict, and how their values are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache

from django.utils.translation import get_language, gettext_lazy as _

from conference.enums import SessionFormat
from knowledge.enums import OrganisationKind
from knowledge.models import Region, ResourceType, Topic
from nexsm.base.filters import FilterGroup, FilterOption, Text
from search import labels
from search.query.tree import FacetFilter, OneOf, Range
from search.sources.conferences import conference_titles

KIND_LABELS: dict[str, Text] = {
    "resource": _("Resources"),
    "organisation": _("Organisations and communities"),
    "conference": _("Conferences"),
    "session": _("Conference sessions"),
    "page": _("Pages"),
}
# The order on the results page.
FACET_LABELS: dict[str, Text] = {
    "kind": _("Content"),
    "type": _("Type"),
    "topic": _("Topic"),
    "language": _("Language"),
    "region": _("Region"),
    "year": _("Year"),
    "conference": _("Conference"),
    "tag": _("Tag"),
    "publisher": _("Publisher"),
}


def filters_for(
    chosen: Mapping[str, Sequence[str]],
    years: tuple[int | None, int | None],
    ui_language: str,
) -> list[FacetFilter]:
    """The restrictions of a search. Values of one facet widen, facets narrow."""
    found = [
        FacetFilter(name, OneOf(name, tuple(values)))
        for name, values in chosen.items()
        if values and name in FACET_LABELS and name != "year"
    ]
    if not chosen.get("language"):
        # One hit for each work: the version for readers of this language. Who picks languages gets
        # the versions in these languages, so this restriction belongs to that facet.
        found.append(FacetFilter("language", OneOf("serves", (ui_language,))))
    if years != (None, None):
        found.append(FacetFilter("year", Range("year", *years)))
    return found


def groups(
    counts: Mapping[str, Sequence[tuple[str, int]]],
    chosen: Mapping[str, Sequence[str]],
    years: tuple[int | None, int | None],
) -> list[FilterGroup]:
    """Facets with the names of their values."""
    return [
        _group(name, label, list(counts.get(name, ())), chosen.get(name, ()), years)
        for name, label in FACET_LABELS.items()
        if name in counts or chosen.get(name)
    ]


def _group(
    name: str,
    label: Text,
    pairs: list[tuple[str, int]],
    selected: Sequence[str],
    years: tuple[int | None, int | None],
) -> FilterGroup:
    known = {value for value, _count in pairs}
    pairs += [(value, 0) for value in selected if value not in known]
    known_names = _labels(name, [value for value, _count in pairs])
    if name == "year":
        pairs.sort(reverse=True)
        options = [
            FilterOption(value, value, count, _year_selected(int(value), years))
            for value, count in pairs
        ]
        return FilterGroup(name, label, options, "year", *years)
    options = [
        FilterOption(value, known_names.get(value, value), count, value in selected)
        for value, count in pairs
    ]
    return FilterGroup(name, label, options)


def _year_selected(year: int, years: tuple[int | None, int | None]) -> bool:
    low, high = years
    return years != (None, None) and (low or year) <= year <= (high or year)


def _labels(name: str, values: Sequence[str]) -> dict[str, str]:
    find = _LABELS.get(name)
    return find(values) if find and values else {}


def _kind_labels(values: Iterable[str]) -> dict[str, str]:
    return {value: str(KIND_LABELS.get(value, value)) for value in values}


def _type_labels(values: Sequence[str]) -> dict[str, str]:
    fixed = _fixed_types(get_language())
    known = labels.all_names(ResourceType)
    return {value: known.get(value) or fixed.get(value, value) for value in values}


@lru_cache(maxsize=32)
def _fixed_types(language: str | None) -> dict[str, str]:  # noqa: ARG001 - the key
    """Types that are no vocabulary: of sessions and organisations, in the active language."""
    return {
        str(value): str(label)
        for value, label in (*SessionFormat.choices, *OrganisationKind.choices)
    }


def _topic_labels(values: Sequence[str]) -> dict[str, str]:
    return labels.names(Topic, values)


def _region_labels(values: Sequence[str]) -> dict[str, str]:
    return labels.names(Region, values)


_LABELS: dict[str, Callable[[Sequence[str]], dict[str, str]]] = {
    "kind": _kind_labels,
    "type": _type_labels,
    "language": labels.language_names,
    "topic": _topic_labels,
    "region": _region_labels,
    "conference": conference_titles,
}
