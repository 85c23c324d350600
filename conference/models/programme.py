"""Rows of a programme: rounds, entries without a page, and the times of sessions.

The link from an occurrence to its round is `round_uid`, a UUID, and not a foreign key: rounds are
rows of the conference's page. Publishing an older revision of it, or a draft with a new round,
makes new rows with new primary keys, and a foreign key would lose the occurrences or point into
nothing. A UUID that leads nowhere is legal: the occurrence then stands in the programme by itself.

Copying a page renews the UUIDs of occurrences and entries, because calendars know them, but not
those of rounds: nothing outside the conference knows a round, and the occurrences of the copied
sessions find the copied rounds because both sides kept the link.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from conference.enums import OccurrenceStatus, ScheduleItemKind
from conference.models.identity import IdentifiedRow
from conference.models.times import ZonedDateTimeField
from nexsm.base.localised import LinesField

RICH_TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Times(NamedTuple):
    """When something takes place, as far as it is known."""

    start: datetime | None
    end: datetime | None
    end_is_derived: bool


class TimedRow(Orderable, IdentifiedRow):
    """A row with a place in time. Everything may be unknown.

    SEQUENCE and the time of the last change are not here but in `PublishedOccurrence`: a column of
    this row would go back in time together with an older revision.
    """

    start = ZonedDateTimeField(
        _("start"),
        null=True,
        blank=True,
        help_text=_("In the time zone of the conference. Leave empty if it is not known."),
    )
    end = ZonedDateTimeField(
        _("end"), null=True, blank=True, help_text=_("Leave empty if it is not known.")
    )
    end_is_derived = models.BooleanField(
        _("end is calculated"),
        default=False,
        help_text=_("The programme does not print it; it was concluded. Visitors are told."),
    )
    position = models.PositiveSmallIntegerField(
        _("position"),
        null=True,
        blank=True,
        help_text=_("Order of what starts at the same time. Small numbers come first."),
    )

    class Meta(Orderable.Meta):
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError when the end is not after the start."""
        super().clean()
        if self.start and self.end and self.end <= self.start:
            raise ValidationError({"end": _("The end must be later than the start.")})


class Round(TimedRow):
    """Sessions side by side at one time, under one heading."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="rounds"
    )
    renewed_by_copying = False
    title_as_shown = models.CharField(
        _("heading as printed"),
        max_length=255,
        blank=True,
        help_text=_("For example: I. Workshop- und Austauschrunden:"),
    )
    label = models.CharField(
        _("short name"), max_length=60, blank=True, help_text=_("For example: Round I")
    )
    results = RichTextField(
        _("results"),
        blank=True,
        features=RICH_TEXT,
        help_text=_("What came out of this round as a whole."),
    )

    panels = [
        FieldPanel("title_as_shown"),
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("end_is_derived"),
        FieldPanel("position"),
        FieldPanel("results"),
    ]

    class Meta(TimedRow.Meta):
        verbose_name = _("round")
        verbose_name_plural = _("rounds")

    def __str__(self) -> str:
        return self.label or self.title_as_shown or str(_("Round"))


class ScheduleItem(TimedRow):
    """An entry without a page of its own: registration, greeting, break."""

    conference = ParentalKey(
        "conference.ConferencePage", on_delete=models.CASCADE, related_name="schedule_items"
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=ScheduleItemKind.choices,
        default=ScheduleItemKind.BREAK,
        help_text=_("What sort of entry it is."),
    )
    title = models.CharField(
        _("title as printed"),
        max_length=255,
        blank=True,
        help_text=_("Empty: the kind is shown instead."),
    )
    people = LinesField(
        _("people"), blank=True, help_text=_("Names as printed, one a line. Leave empty if none.")
    )
    people_as_shown = models.CharField(
        _("people as printed"),
        max_length=500,
        blank=True,
        help_text=_("Only if the printed line differs from the names with commas."),
    )
    note = models.CharField(
        _("remark"),
        max_length=500,
        blank=True,
        help_text=_("One short sentence for visitors, if one is needed."),
    )
    room = models.ForeignKey(
        "conference.Room",
        verbose_name=_("room"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Leave empty if it is not known."),
    )
    spans_all = models.BooleanField(
        _("for everybody"),
        default=True,
        help_text=_("Nothing else happens at this time; the table shows it over all columns."),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=OccurrenceStatus.choices,
        default=OccurrenceStatus.CONFIRMED,
        help_text=_("Cancelled entries stay in the programme, marked."),
    )

    panels = [
        FieldPanel("kind"),
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("end_is_derived"),
        FieldPanel("people"),
        FieldPanel("people_as_shown"),
        FieldPanel("room"),
        FieldPanel("note"),
        FieldPanel("position"),
        FieldPanel("spans_all"),
        FieldPanel("status"),
    ]

    class Meta(TimedRow.Meta):
        verbose_name = _("entry without a page")
        verbose_name_plural = _("entries without a page")

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class Occurrence(TimedRow):
    """One time at which a session takes place. A session may have several, or none yet."""

    session = ParentalKey(
        "conference.SessionPage", on_delete=models.CASCADE, related_name="occurrences"
    )
    room = models.ForeignKey(
        "conference.Room",
        verbose_name=_("room"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="occurrences",
        help_text=_("Leave empty if it is not known."),
    )
    round_uid = models.UUIDField(
        _("round"),
        null=True,
        blank=True,
        db_index=True,
        help_text=_(
            "If the session runs beside others. The round's times count if none are given."
        ),
    )
    label_as_shown = models.CharField(
        _("number as printed"),
        max_length=20,
        blank=True,
        help_text=_("For example: 4. It is shown as it is and never used for sorting."),
    )
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=OccurrenceStatus.choices,
        default=OccurrenceStatus.CONFIRMED,
        help_text=_(
            "Cancelled times stay in the programme, marked, so that nobody waits for them."
        ),
    )

    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("end_is_derived"),
        FieldPanel("round_uid", widget=forms.Select),
        FieldPanel("position"),
        FieldPanel("label_as_shown"),
        FieldPanel("room"),
        FieldPanel("status"),
    ]

    class Meta(TimedRow.Meta):
        verbose_name = _("time")
        verbose_name_plural = _("times")

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d %H:%M}" if self.start else str(_("time not known"))

    def round_in(self, rounds: Mapping[uuid.UUID, Round]) -> Round | None:
        """Its round among those of its conference, by lasting identity; None if it has none there."""
        return rounds.get(self.round_uid) if self.round_uid else None

    def times(self, round_: Round | None) -> Times:
        """When it takes place: its own times, where they are missing those of its round."""
        start, end, derived = self.start, self.end, self.end_is_derived
        if round_ is not None:
            start = start or round_.start
            if end is None and round_.end and start and round_.end > start:
                end, derived = round_.end, round_.end_is_derived
        return Times(start, end, derived and end is not None)
