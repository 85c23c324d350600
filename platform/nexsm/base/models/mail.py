"""Mail that waits to be sent, and which mails somebody does not want.

A request writes a row; a worker talks to the mail server.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """Where a mail stands."""

    WAITING = "waiting", _("waits")
    SENDING = "sending", _("is being sent")
    SENT = "sent", _("sent")
    PARKED = "parked", _("given up")


class OutgoingMail(models.Model):
    """One mail to one address.

    The row outlives the mail, without its text: while it is there, its event mails nobody again.
    """

    key = models.CharField(
        _("key"),
        max_length=200,
        unique=True,
        help_text=_("Names the event and the receiver: the same event never mails twice."),
    )
    kind = models.CharField(_("kind"), max_length=40, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("receiver"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    to = models.EmailField(_("address"), blank=True)
    reply_to = models.EmailField(_("answers to"), blank=True)
    language = models.CharField(_("language"), max_length=10)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MailState.choices, default=MailState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    # While it is being sent: until when that is believed.
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # How often a program ended between handing the mail over and noting that.
    interruptions = models.PositiveSmallIntegerField(_("interruptions"), default=0)
    last_error = models.CharField(_("last error"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "next_attempt_at"], name="mail_due"),
            models.Index(fields=["sent_at"], name="mail_sent"),
        ]

    def __str__(self) -> str:
        return self.subject


class MailRefusal(models.Model):
    """Somebody does not want one kind of mail: a person with an account, or just an address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="mail_refusals",
    )
    address = models.EmailField(_("address"), max_length=254, blank=True)
    kind = models.CharField(_("kind"), max_length=40)
    since = models.DateTimeField(_("since"), default=timezone.now)

    class Meta:
        verbose_name = _("refused kind of mail")
        verbose_name_plural = _("refused kinds of mail")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"],
                condition=models.Q(user__isnull=False),
                name="mail_refused_once_by_person",
            ),
            models.UniqueConstraint(
                fields=["address", "kind"],
                condition=models.Q(user__isnull=True),
                name="mail_refused_once_by_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user or self.address}: {self.kind}"
