"""What members are writing and have not sent yet."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nexsm.base.localised import ReadableJSONField


class ResourceDraft(models.Model):
    """A resource that somebody is adding or changing, page by page. Nobody else sees it.

    ``values`` hold what was typed: plain texts, codes of vocabularies, lists of them. ``base_values`` are
    those of the version the draft began with; with them, changes of others are told from one's own.
    """

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="resource_drafts",
    )
    resource = models.ForeignKey(
        "knowledge.Resource",
        verbose_name=_("resource"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="member_drafts",
        help_text=_("The entry that is being changed. Empty for a new one."),
    )
    base_revision = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    base_values = ReadableJSONField(default=dict, editable=False)
    values = ReadableJSONField(_("what was typed"), default=dict)
    # Field → where a value stood that nobody has looked at yet.
    sources = ReadableJSONField(default=dict, editable=False)
    done_steps = ReadableJSONField(default=list, editable=False)
    # Step → the open page that wrote it last, to tell its saving again from somebody else's.
    writers = ReadableJSONField(default=dict, editable=False)
    # Public ids of items the person has looked at: they are something else.
    distinct_from = ReadableJSONField(default=list, editable=False)
    # What was sent. The row stays a while, so that sending twice leads to the same place.
    submission = models.ForeignKey(
        "knowledge.Submission",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("changed"), default=timezone.now, editable=False)
    # When its owner was told that it will be deleted. Older than the last change: that is over.
    warned_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("draft of a member")
        verbose_name_plural = _("drafts of members")
        ordering = ["-updated_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "resource"],
                condition=models.Q(sent_at__isnull=True, resource__isnull=False),
                name="draft_one_open_per_person_and_resource",
            ),
        ]

    def __str__(self) -> str:
        return str(self.values.get("title") or self.public_id)

    @property
    def is_sent(self) -> bool:
        """Whether there is nothing left to write."""
        return self.sent_at is not None

    def value(self, field: str) -> Any:
        """What was typed in a field; an empty text if nothing was."""
        return self.values.get(field) or ""


class DraftFile(models.Model):
    """A file that was uploaded for a draft. It goes with the draft unless it was sent."""

    draft = models.ForeignKey(ResourceDraft, on_delete=models.CASCADE, related_name="uploads")
    document = models.OneToOneField(
        "base.Document", on_delete=models.CASCADE, related_name="draft_file"
    )

    class Meta:
        verbose_name = _("file of a draft")
        verbose_name_plural = _("files of drafts")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.document)
