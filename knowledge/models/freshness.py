"""Whether entries are still right: who was asked when, and what was answered.

It stands beside the items, not in them: an answer is no edit and makes no version.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Freshness(models.Model):
    """What is known about one resource or organisation. No row: nobody was asked yet."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    item = GenericForeignKey("content_type", "object_id")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    asked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    asked_times = models.PositiveSmallIntegerField(_("asked without an answer"), default=0)
    unconfirmed_at = models.DateTimeField(
        _("marked as not confirmed"),
        null=True,
        blank=True,
        help_text=_("When nobody had answered twice. The page says so, and it ranks lower."),
    )
    outdated_at = models.DateTimeField(
        _("said to be out of date"), null=True, blank=True, help_text=_("By who answers for it.")
    )

    class Meta:
        verbose_name = _("freshness of an entry")
        verbose_name_plural = _("freshness of entries")
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"], name="freshness_once_per_item"
            ),
        ]
        indexes = [models.Index(fields=["asked_times", "asked_at"], name="freshness_unanswered")]

    def __str__(self) -> str:
        return f"{self.content_type_id}: {self.object_id}"

    @property
    def is_doubtful(self) -> bool:
        """Whether the page carries a mark and ranks lower."""
        return self.unconfirmed_at is not None or self.outdated_at is not None


class FreshnessDigest(models.Model):
    """One mail to one person, with questions about some of her entries."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="freshness_digests",
    )
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)

    class Meta:
        verbose_name = _("question about freshness")
        verbose_name_plural = _("questions about freshness")
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.sent_at:%Y-%m-%d}"


class Answer(models.TextChoices):
    """What somebody says about an entry."""

    CURRENT = "current", _("still right")
    OUTDATED = "outdated", _("no longer up to date")


class FreshnessQuestion(models.Model):
    """One entry in a digest."""

    digest = models.ForeignKey(FreshnessDigest, on_delete=models.CASCADE, related_name="questions")
    freshness = models.ForeignKey(Freshness, on_delete=models.CASCADE, related_name="questions")
    answer = models.CharField(_("answer"), max_length=10, choices=Answer.choices, blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("question about an entry")
        verbose_name_plural = _("questions about entries")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["digest", "freshness"], name="question_once_per_mail"),
        ]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.freshness_id}"


class UpkeepRun(models.Model):
    """When a job of upkeep ran last, whichever process it was."""

    name = models.CharField(_("job"), max_length=40, unique=True)
    started_at = models.DateTimeField(_("started"))

    class Meta:
        verbose_name = _("run of a job")
        verbose_name_plural = _("runs of jobs")

    def __str__(self) -> str:
        return self.name
