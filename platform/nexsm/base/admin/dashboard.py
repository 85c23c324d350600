"""The first page of the admin. Rooms above add numbers, gaps and shortcuts of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

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
_sections: list[Callable[[Any], list[Section]]] = []


def register(
    *,
    numbers: Callable[[Any], list[Number]] | None = None,
    gaps: Callable[[Any], list[Gap]] | None = None,
    shortcuts: Callable[[Any], list[Shortcut]] | None = None,
    sections: Callable[[Any], list[Section]] | None = None,
) -> None:
    """Add a room's part; called once, from its wagtail_hooks."""
    parts = (
        (numbers, _numbers),
        (gaps, _gaps),
        (shortcuts, _shortcuts),
        (sections, _sections),
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


def sections(user: Any) -> list[Section]:
    """Tables of what waits for this user in the rooms above."""
    return [section for part in _sections for section in part(user)]


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


class WaitsForYouPanel(Component):
    """Reviews, own drafts, dates to come, gaps."""

    name = "waits_for_you"
    template_name = "wagtailadmin/home/waits_for_you.html"
    order = 100

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        """Everything that waits; the heading counts what only this person can do."""
        user = parent_context["request"].user
        tables = [
            *sections(user),
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
