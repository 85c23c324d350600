"""The form for resources."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import InlinePanel, TabbedInterface

from knowledge.admin.panels import (
    CuratedForm,
    field,
    group,
    many_of,
    one_of,
    publication_tab,
    tab,
)


class ResourceForm(CuratedForm):
    """Refuses a second version of a work in one language; notes what a translation was made from."""

    def save(self, commit: bool = True) -> Any:
        """Keep the published text the translation was made from beside its source."""
        if "source_version" in self.changed_data:
            source = self.instance.source_version
            self.instance.source_revision = source.live_revision if source else None
        return super().save(commit=commit)

    def _get_validation_exclusions(self) -> set[str]:
        """Check the work, too: it is no field of the form but follows from "translated from"."""
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded - {"translation_key"}


CONTENT = tab(
    _("Content"),
    field("title"),
    one_of("type", _("What it is. The type decides how it is cited.")),
    one_of("language"),
    field("summary"),
    field("url"),
    field("body"),
    InlinePanel(
        "files",
        heading=_("Files"),
        label=_("File"),
        help_text=_("Files people can open or save, most important first."),
        panels=[
            field("document", _("Choose a file or upload one. PDF is best for most people.")),
            field("label"),
            one_of("language", _("The language of this file, if it is another one.")),
        ],
    ),
)

SOURCE = tab(
    _("People and source"),
    InlinePanel(
        "contributors",
        heading=_("Authors, editors, translators"),
        label=_("Person or organisation"),
        help_text=_("In the order in which they are to be named."),
        panels=[
            field("role", _("What she, he or it did.")),
            field("kind", _("Citations treat persons and organisations differently.")),
            field("name"),
            field("organisation", _("Only for organisations that have a profile here.")),
        ],
    ),
    InlinePanel(
        "publishers",
        heading=_("Publishers"),
        label=_("Publisher"),
        help_text=_("Who brought it out."),
        panels=[
            field("organisation", _("Only for organisations that have a profile here.")),
            field("name"),
        ],
    ),
    group(_("Publication data"), field("year"), field("published_on")),
    group(
        _("Numbers and rights"),
        field("doi", _("Permanent number of a digital text, for example 10.1234/abc")),
        field("isbn", _("Number of a book, on its back. With or without hyphens.")),
        one_of("licence"),
    ),
    field("organisation"),
)

FINDING = tab(
    _("Topics and regions"),
    many_of("topics", _("Tick what it is mainly about, three at most.")),
    field("tags"),
    many_of("audiences", _("Whom it is written for, not: whom it is about.")),
    many_of("regions"),
)

LANGUAGE = tab(
    _("Languages"),
    many_of("languages"),
    field("easy_language", _("Only if it was written by the rules of simplified language.")),
    field("level", _("How well readers must know the language. Leave it open if unsure.")),
    group(_("Translation"), field("source_version"), field("change_significance")),
)

PICTURE = tab(
    _("Picture"),
    field("cover_image", _("Shown in lists and on the page. A photo or the title page.")),
    field("cover_alt"),
    field("cover_is_decorative", _("Tick only if the picture tells nothing of its own.")),
)

RESOURCE_FORM = TabbedInterface(
    [CONTENT, SOURCE, FINDING, LANGUAGE, PICTURE, publication_tab()],
    base_form_class=ResourceForm,
)
