"""Resources and organisations in the admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.admin.choosers import CuratedChooserViewSet
from knowledge.admin.columns import ChangedColumn, ExampleColumn, StatusColumn
from knowledge.admin.export import ORGANISATION_COLUMNS, RESOURCE_COLUMNS
from knowledge.admin.filters import OrganisationFilters, ResourceFilters
from knowledge.admin.listing import OrganisationIndexView, ResourceIndexView
from knowledge.admin.organisation_form import ORGANISATION_FORM
from knowledge.admin.own_entries import (
    CuratedCreateView,
    CuratedEditView,
    CuratedWorkflowActionView,
)
from knowledge.admin.resource_form import RESOURCE_FORM
from knowledge.admin.withdraw import WithdrawView
from knowledge.models import Organisation, Resource

PER_PAGE = 50


class CuratedViewSet(SnippetViewSet):
    """What both have in common."""

    add_to_admin_menu = True
    # A copy would carry the identity of its original: number at the source, work, DOI.
    copy_view_enabled = False
    list_per_page = PER_PAGE
    search_backend_name = None
    ordering = "-changed_at"
    add_view_class = CuratedCreateView
    edit_view_class = CuratedEditView
    workflow_action_view_class = CuratedWorkflowActionView
    unpublish_view_class = WithdrawView
    chooser_per_page = 20
    chooser_viewset_class = CuratedChooserViewSet

    @property
    def unpublish_view(self) -> Any:
        """Our view with its own template."""
        return self.construct_view(
            self.unpublish_view_class, template_name=self.unpublish_view_class.template_name
        )


class ResourceViewSet(CuratedViewSet):
    """Resources."""

    model = Resource
    icon = "doc-full"
    menu_label = _("Resources")
    menu_name = "resources"
    menu_order = 110
    edit_handler = RESOURCE_FORM
    index_view_class = ResourceIndexView
    filterset_class = ResourceFilters
    list_display = [
        "title",
        Column("type", label=_("Type"), sort_key="type__position"),
        Column("language", label=_("Language"), sort_key="language__position"),
        Column("organisation", label=_("Organisation"), sort_key="organisation__name"),
        Column("year", label=_("Year"), sort_key="year"),
        StatusColumn(),
        ChangedColumn(),
        ExampleColumn(),
    ]
    search_fields = [
        "title",
        "summary",
        "organisation__name",
        "contributors__name",
        "contributors__organisation__name",
        "publishers__name",
        "publishers__organisation__name",
        "import_id",
        "doi",
    ]
    list_export = RESOURCE_COLUMNS
    export_filename = "nexsm-resources"


class OrganisationViewSet(CuratedViewSet):
    """Organisations and online communities."""

    model = Organisation
    icon = "group"
    menu_label = _("Organisations")
    menu_name = "organisations"
    menu_order = 120
    edit_handler = ORGANISATION_FORM
    index_view_class = OrganisationIndexView
    filterset_class = OrganisationFilters
    list_display = [
        "name",
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("language", label=_("Language"), sort_key="language__position"),
        Column("region", label=_("Region"), sort_key="region__position"),
        Column(
            "verification",
            label=_("Verification"),
            accessor="get_verification_display",
            sort_key="verification",
        ),
        StatusColumn(),
        ChangedColumn(),
        ExampleColumn(),
    ]
    search_fields = ["name", "short_name", "other_names", "city", "texts__name", "import_id"]
    list_export = ORGANISATION_COLUMNS
    export_filename = "nexsm-organisations"
