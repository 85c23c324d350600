"""The editors' side of conferences: people, venues, programmes, copies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter
from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, UpdatedAtColumn
from wagtail.admin.widgets.button import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from conference.admin import offers, schedule_import
from conference.admin.changes import ChangesView
from conference.admin.copying import CopyView
from conference.admin.programme import ProgrammeView
from conference.models import ConferencePage, Person, Venue
from knowledge.admin.permitted import PermittedMenuItem
from nexsm.base.admin import dashboard


class PersonFilterSet(WagtailFilterSet):
    """Filters of the list of people."""

    without_record = BooleanFilter(
        field_name="participations", lookup_expr="isnull", label=_("in no session")
    )

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = ["has_consented", "organisation", "is_example"]


class PersonViewSet(SnippetViewSet):
    """People of the conferences."""

    model = Person
    icon = "user"
    menu_label = _("People")
    list_display: ClassVar[list[Any]] = [
        "name",
        "organisation",
        BooleanColumn("has_consented", label=_("Agrees to be shown")),
        UpdatedAtColumn(),
    ]
    list_select_related = True
    filterset_class = PersonFilterSet
    list_per_page = 50
    ordering = ["name"]
    add_to_reference_index = True


class VenueViewSet(SnippetViewSet):
    """Houses and their rooms."""

    model = Venue
    icon = "home"
    menu_label = _("Venues")
    list_display: ClassVar[list[Any]] = ["name", "street", "city", "region"]
    list_filter: ClassVar[list[str]] = ["city", "region"]
    list_per_page = 50
    ordering = ["name"]


class ConferenceViewSetGroup(SnippetViewSetGroup):
    """The menu of this room. Conferences themselves are pages."""

    menu_label = _("Conferences")
    menu_icon = "date"
    menu_order = 220
    items = (PersonViewSet, VenueViewSet)


register_snippet(ConferenceViewSetGroup)


@hooks.register("register_admin_urls")
def programme_urls() -> list[URLPattern]:
    """What editors do with a whole conference, and the import of one."""
    return [
        path(
            "conference/<int:page_id>/programme/",
            ProgrammeView.as_view(),
            name="nexsm_conference_programme",
        ),
        path("conference/<int:page_id>/copy/", CopyView.as_view(), name="nexsm_conference_copy"),
        path(
            "conference/<int:page_id>/changes/",
            ChangesView.as_view(),
            name="nexsm_conference_changes",
        ),
        path(
            "conference/<int:page_id>/import/",
            schedule_import.import_view,
            name=schedule_import.URL_NAME,
        ),
    ]


@hooks.register("register_admin_urls")
def offer_urls() -> list[URLPattern]:
    """What people of sessions have sent."""
    return [
        path(
            "documentation/",
            offers.OffersView.as_view(http_method_names=["get", "head"]),
            name=offers.LIST,
        ),
        path("documentation/<int:pk>/", offers.OffersView.as_view(), name="nexsm_offer"),
    ]


@hooks.register("register_admin_menu_item")
def offers_item() -> PermittedMenuItem:
    """The way to it."""
    return PermittedMenuItem(
        _("Documentation"),
        reverse(offers.LIST),
        icon_name="doc-full",
        order=146,
        permission=offers.PERMISSION,
    )


@hooks.register("register_log_actions")
def offer_actions(actions: Any) -> None:
    """Names of our entries in the history."""
    actions.register_action(
        "conference.offer", _("Offer documentation"), _("Documentation offered")
    )
    actions.register_action(
        "conference.offer.decide",
        _("Decide about offered documentation"),
        _("Decided about offered documentation"),
    )


dashboard.register(lists=offers.lists)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def conference_buttons(
    page: Page,
    user: Any,
    view_name: str = "",  # noqa: ARG001
    next_url: str | None = None,  # noqa: ARG001
) -> Iterator[Button]:
    """The same three ways in the editor and in the explorer."""
    if not issubclass(page.specific_class or Page, ConferencePage):
        return
    if not page.permissions_for_user(user).can_edit():
        return
    ways = (
        ("nexsm_conference_programme", _("Edit the programme"), "date"),
        ("nexsm_conference_copy", _("Copy as the next edition"), "copy"),
        ("nexsm_conference_changes", _("Changes the public was told"), "history"),
    )
    for priority, (name, label, icon) in enumerate(ways, start=90):
        url = reverse(name, args=[page.pk])
        yield Button(label, url, icon_name=icon, priority=priority)


hooks.register("register_page_header_buttons", schedule_import.header_buttons)
