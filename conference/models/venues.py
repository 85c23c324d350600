"""Places where conferences are held."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable
from wagtail.search import index


class Venue(index.Indexed, ClusterableModel):
    """A house with rooms. It has no drafts, so the primary keys of its rooms last."""

    name = models.CharField(
        _("name"), max_length=200, help_text=_("Name of the house, for example: Haus der Kulturen.")
    )
    street = models.CharField(
        _("street and number"), max_length=200, blank=True, help_text=_("Leave empty if unknown.")
    )
    postal_code = models.CharField(
        _("postal code"),
        max_length=12,
        blank=True,
        help_text=_("Leave empty if unknown."),
    )
    city = models.CharField(
        _("city"),
        max_length=100,
        blank=True,
        help_text=_("Shown in lists of conferences."),
    )
    region = models.ForeignKey(
        "knowledge.Region",
        verbose_name=_("country or state"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("The state if you know it, else the country."),
    )
    website = models.URLField(
        _("website"),
        blank=True,
        help_text=_("The site of the house."),
    )
    accessibility = models.TextField(
        _("accessibility"),
        blank=True,
        help_text=_("Steps, lift, toilets, induction loop: what people need to know beforehand."),
    )
    directions = models.TextField(
        _("how to get there"), blank=True, help_text=_("Bus and train, entrance, parking.")
    )

    panels = [
        FieldPanel("name"),
        MultiFieldPanel(
            [
                FieldPanel("street"),
                FieldPanel("postal_code"),
                FieldPanel("city"),
                FieldPanel("region"),
            ],
            heading=_("Address"),
        ),
        InlinePanel("rooms", heading=_("Rooms"), label=_("Room")),
        FieldPanel("accessibility"),
        FieldPanel("directions"),
        FieldPanel("website"),
    ]
    search_fields = [
        index.SearchField("name"),
        index.SearchField("city"),
        index.AutocompleteField("name"),
        index.AutocompleteField("city"),
    ]

    class Meta:
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.city}" if self.city else self.name

    @property
    def country_code(self) -> str:
        """ISO 3166-1 code of the country, or nothing where it is not known."""
        return self.region.country_code if self.region else ""

    @property
    def place_line(self) -> str:
        """Postal code and city in one line."""
        return " ".join(part for part in (self.postal_code, self.city) if part)


class Room(Orderable):
    """A room of a venue."""

    venue = ParentalKey(Venue, on_delete=models.CASCADE, related_name="rooms")
    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=100, help_text=_("As it is written at the door."))
    floor = models.CharField(
        _("floor"),
        max_length=50,
        blank=True,
        help_text=_("For example: second floor."),
    )
    capacity = models.PositiveIntegerField(
        _("seats"),
        null=True,
        blank=True,
        help_text=_("How many people can sit there."),
    )
    accessibility = models.CharField(
        _("accessibility"),
        max_length=300,
        blank=True,
        help_text=_("For example: step-free, induction loop."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("floor"),
        FieldPanel("capacity"),
        FieldPanel("accessibility"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return f"{self.name} ({self.venue.name})"

    def sort_key(self) -> tuple[int, int, int]:
        """House by house, in the editors' order."""
        return (self.venue_id, self.sort_order or 0, self.pk)
