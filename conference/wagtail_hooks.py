"""People and venues in the editors' admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from django_filters import BooleanFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import BooleanColumn, UpdatedAtColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from conference.models import Person, Venue


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
