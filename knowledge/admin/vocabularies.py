"""Vocabularies, tags and withdrawn items in the admin."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import ObjectList, Panel
from wagtail.admin.ui.tables import BooleanColumn, Column, DateColumn
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from knowledge.admin.panels import field, group, one_of
from knowledge.models import (
    Audience,
    Language,
    Licence,
    Region,
    ResourceType,
    Tag,
    Tombstone,
    Topic,
)

PER_PAGE = 100


class TermForm(WagtailAdminModelForm):
    """The code of a row stays what it was: addresses and imports depend on it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "code" in self.fields:
            self.fields["code"].disabled = True


def term_form(*more: Panel) -> ObjectList:
    """Name and code, then what this vocabulary has beyond them, then its place in lists."""
    return ObjectList(
        [
            field("labels"),
            field("code"),
            *more,
            group(_("In lists"), field("position"), field("is_active")),
        ],
        base_form_class=TermForm,
    )


def uses(relation: str) -> Column:
    """How many items have the row."""
    return Column(f"{relation}_count", label=_("Used"), sort_key=f"{relation}_count")


class TermViewSet(SnippetViewSet):
    """What all vocabularies have in common."""

    list_per_page = PER_PAGE
    copy_view_enabled = False
    ordering = ["position", "code"]
    search_fields = ["code", "labels"]
    search_backend_name = None
    used_by: ClassVar[str] = "resources"

    @property
    def list_display(self) -> list[Any]:
        """Name, code, place, use."""
        return [
            "__str__",
            Column("code", label=_("Code"), sort_key="code"),
            Column("position", label=_("Position"), sort_key="position"),
            BooleanColumn("is_active", label=_("In use")),
            uses(self.used_by),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:  # noqa: ARG002 - Wagtail's
        """Rows with the number of items that have them."""
        return self.model._default_manager.annotate(  # noqa: SLF001 - Django's name
            **{f"{self.used_by}_count": Count(self.used_by, distinct=True)}
        )


class TopicViewSet(TermViewSet):
    """Subjects."""

    model = Topic
    icon = "folder-open-inverse"
    menu_label = _("Topics")
    edit_handler = term_form(field("descriptions"), field("synonyms"))


class RegionViewSet(TermViewSet):
    """Countries and their states."""

    model = Region
    icon = "globe"
    menu_label = _("Regions")
    edit_handler = term_form(one_of("parent", _("The country of a state.")))


class ResourceTypeViewSet(TermViewSet):
    """Kinds of resources, with their names in other formats."""

    model = ResourceType
    icon = "doc-empty"
    menu_label = _("Resource types")
    edit_handler = term_form(
        field("icon", _("Name of a picture from the set of icons of this site.")),
        group(
            _("Names in other formats"),
            field("zotero", _("Item type of Zotero, for example report.")),
            field("csl", _("Type of the Citation Style Language, for example report.")),
            field("ris", _("Type of RIS files, for example RPRT.")),
            field("biblatex", _("Entry type of BibLaTeX, for example manual.")),
            field("bibtex", _("Entry type of BibTeX, for example manual.")),
            field("schema_org", _("Type of schema.org, for example Report.")),
            field("amb"),
            field("hcrt"),
            help_text=_("Programs that collect citations and metadata need them."),
        ),
    )


class LanguageViewSet(TermViewSet):
    """Languages of texts and of people."""

    model = Language
    icon = "comment"
    menu_label = _("Languages")
    edit_handler = term_form(
        field("autonym"),
        field("is_sign_language", _("Tick for sign languages: they have no written texts.")),
    )


class LicenceViewSet(TermViewSet):
    """What others may do with a resource."""

    model = Licence
    icon = "lock-open"
    menu_label = _("Licences")
    edit_handler = term_form(field("url", _("Where everybody can read it.")), field("is_open"))


class AudienceViewSet(TermViewSet):
    """Whom resources are written for."""

    model = Audience
    icon = "user"
    menu_label = _("Target groups")
    edit_handler = term_form()


class TagViewSet(SnippetViewSet):
    """Free keywords."""

    model = Tag
    icon = "tag"
    menu_label = _("Tags")
    list_per_page = PER_PAGE
    copy_view_enabled = False
    ordering = ["name"]
    search_fields = ["name"]
    search_backend_name = None
    list_display = ["name", uses("tagged_resources"), uses("tagged_organisations")]
    edit_handler = ObjectList(
        [
            field("name", _("The keyword as people read it.")),
            field("slug", _("Its form in addresses: small letters, digits, hyphens.")),
        ]
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:  # noqa: ARG002 - Wagtail's
        """Tags with the number of items that have them."""
        return Tag.objects.annotate(
            tagged_resources_count=Count("tagged_resources", distinct=True),
            tagged_organisations_count=Count("tagged_organisations", distinct=True),
        )


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Nobody changes these rows by hand, not even an administrator."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Only looking is possible."""
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """The same for several actions."""
        return any(self.user_has_permission(user, action) for action in actions)


class TombstoneViewSet(SnippetViewSet):
    """What was public once. The site writes these rows itself."""

    model = Tombstone
    icon = "history"
    menu_label = _("Withdrawn items")
    list_per_page = PER_PAGE
    copy_view_enabled = False
    inspect_view_enabled = True
    ordering = "-withdrawn_at"
    search_fields = ["title", "reason"]
    search_backend_name = None
    list_display = [
        "title",
        Column("kind", label=_("Kind"), sort_key="kind"),
        DateColumn("withdrawn_at", label=_("Since"), sort_key="withdrawn_at"),
        Column("reason", label=_("Reason")),
    ]
    edit_handler = ObjectList(
        [field(name, read_only=True) for name in ("title", "kind", "reason", "withdrawn_at")]
    )


class VocabularyGroup(SnippetViewSetGroup):
    """The menu for all of them."""

    menu_label = _("Vocabularies")
    menu_name = "vocabularies"
    menu_icon = "list-ul"
    menu_order = 150
    items = (
        TopicViewSet,
        RegionViewSet,
        ResourceTypeViewSet,
        LanguageViewSet,
        LicenceViewSet,
        AudienceViewSet,
        TagViewSet,
        TombstoneViewSet,
    )
