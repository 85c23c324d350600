"""Versions that members sent, what became of them, and what was said about them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.enums import SubmissionState, SubmissionStep

from .decided import Appeal

OPEN_STATES = (SubmissionState.WAITING, SubmissionState.CHANGES)


class Submission(models.Model):
    """One version of an item on its way to the public. Sent again, it stays the same submission."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    content_type = models.ForeignKey(
        "contenttypes.ContentType", on_delete=models.CASCADE, related_name="+"
    )
    object_id = models.PositiveBigIntegerField(_("number"))
    item = GenericForeignKey("content_type", "object_id")
    title = models.CharField(_("title"), max_length=300)
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
        help_text=_("In whose name it was sent."),
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("version"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=SubmissionState.choices,
        default=SubmissionState.WAITING,
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sent by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
    )
    submitted_at = models.DateTimeField(_("sent at"), default=timezone.now)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked after by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    published_unseen = models.BooleanField(
        _("published at once"),
        default=False,
        help_text=_("The organisation is trusted; somebody should have a look."),
    )
    looked_at = models.DateTimeField(_("looked at"), null=True, blank=True)
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("looked at by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    is_unanswered = models.BooleanField(
        _("unanswered"), default=False, help_text=_("The author wrote, no editor has reacted.")
    )
    # What the version says, for the filters of the queue: drafts are not in the item's own row.
    language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    topics = models.ManyToManyField(
        "knowledge.Topic", verbose_name=_("topics"), blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["submitted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(state__in=["waiting", "changes"]),
                name="submission_one_open_per_item",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="submission_state"),
            models.Index(fields=["content_type", "object_id"], name="submission_item"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its conversation, for members, in the active language."""
        return reverse("knowledge:submission", args=[self.public_id])

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to do something."""
        return self.state in OPEN_STATES


class SubmissionMessage(models.Model):
    """One line of the conversation: a text, a note at a field, or a step of the submission."""

    submission = models.ForeignKey(
        Submission, verbose_name=_("submission"), on_delete=models.CASCADE, related_name="messages"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    event = models.CharField(
        _("step"),
        max_length=10,
        choices=[*SubmissionState.choices, *SubmissionStep.choices],
        blank=True,
    )
    field = models.CharField(_("field"), max_length=60, blank=True)
    text = models.TextField(_("text"), max_length=5000, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now)

    class Meta:
        verbose_name = _("message about a submission")
        verbose_name_plural = _("messages about submissions")
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60] or self.get_event_display()


class SubmissionAppeal(Appeal):
    """An objection to a refusal, one for each submission. Somebody else than who refused decides."""

    submission = models.OneToOneField(
        Submission, verbose_name=_("submission"), on_delete=models.CASCADE, related_name="appeal"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta(Appeal.Meta):
        verbose_name = _("objection to a refusal")
        verbose_name_plural = _("objections to refusals")
