"""What the public was told: the last published values of every entry of every programme.

Plain tables, no rows below pages: they must not go back in time with an older revision, and they
must outlive the pages, because calendars keep asking for a cancelled entry.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.enums import ChangeKind, OccurrenceStatus


class PublishedOccurrence(models.Model):
    """Last published state of an occurrence or an entry without a page.

    `sequence` counts changes of start, end, room and status only (RFC 5546, 2.1.4, plus the room);
    `changed_at` is when the last of them became public. `number` is the small integer that
    schedule.xml asks for, never used twice in a conference.
    """

    uid = models.UUIDField(unique=True)
    conference_id = models.UUIDField(_("public id of the conference"), db_index=True)
    session_id = models.UUIDField(_("public id of the session"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number in schedule exports"))
    title = models.CharField(_("title"), max_length=255, blank=True)
    start = models.DateTimeField(_("start"), null=True, blank=True)
    end = models.DateTimeField(_("end"), null=True, blank=True)
    room_id = models.UUIDField(_("public id of the room"), null=True, blank=True)
    room_name = models.CharField(_("room"), max_length=100, blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=OccurrenceStatus.choices,
        default=OccurrenceStatus.CONFIRMED,
    )
    sequence = models.PositiveIntegerField(_("sequence"), default=0)
    changed_at = models.DateTimeField(_("changed at"))
    first_published_at = models.DateTimeField(_("first published at"))
    withdrawn_at = models.DateTimeField(
        _("withdrawn at"),
        null=True,
        blank=True,
        help_text=_("Set when the row or its page is gone; it then counts as cancelled."),
    )

    class Meta:
        verbose_name = _("published time")
        verbose_name_plural = _("published times")
        constraints = [
            models.UniqueConstraint(
                fields=["conference_id", "number"], name="conference_published_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.uid})"


class ScheduleChange(models.Model):
    """One line of a conference's list of changes, written on publishing and never edited."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    uid = models.UUIDField(db_index=True)
    conference_id = models.UUIDField(_("public id of the conference"), db_index=True)
    session_id = models.UUIDField(_("public id of the session"), null=True, blank=True)
    at = models.DateTimeField(_("at"))
    kind = models.CharField(_("kind"), max_length=12, choices=ChangeKind.choices)
    title = models.CharField(_("title"), max_length=255, blank=True)
    old_start = models.DateTimeField(null=True, blank=True)
    new_start = models.DateTimeField(null=True, blank=True)
    old_end = models.DateTimeField(null=True, blank=True)
    new_end = models.DateTimeField(null=True, blank=True)
    old_room = models.CharField(max_length=100, blank=True)
    new_room = models.CharField(max_length=100, blank=True)

    class Meta:
        verbose_name = _("change of a programme")
        verbose_name_plural = _("changes of programmes")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"
