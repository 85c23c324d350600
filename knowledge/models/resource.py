"""Resources: guides, studies, videos and whatever else organisations share."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail.fields import StreamField
from wagtail.search import index

from knowledge.enums import ChangeSignificance, EasyLanguage, Level
from knowledge.models.curated import CuratedItem, TaggedItem
from knowledge.models.identifiers import normalise_doi, validate_doi, validate_isbn
from nexsm.base.blocks import BodyBlock


def next_year() -> int:
    """The latest year a resource may carry: publishers date ahead."""
    return timezone.localdate().year + 1


class TaggedResource(TaggedItem):
    """Joins a tag and a resource."""

    tag = models.ForeignKey(
        "knowledge.Tag", related_name="tagged_resources", on_delete=models.CASCADE
    )
    content_object = ParentalKey(
        "knowledge.Resource", related_name="tagged_items", on_delete=models.CASCADE
    )


class Resource(index.Indexed, CuratedItem):
    """One language version of a work that helps migrant organisations or those who study them."""

    HEADING = "title"

    translation_key = models.UUIDField(
        _("work"),
        default=uuid.uuid4,
        editable=False,
        help_text=_("Language versions of the same work share it."),
    )
    source_version = models.ForeignKey(
        "self",
        verbose_name=_("translated from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="translations",
        help_text=_("The language version this text was translated from."),
    )
    source_revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("revision it was translated from"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    change_significance = models.CharField(
        _("weight of the last change"),
        max_length=10,
        choices=ChangeSignificance.choices,
        default=ChangeSignificance.MEDIUM,
        help_text=_("Tells translators whether they must follow."),
    )
    type = models.ForeignKey(
        "knowledge.ResourceType",
        verbose_name=_("type"),
        on_delete=models.PROTECT,
        related_name="resources",
    )
    title = models.CharField(
        _("title"), max_length=300, help_text=_("As it stands on the resource itself.")
    )
    summary = models.TextField(
        _("summary"),
        max_length=2000,
        blank=True,
        help_text=_("Two or three plain sentences: what it is and whom it helps."),
    )
    body = StreamField(
        BodyBlock(),
        verbose_name=_("text"),
        blank=True,
        help_text=_("The content itself, or more about it."),
    )
    language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language of this text"),
        on_delete=models.PROTECT,
        related_name="resources",
        help_text=_("The language of title, summary and text."),
    )
    languages = ParentalManyToManyField(
        "knowledge.Language",
        verbose_name=_("languages of the resource"),
        blank=True,
        related_name="material",
        help_text=_("If the resource itself is in other or several languages."),
    )
    easy_language = models.CharField(
        _("simplified language"), max_length=10, choices=EasyLanguage.choices, blank=True
    )
    level = models.CharField(_("language level"), max_length=6, choices=Level.choices, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1800), MaxValueValidator(next_year)],
        help_text=_("Of publication."),
    )
    published_on = models.DateField(
        _("exact date"), null=True, blank=True, help_text=_("Only if it is known.")
    )
    regions = ParentalManyToManyField(
        "knowledge.Region",
        verbose_name=_("regions"),
        blank=True,
        related_name="resources",
        help_text=_("Where it applies. Leave empty if it applies everywhere."),
    )
    topics = ParentalManyToManyField(
        "knowledge.Topic", verbose_name=_("topics"), blank=True, related_name="resources"
    )
    tags = ClusterTaggableManager(
        through=TaggedResource,
        blank=True,
        verbose_name=_("tags"),
        help_text=_("Free keywords, separated by commas."),
    )
    audiences = ParentalManyToManyField(
        "knowledge.Audience", verbose_name=_("written for"), blank=True, related_name="resources"
    )
    licence = models.ForeignKey(
        "knowledge.Licence",
        verbose_name=_("licence"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="resources",
        help_text=_("What others may do with it. Leave empty if you do not know."),
    )
    doi = models.CharField(
        "DOI", max_length=200, blank=True, validators=[validate_doi], help_text="10.1234/abc"
    )
    isbn = models.CharField("ISBN", max_length=20, blank=True, validators=[validate_isbn])
    url = models.URLField(
        _("link"), max_length=1000, blank=True, help_text=_("Where it stands on the web.")
    )
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="resources",
        help_text=_("The organisation that keeps this entry up to date."),
    )
    cover_image = models.ForeignKey(
        "base.Image",
        verbose_name=_("cover image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    cover_alt = models.CharField(
        _("what the image shows"),
        max_length=250,
        blank=True,
        help_text=_("For people who cannot see it. Leave empty only if it is mere decoration."),
    )
    cover_is_decorative = models.BooleanField(_("the image is mere decoration"), default=False)

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("summary"),
        index.FilterField("live"),
        index.FilterField("type_id"),
        index.FilterField("language_id"),
        index.FilterField("year"),
        index.FilterField("is_example"),
    ]
    tombstone_kind: ClassVar[str] = "resource"

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["-first_published_at", "-pk"]
        indexes = [
            models.Index(fields=["live", "-first_published_at"], name="resource_live_newest"),
            models.Index(fields=["live", "title"], name="resource_live_title"),
            models.Index(fields=["doi"], name="resource_doi"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["translation_key", "language"], name="resource_once_per_work_and_language"
            ),
            models.UniqueConstraint(
                fields=["import_source", "import_id"], name="resource_once_per_source"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def heading(self) -> str:
        """The title."""
        return self.title

    def clean(self) -> None:
        """Images need words, translations a different language. Raises ValidationError."""
        super().clean()
        self.doi = normalise_doi(self.doi)
        errors: dict[str, Any] = {}
        if self.cover_image_id and not self.cover_alt and not self.cover_is_decorative:
            errors["cover_alt"] = _("Describe the image, or say that it is mere decoration.")
        if self.published_on and self.year and self.published_on.year != self.year:
            errors["published_on"] = _("The date lies in another year than the one given.")
        if self.source_version_id and self.source_version_id == self.pk:
            errors["source_version"] = _("A text cannot be the translation of itself.")
        if errors:
            raise ValidationError(errors)

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        """A translation joins the work it was translated from before uniqueness is checked."""
        if self.source_version_id and self.source_version is not None:
            self.translation_key = self.source_version.translation_key
        super().full_clean(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """The public page in the active interface language."""
        if self.pk is None:  # an editor looks at the preview before the first save
            return reverse("knowledge:resource_list")
        return reverse("knowledge:resource", args=[self.pk, self.slug])

    def get_preview_template(self, request: Any, mode_name: str) -> str:  # noqa: ARG002
        """Preview with the template of the public page."""
        return "knowledge/resource_detail.html"

    def get_preview_context(self, request: Any, mode_name: str) -> dict[str, Any]:
        """Preview with what the public page gets."""
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return {**context, "resource": self, "other_versions": [], "is_preview": True}
