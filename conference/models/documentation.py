"""What stays of a conference: slides, recordings, results, links, and related items."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from conference.enums import Availability, DocumentationKind
from conference.models.identity import IdentifiedRow


class DocumentationItem(models.Model):
    """What is kept of something: a file of ours or an address elsewhere, and what is known of it."""

    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=DocumentationKind.choices,
        default=DocumentationKind.SLIDES,
        help_text=_("What it is."),
    )
    title = models.CharField(
        _("title"), max_length=255, blank=True, help_text=_("Empty: the kind is shown instead.")
    )
    document = models.ForeignKey(
        "base.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A file here lasts longer than a link."),
    )
    url = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("Where it is, if it is not here.")
    )
    description = models.TextField(
        _("description"), blank=True, help_text=_("For photos: what is to be seen.")
    )
    creators = models.CharField(
        _("made by"), max_length=300, blank=True, help_text=_("Names, separated by commas.")
    )
    language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The language it is in."),
    )
    licence = models.ForeignKey(
        "knowledge.Licence",
        verbose_name=_("licence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What others may do with it. Leave empty if you do not know."),
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class DocumentationRow(Orderable, IdentifiedRow, DocumentationItem):
    """One item of documentation below a page."""

    availability = models.CharField(
        _("state"),
        max_length=12,
        choices=Availability.choices,
        default=Availability.AVAILABLE,
        help_text=_("You may also say that it is still to come or that it does not exist."),
    )
    image = models.ForeignKey(
        "base.Image",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("For photos. Show people only with their consent."),
    )
    archive_url = models.URLField(
        _("archived copy"),
        max_length=500,
        blank=True,
        help_text=_(
            "Where it is kept once the address above is gone, for example web.archive.org."
        ),
    )
    date = models.DateField(
        _("date"),
        null=True,
        blank=True,
        help_text=_("When it was made."),
    )
    duration_seconds = models.PositiveIntegerField(
        _("length in seconds"), null=True, blank=True, help_text=_("For recordings.")
    )
    is_public = models.BooleanField(
        _("show to visitors"),
        default=True,
        help_text=_("Take the tick away while something still has to be cleared."),
    )

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldPanel("availability"),
        FieldPanel("document"),
        FieldPanel("url"),
        FieldPanel("archive_url"),
        FieldPanel("image"),
        FieldPanel("language"),
        FieldPanel("licence"),
        FieldPanel("creators"),
        FieldPanel("date"),
        FieldPanel("duration_seconds"),
        FieldPanel("description"),
        FieldPanel("is_public"),
    ]

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError when an available item has neither file nor address.

        A result may be a text alone.
        """
        super().clean()
        has_target = self.document_id or self.image_id or self.url
        has_target = has_target or (self.kind == DocumentationKind.RESULT and self.description)
        if self.availability == Availability.AVAILABLE and not has_target:
            raise ValidationError({"document": _("Choose a file or enter an address.")})

    @property
    def href(self) -> str:
        """Where it can be had: our file before an address elsewhere."""
        if self.availability != Availability.AVAILABLE:
            return ""
        return self.document.url if self.document else self.url


class ConferenceDocumentation(DocumentationRow):
    """Documentation of the conference as a whole."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="documentation"
    )

    class Meta(DocumentationRow.Meta):
        verbose_name = _("documentation")
        verbose_name_plural = _("documentation")


class SessionDocumentation(DocumentationRow):
    """Documentation of one session."""

    session = ParentalKey(
        "conference.SessionPage", on_delete=models.CASCADE, related_name="documentation"
    )

    class Meta(DocumentationRow.Meta):
        verbose_name = _("documentation")
        verbose_name_plural = _("documentation")


class ResourceRow(Orderable):
    """A resource of the knowledge base that belongs to a conference or a session."""

    resource = models.ForeignKey(
        "knowledge.Resource",
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Visitors see it only once it is published."),
    )

    panels: list[Any] = [FieldPanel("resource")]

    class Meta(Orderable.Meta):
        abstract = True


class ConferenceResource(ResourceRow):
    """A resource about a conference."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="resource_links"
    )

    class Meta(ResourceRow.Meta):
        verbose_name = _("related resource")
        verbose_name_plural = _("related resources")


class SessionResource(ResourceRow):
    """A resource about a session."""

    session = ParentalKey(
        "conference.SessionPage", on_delete=models.CASCADE, related_name="resource_links"
    )

    class Meta(ResourceRow.Meta):
        verbose_name = _("related resource")
        verbose_name_plural = _("related resources")


class SessionOrganisation(Orderable):
    """An organisation a session is about or was held by."""

    session = ParentalKey(
        "conference.SessionPage", on_delete=models.CASCADE, related_name="organisation_links"
    )
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Visitors see it only once its profile is published."),
    )

    panels = [FieldPanel("organisation")]

    class Meta(Orderable.Meta):
        verbose_name = _("related organisation")
        verbose_name_plural = _("related organisations")
