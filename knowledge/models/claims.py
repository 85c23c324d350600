"""“This is our organisation”: somebody takes over a profile, and who decided about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.enums import ClaimEvidence

from .decided import Request


class Claim(Request):
    """Somebody says that she speaks for the organisation of a profile."""

    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="claims",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="claims",
    )
    message = models.TextField(_("message"), max_length=2000, blank=True)
    evidence = models.CharField(
        _("address and website"), max_length=10, choices=ClaimEvidence.choices
    )
    is_contested = models.BooleanField(
        _("contested"),
        default=False,
        help_text=_("The organisation has responsible people already: two persons must decide."),
    )
    created_at = models.DateTimeField(_("said at"), default=timezone.now, editable=False)
    decided_by = None  # the votes say who

    class Meta:
        verbose_name = _("claim to a profile")
        verbose_name_plural = _("claims to profiles")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(state="open"),
                name="claim_one_open",
            ),
        ]
        indexes = [models.Index(fields=["state", "created_at"], name="claim_state")]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.user}"


class ClaimVote(models.Model):
    """What one editor decided about a claim. A contested one needs the same from two of them."""

    claim = models.ForeignKey(
        Claim, verbose_name=_("claim"), on_delete=models.CASCADE, related_name="votes"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    accepts = models.BooleanField(_("for it"))
    reason = models.TextField(_("reason"), max_length=1000)
    created_at = models.DateTimeField(_("decided at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("decision about a claim")
        verbose_name_plural = _("decisions about claims")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "by"], name="claim_vote_once_per_person"),
        ]

    def __str__(self) -> str:
        return self.reason[:60]
