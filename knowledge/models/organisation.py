"""Organisations and online communities."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from knowledge.enums import LocationPrecision, OrganisationKind, SocialPlatform, Verification
from knowledge.models.curated import CuratedItem, TaggedItem
from nexsm.base.localised import LinesField

DESCRIPTION_FEATURES = ["bold", "italic", "link", "ol", "ul"]


def latest_year() -> int:
    """The current year: nothing can be founded later."""
    return timezone.localdate().year


class TaggedOrganisation(TaggedItem):
    """Joins a tag and an organisation."""

    tag = models.ForeignKey(
        "knowledge.Tag", related_name="tagged_organisations", on_delete=models.CASCADE
    )
    content_object = ParentalKey(
        "knowledge.Organisation", related_name="tagged_items", on_delete=models.CASCADE
    )


class Organisation(index.Indexed, CuratedItem):
    """A migrant self-organisation, another organisation, or an online community."""

    HEADING = "name"

    name = models.CharField(
        _("name"), max_length=200, help_text=_("The full name, as the organisation writes it.")
    )
    short_name = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("For example an abbreviation.")
    )
    other_names = LinesField(
        _("other names"),
        blank=True,
        help_text=_("Earlier names, other spellings, other languages. One a line."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=OrganisationKind.choices,
        default=OrganisationKind.ORGANISATION,
    )
    language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language of the description"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    description = RichTextField(
        _("description"),
        features=DESCRIPTION_FEATURES,
        blank=True,
        max_length=10_000,
        help_text=_("What the organisation does, for whom and how. Short sentences."),
    )
    languages_spoken = ParentalManyToManyField(
        "knowledge.Language",
        verbose_name=_("languages spoken"),
        blank=True,
        related_name="organisations",
    )
    region = models.ForeignKey(
        "knowledge.Region",
        verbose_name=_("region"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
        help_text=_("The state, or the country if it works everywhere."),
    )
    street = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=12, blank=True)
    city = models.CharField(_("place"), max_length=100, blank=True)
    district = models.CharField(
        _("district"), max_length=100, blank=True, help_text=_("Part of the city, or the county.")
    )
    location_precision = models.CharField(
        _("show"),
        max_length=10,
        choices=LocationPrecision.choices,
        default=LocationPrecision.PLACE,
        help_text=_(
            "How much of the address visitors see. Choose less if people could be at risk."
        ),
    )
    founded = models.PositiveSmallIntegerField(
        _("founded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(latest_year)],
        help_text=_("The year."),
    )
    website = models.URLField(_("website"), max_length=500, blank=True)
    topics = ParentalManyToManyField(
        "knowledge.Topic", verbose_name=_("topics"), blank=True, related_name="organisations"
    )
    tags = ClusterTaggableManager(
        through=TaggedOrganisation,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Free keywords, separated by commas."),
    )
    logo = models.ForeignKey(
        "base.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    verification = models.CharField(
        _("verification"),
        max_length=12,
        choices=Verification.choices,
        default=Verification.SHADOW,
    )
    verified_at = models.DateTimeField(_("verified at"), null=True, blank=True, editable=False)
    contact_email = models.EmailField(
        _("e-mail for messages"),
        blank=True,
        help_text=_("Messages from the contact form go there. It is not shown."),
    )
    contact_form_enabled = models.BooleanField(
        _("contact form"), default=True, help_text=_("Visitors may write through a form.")
    )
    email_public = models.BooleanField(
        _("show the e-mail address"),
        default=False,
        help_text=_("Only if the organisation has agreed."),
    )
    email_consent_at = models.DateTimeField(
        _("agreed at"), null=True, blank=True, help_text=_("When the organisation agreed.")
    )

    search_fields = [
        index.SearchField("name"),
        index.AutocompleteField("name"),
        index.SearchField("short_name"),
        index.AutocompleteField("short_name"),
        index.SearchField("city"),
        index.FilterField("live"),
        index.FilterField("kind"),
        index.FilterField("verification"),
        index.FilterField("is_example"),
    ]
    tombstone_kind: ClassVar[str] = "organisation"

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["live", "name"], name="organisation_live_name"),
            models.Index(fields=["live", "-first_published_at"], name="organisation_live_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["import_source", "import_id"], name="organisation_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def heading(self) -> str:
        """The name."""
        return self.name

    def clean(self) -> None:
        """An address is published only with a documented consent. Raises ValidationError."""
        super().clean()
        if self.email_public and not self.email_consent_at:
            raise ValidationError(
                {"email_consent_at": _("Say when the organisation agreed to show the address.")}
            )
        if self.email_public and not self.contact_email:
            raise ValidationError({"contact_email": _("Enter the address that is to be shown.")})

    def get_absolute_url(self) -> str:
        """The public profile in the active interface language."""
        if self.pk is None:  # an editor looks at the preview before the first save
            return reverse("knowledge:organisation_list")
        return reverse("knowledge:organisation", args=[self.pk, self.slug])

    @property
    def public_email(self) -> str:
        """The address, if the organisation agreed to show it; else nothing."""
        return self.contact_email if self.email_public and self.email_consent_at else ""

    @property
    def can_be_contacted(self) -> bool:
        """Whether the contact form has somewhere to send to."""
        return bool(self.contact_form_enabled and self.contact_email)

    @property
    def location_lines(self) -> list[str]:
        """The address as far as it may be shown, one line each."""
        region = [self.region.label] if self.region else []
        if self.location_precision == LocationPrecision.REGION:
            return region
        if self.location_precision == LocationPrecision.DISTRICT:
            return ([self.district] if self.district else []) + region
        place = " ".join(part for part in (self.postal_code, self.city) if part)
        lines = [line for line in (place, *region) if line]
        if self.location_precision == LocationPrecision.ADDRESS and self.street:
            lines.insert(0, self.street)
        return list(dict.fromkeys(lines))

    @property
    def public_city(self) -> str:
        """The place, unless only the district or region may be shown."""
        hidden = (LocationPrecision.DISTRICT, LocationPrecision.REGION)
        return "" if self.location_precision in hidden else self.city

    def get_preview_template(self, request: Any, mode_name: str) -> str:  # noqa: ARG002
        """Preview with the template of the public page."""
        return "knowledge/organisation_detail.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Preview with what the public page gets."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "organisation": self, "resources": [], "is_preview": True}


class SocialChannel(Orderable):
    """A channel where an organisation can be followed."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="channels")
    platform = models.CharField(_("platform"), max_length=12, choices=SocialPlatform.choices)
    url = models.URLField(_("address"), max_length=500)

    class Meta(Orderable.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")

    def __str__(self) -> str:
        return f"{self.get_platform_display()}: {self.url}"


class OrganisationText(Orderable):
    """The description in a further language: one organisation, many languages."""

    organisation = ParentalKey(Organisation, on_delete=models.CASCADE, related_name="texts")
    language = models.ForeignKey(
        "knowledge.Language", verbose_name=_("language"), on_delete=models.PROTECT, related_name="+"
    )
    name = models.CharField(_("name in this language"), max_length=200, blank=True)
    description = RichTextField(_("description"), features=DESCRIPTION_FEATURES, max_length=10_000)

    class Meta(Orderable.Meta):
        verbose_name = _("description in another language")
        verbose_name_plural = _("descriptions in other languages")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.language}"
