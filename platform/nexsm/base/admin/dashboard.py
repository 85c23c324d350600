"""The first page of the admin. Rooms above add numbers, lists, gaps and shortcuts of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.db.models.expressions import Combinable
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.site_summary import SummaryItem
from wagtail.admin.ui.components import Component

from nexsm.base.admin import work

Text = str | Promise


@dataclass(frozen=True)
class Number:
    """How much there is of something, for the line below the greeting."""

    label: Text
    count: int
    url: str
    icon: str


@dataclass(frozen=True)
class Gap:
    """Something that is missing in some items."""

    label: Text
    count: int
    url: str


@dataclass(frozen=True)
class Shortcut:
    """A button for what editors do most."""

    label: Text
    url: str
    icon: str = "plus"


@dataclass(frozen=True)
class WaitingList:
    """A list of what editors have to decide: how much waits in it, and since when the oldest."""

    label: Text
    url: str
    count: int
    oldest: datetime | None


@dataclass(frozen=True)
class Section:
    """A table of the panel."""

    slug: str
    heading: Text
    when: Text
    waiting: work.Waiting


# Each takes the user and answers what she may see.
_numbers: list[Callable[[Any], list[Number]]] = []
_gaps: list[Callable[[Any], list[Gap]]] = []
_shortcuts: list[Callable[[Any], list[Shortcut]]] = []
_lists: list[Callable[[Any], list[WaitingList]]] = []


def register(
    *,
    numbers: Callable[[Any], list[Number]] | None = None,
    gaps: Callable[[Any], list[Gap]] | None = None,
    shortcuts: Callable[[Any], list[Shortcut]] | None = None,
    lists: Callable[[Any], list[WaitingList]] | None = None,
) -> None:
    """Add a room's part; called once, from its wagtail_hooks."""
    parts = (
        (numbers, _numbers),
        (gaps, _gaps),
        (shortcuts, _shortcuts),
        (lists, _lists),
    )
    for new, known in parts:
        if new is not None and new not in known:
            known.append(new)  # type: ignore[arg-type]


def numbers(user: Any) -> list[Number]:
    """All numbers for this user."""
    return [number for part in _numbers for number in part(user)]


def gaps(user: Any) -> list[Gap]:
    """All gaps that occur."""
    return [gap for part in _gaps for gap in part(user) if gap.count]


def shortcuts(user: Any) -> list[Shortcut]:
    """All buttons for this user."""
    return [shortcut for part in _shortcuts for shortcut in part(user)]


def lists(user: Any) -> list[WaitingList]:
    """All lists this user may see, also those in which nothing waits."""
    return [one for part in _lists for one in part(user)]


def waiting_list(
    label: Text, url: str, waiting: QuerySet[Any], *, since: str | Combinable = "created_at"
) -> WaitingList:
    """Count what waits, in one query. ``since``: the field or expression that says when it came."""
    found = waiting.order_by().aggregate(count=Count("pk", distinct=True), oldest=Min(since))
    return WaitingList(label, url, **found)


class NumberItem(SummaryItem):
    """One number in Wagtail's site summary."""

    template_name = "wagtailadmin/home/number.html"

    def __init__(self, request: Any, number: Number, order: int) -> None:
        super().__init__(request)
        self.number = number
        self.order = order

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """The number itself."""
        return {"number": self.number}


class WaitingListsPanel(Component):
    """What waits for any of the editors: a line for each list."""

    name = "waiting_lists"
    template_name = "wagtailadmin/home/waiting_lists.html"
    order = 75

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Lists in which something waits, longest first; ``may_see``: whether she may see any list."""
        seen = lists(parent_context["request"].user)
        waiting = [(one.oldest, number, one) for number, one in enumerate(seen) if one.oldest]
        return {"lists": [one for *_when, one in sorted(waiting)], "may_see": bool(seen)}


class WaitsForYouPanel(Component):
    """Reviews, own drafts, dates to come, gaps."""

    name = "waits_for_you"
    template_name = "wagtailadmin/home/waits_for_you.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """All that this person has to do or has begun."""
        user = parent_context["request"].user
        tables = [
            Section("reviews", _("To review"), _("handed in"), work.reviews(user)),
            Section("drafts", _("Your drafts"), _("changed"), work.own_drafts(user)),
            Section("scheduled", _("Goes online by itself"), _("on"), work.scheduled(user)),
            Section("expiring", _("Goes offline by itself"), _("on"), work.expiring(user)),
        ]
        return {
            "sections": [section for section in tables if section.waiting.total],
            "gaps": gaps(user),
        }


class ShortcutsPanel(Component):
    """Buttons for new items."""

    name = "shortcuts"
    template_name = "wagtailadmin/home/shortcuts.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """The buttons this user may press."""
        return {"shortcuts": shortcuts(parent_context["request"].user)}
