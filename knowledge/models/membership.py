"""Who belongs to an organisation, and how much the site trusts it.

Neither is part of the profile: a profile has versions, and publishing an older one must not bring
back an old owner or an old trust.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.enums import MembershipRole, Trust


class Membership(models.Model):
    """Somebody belongs to an organisation, in one role."""

    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(
        _("role"), max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("since"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="membership_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class Standing(models.Model):
    """How much the site trusts an organisation. No row means: new."""

    organisation = models.OneToOneField(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="standing",
    )
    trust = models.CharField(_("trust"), max_length=10, choices=Trust.choices, default=Trust.NEW)
    reason = models.TextField(
        _("reason"),
        max_length=2000,
        blank=True,
        help_text=_("The organisation reads it. Plain sentences."),
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

    class Meta:
        verbose_name = _("trust in an organisation")
        verbose_name_plural = _("trust in organisations")

    def __str__(self) -> str:
        return f"{self.organisation}: {self.get_trust_display()}"
