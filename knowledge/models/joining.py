"""The ways into an organisation: being invited, and asking."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.enums import MembershipRole

from .decided import Request

INVITATION_VALID = timedelta(days=14)


def invitation_end() -> datetime:
    """When an invitation that is written now ends."""
    return timezone.now() + INVITATION_VALID


class InvitedAddress(models.Model):
    """An address invitations went to, as a hash: its limit, and whether it wants no more of them.

    The row is locked while somebody writes to the address, so that many at once cannot pass the limit.
    """

    address_hash = models.CharField(_("hash of the address"), max_length=64, unique=True)
    refuses_at = models.DateTimeField(_("wants no invitations since"), null=True, blank=True)

    class Meta:
        verbose_name = _("invited address")
        verbose_name_plural = _("invited addresses")

    def __str__(self) -> str:
        return self.address_hash[:12]


class Invitation(models.Model):
    """Somebody is asked by mail to join an organisation. Of the link's secret only a hash is kept."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    email = models.EmailField(_("address"), help_text=_("In small letters."))
    role = models.CharField(
        _("role"), max_length=10, choices=MembershipRole.choices, default=MembershipRole.MEMBER
    )
    token_hash = models.CharField(_("hash of the secret"), max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("invited by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="invitations_sent",
    )
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("valid until"), default=invitation_end)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("taken back at"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["email", "created_at"], name="invitation_address"),
            models.Index(fields=["invited_by", "created_at"], name="invitation_inviter"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.email}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        used = self.accepted_at or self.revoked_at
        return not used and self.expires_at > timezone.now()


class JoinRequest(Request):
    """Somebody asks to belong to an organisation; one of its owners decides."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="join_requests",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="join_requests",
    )
    message = models.TextField(_("message"), max_length=1000, blank=True)
    created_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user"],
                condition=models.Q(state="open"),
                name="join_request_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}: {self.user}"
