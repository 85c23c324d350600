"""The form for organisations and online communities."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel, InlinePanel, TabbedInterface

from knowledge.admin.panels import (
    CuratedForm,
    field,
    group,
    many_of,
    one_of,
    publication_tab,
    tab,
)
from knowledge.services.curation import note_verification


class OrganisationForm(CuratedForm):
    """Notes the date when an editor changes the verification."""

    def save(self, commit: bool = True) -> Any:
        """Keep state and date of the verification together."""
        if "verification" in self.changed_data:
            note_verification(self.instance, self.cleaned_data["verification"])
        return super().save(commit=commit)


PROFILE = tab(
    _("Profile"),
    field("name"),
    field("short_name"),
    field("kind", _("An online community has no office and meets on the net.")),
    one_of("language", _("The language of name and description on this page.")),
    field("description"),
    InlinePanel(
        "texts",
        heading=_("Descriptions in other languages"),
        label=_("Language"),
        help_text=_("One organisation, many languages: add one entry for each."),
        panels=[
            one_of("language", _("The language of this entry.")),
            field("name", _("Only if the organisation has another name in this language.")),
            field("description", _("The same in this language. Short sentences.")),
        ],
    ),
    field("other_names"),
    field("logo", _("Square pictures look best.")),
)

FINDING = tab(
    _("Topics and languages"),
    many_of("topics", _("Tick what the organisation mainly works on.")),
    field("tags"),
    many_of("languages_spoken", _("Languages in which people can turn to it.")),
)

PLACE = tab(
    _("Place"),
    one_of("region"),
    group(
        _("Address"),
        field("street", _("Shown only if you choose the full address below.")),
        field("postal_code", _("For example 10115. In Switzerland and Austria four digits.")),
        field("city", _("Town or village.")),
        field("district"),
        field("location_precision"),
    ),
    field("founded"),
)

CONTACT = tab(
    _("Contact"),
    field("website", _("The whole address, starting with https://")),
    InlinePanel(
        "channels",
        heading=_("Channels"),
        label=_("Channel"),
        help_text=_("Where people can follow the organisation."),
        panels=[
            field("platform", _("The service.")),
            field("url", _("The whole address of the profile, starting with https://")),
        ],
    ),
    group(
        _("Messages"),
        field("contact_email"),
        field("contact_form_enabled"),
        field("email_public"),
        field("email_consent_at"),
    ),
)

CHECKED = tab(
    _("Verification"),
    field("verification", _("Verified: somebody of the editors knows that it exists.")),
    HelpPanel(template="knowledge/admin/people/panel.html", heading=_("Trust and people")),
)

ORGANISATION_FORM = TabbedInterface(
    [PROFILE, FINDING, PLACE, CONTACT, CHECKED, publication_tab()],
    base_form_class=OrganisationForm,
)
