"""Filters of a list as templates show them: groups of choices, and chips that take them away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One choice of a filter with the number of items it leaves."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A filter with its choices, the most frequent first; ``kind`` is ``checkbox`` or ``year``."""

    name: str
    label: Text
    options: list[FilterOption] = field(default_factory=list)
    kind: str = "checkbox"
    value_from: int | None = None
    value_to: int | None = None


def active_filters(request: HttpRequest, groups: Iterable[FilterGroup]) -> list[dict[str, str]]:
    """The filters in force, each with the address without it."""
    active: list[dict[str, str]] = []
    for group in groups:
        if group.kind == "year":
            active.extend(_year_chips(request, group))
            continue
        for option in group.options:
            if option.selected:
                rest = request.GET.copy()
                others = [value for value in rest.getlist(group.name) if value != option.value]
                rest.setlist(group.name, others)
                active.append(_chip(request, rest, f"{group.label}: {option.label}"))
    return active


def _year_chips(request: HttpRequest, group: FilterGroup) -> list[dict[str, str]]:
    chips: list[dict[str, str]] = []
    for bound, value, words in (
        ("from", group.value_from, _("from %(year)s")),
        ("to", group.value_to, _("to %(year)s")),
    ):
        name = f"{group.name}_{bound}"
        # Years written into a query ("jahr:2020") are removed there.
        if value is not None and name in request.GET:
            rest = request.GET.copy()
            rest.pop(name, None)
            chips.append(_chip(request, rest, words % {"year": value}))
    return chips


def _chip(request: HttpRequest, rest: QueryDict, label: str) -> dict[str, str]:
    rest.pop("page", None)
    query = rest.urlencode()
    return {"label": label, "remove_url": f"{request.path}?{query}" if query else request.path}
