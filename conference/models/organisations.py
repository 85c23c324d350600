"""Organisations that stand behind a conference, as the programme prints them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from conference.enums import OrganiserRole


class OrganisationRow(Orderable):
    """An organisation beside a conference, as printed."""

    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation in the directory"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Makes the name a link to its profile."),
    )
    name_as_shown = models.CharField(
        _("name as printed"), max_length=300, help_text=_("Exactly as the source prints it.")
    )
    role_as_shown = models.CharField(
        _("role as printed"),
        max_length=200,
        blank=True,
        help_text=_("The words of the programme. Replaces the role above when shown."),
    )
    logo = models.ForeignKey(
        "base.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown beside the name. Ask for permission first."),
    )

    class Meta(Orderable.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.name_as_shown


class Organiser(OrganisationRow):
    """Who stands behind a conference. No row means: the source names nobody."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="organisers"
    )
    role = models.CharField(
        _("role"),
        max_length=20,
        choices=OrganiserRole.choices,
        default=OrganiserRole.ORGANISER,
        help_text=_("Choose what the source says, do not conclude it."),
    )

    panels = [
        FieldPanel("name_as_shown"),
        FieldPanel("role"),
        FieldPanel("role_as_shown"),
        FieldPanel("organisation"),
        FieldPanel("logo"),
    ]

    class Meta(OrganisationRow.Meta):
        verbose_name = _("organisation behind it")
        verbose_name_plural = _("organisations behind it")


class Funder(OrganisationRow):
    """Who pays for a conference. No row means: the source names nobody."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="funders"
    )

    panels = [
        FieldPanel("name_as_shown"),
        FieldPanel("role_as_shown", help_text=_("For example: Supported by.")),
        FieldPanel("organisation"),
        FieldPanel("logo"),
    ]

    class Meta(OrganisationRow.Meta):
        verbose_name = _("funder")
        verbose_name_plural = _("funders")
