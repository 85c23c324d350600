"""Filtered lists: which filters a list has, what they do, and how many items each choice leaves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Count, F, Model, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.enums import EasyLanguage, OrganisationKind, Verification
from knowledge.models import (
    Audience,
    Language,
    Region,
    Resource,
    ResourceType,
    Term,
    Topic,
)
from knowledge.queries import region_with_children
from nexsm.base.filters import FilterGroup, FilterOption, Text

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Facet:
    """One filter of a list.

    ``count_by`` is the path to the code that is counted, ``condition`` the meaning of chosen codes,
    ``labels`` gives the names of codes that occur. ``also_by`` is a second path of the same codes:
    an item counts for the codes of both, once for each.
    """

    name: str
    label: Text
    count_by: str
    condition: Callable[[Sequence[str]], Q]
    labels: Callable[[Iterable[str]], dict[str, str]]
    also_by: str = ""


@dataclass(frozen=True)
class FilteredList(Generic[M]):
    """The items that pass all filters, and the filters with their counts."""

    items: QuerySet[M]
    groups: list[FilterGroup]


def _vocabulary(model: type[Term]) -> Callable[[Iterable[str]], dict[str, str]]:
    def labels(codes: Iterable[str]) -> dict[str, str]:
        rows = model._default_manager.filter(code__in=list(codes))  # noqa: SLF001 - Django's name
        return {row.code: row.label for row in rows}

    return labels


def _choices(choices: Sequence[tuple[str, Text]]) -> Callable[[Iterable[str]], dict[str, str]]:
    def labels(codes: Iterable[str]) -> dict[str, str]:
        known = dict(choices)
        return {code: str(known[code]) for code in codes if code in known}

    return labels


def _one_of(path: str) -> Callable[[Sequence[str]], Q]:
    return lambda codes: Q(**{f"{path}__in": list(codes)})


def _resource_language(codes: Sequence[str]) -> Q:
    """A resource in these languages, or described in them if nothing else is said."""
    return Q(languages__code__in=list(codes)) | Q(language__code__in=list(codes))


def _in_regions(path: str) -> Callable[[Sequence[str]], Q]:
    """Picking a country finds the items of its states."""
    return lambda codes: Q(**{f"{path}__in": region_with_children(codes)})


RESOURCE_FACETS = (
    Facet("type", _("Type"), "type__code", _one_of("type__code"), _vocabulary(ResourceType)),
    Facet("topic", _("Topic"), "topics__code", _one_of("topics__code"), _vocabulary(Topic)),
    Facet(
        "language",
        _("Language"),
        "language__code",
        _resource_language,
        _vocabulary(Language),
        also_by="languages__code",
    ),
    Facet("region", _("Region"), "regions__code", _in_regions("regions"), _vocabulary(Region)),
    Facet(
        "audience",
        _("Written for"),
        "audiences__code",
        _one_of("audiences__code"),
        _vocabulary(Audience),
    ),
    Facet(
        "easy",
        _("Simplified language"),
        "easy_language",
        _one_of("easy_language"),
        _choices(EasyLanguage.choices),
    ),
)

ORGANISATION_FACETS = (
    Facet("kind", _("Kind"), "kind", _one_of("kind"), _choices(OrganisationKind.choices)),
    Facet("topic", _("Topic"), "topics__code", _one_of("topics__code"), _vocabulary(Topic)),
    Facet(
        "language",
        _("Languages spoken"),
        "languages_spoken__code",
        _one_of("languages_spoken__code"),
        _vocabulary(Language),
    ),
    Facet("region", _("Region"), "region__code", _in_regions("region"), _vocabulary(Region)),
    Facet(
        "verification",
        _("Verification"),
        "verification",
        _one_of("verification"),
        _choices(Verification.choices),
    ),
)


def filter_items(
    items: QuerySet[M], facets: Sequence[Facet], chosen: Mapping[str, Sequence[str]]
) -> FilteredList[M]:
    """Apply the chosen codes; count every choice as if the others of its filter were not chosen.

    One query per filter, one more per vocabulary, however many items there are.
    """
    conditions = {
        facet.name: facet.condition(chosen[facet.name])
        for facet in facets
        if chosen.get(facet.name)
    }
    groups = [_group(items, facet, chosen.get(facet.name, ()), conditions) for facet in facets]
    return FilteredList(_apply(items, conditions.values()), groups)


def _apply(items: QuerySet[M], conditions: Iterable[Q]) -> QuerySet[M]:
    """Filter by sub-queries, so that joins of several filters never multiply rows."""
    for condition in conditions:
        matching = items.model._default_manager.filter(condition).values("pk")  # noqa: SLF001
        items = items.filter(pk__in=matching)
    return items


def _group(
    items: QuerySet[M], facet: Facet, chosen: Sequence[str], conditions: Mapping[str, Q]
) -> FilterGroup:
    others = [condition for name, condition in conditions.items() if name != facet.name]
    rest = _apply(items, others)
    counts = _counted(rest, facet.count_by)
    if facet.also_by:
        both = rest.filter(**{facet.also_by: F(facet.count_by)})
        counts.update(_counted(rest, facet.also_by))
        counts.subtract(_counted(both, facet.count_by))
    if facet.name == "region":
        counts = _with_countries(counts, rest, facet)
    labels = facet.labels({*counts, *chosen})
    options = [
        FilterOption(code, label, counts[code], selected=code in chosen)
        for code, label in labels.items()
    ]
    options.sort(key=lambda option: (-(option.count or 0), option.label))
    return FilterGroup(facet.name, facet.label, options=options)


def _counted(items: QuerySet[M], path: str) -> Counter[str]:
    """How many items have each code at the end of the path."""
    rows: Iterable[dict[str, Any]] = (
        items.order_by().values(path).annotate(number=Count("pk", distinct=True))
    )
    return Counter({row[path]: row["number"] for row in rows if row[path]})


def _with_countries(counts: Counter[str], items: QuerySet[M], facet: Facet) -> Counter[str]:
    """A country counts the items of its states, each once."""
    countries = {code.split("-")[0] for code in counts}
    whole = {code: _apply(items, [facet.condition([code])]).count() for code in countries}
    return Counter({**counts, **whole})


def year_group(year_from: int | None, year_to: int | None) -> FilterGroup:
    """The filter by year of publication."""
    return FilterGroup("year", _("Year"), kind="year", value_from=year_from, value_to=year_to)


def filter_years(
    items: QuerySet[Resource], year_from: int | None, year_to: int | None
) -> QuerySet[Resource]:
    """Resources published in these years, both included."""
    if year_from is not None:
        items = items.filter(year__gte=year_from)
    if year_to is not None:
        items = items.filter(year__lte=year_to)
    return items


RESOURCE_ORDERS: dict[str, tuple[str, ...]] = {
    "newest": ("-first_published_at", "-pk"),
    "title": ("title", "pk"),
}
ORGANISATION_ORDERS: dict[str, tuple[str, ...]] = {
    "title": ("name", "pk"),
    "newest": ("-first_published_at", "-pk"),
}


def order_items(
    items: QuerySet[M], orders: Mapping[str, tuple[str, ...]], wanted: str
) -> tuple[QuerySet[M], str]:
    """Sort by a known order, else by the first. Returns the items and the order in force."""
    name = wanted if wanted in orders else next(iter(orders))
    return items.order_by(*orders[name]), name
