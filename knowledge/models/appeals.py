"""What a blocked organisation says against being blocked."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .decided import Appeal


class BlockAppeal(Appeal):
    """An appeal. Somebody else than the person who blocked decides about it, if there is anybody else."""

    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        on_delete=models.CASCADE,
        related_name="block_appeals",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="block_appeals",
    )

    class Meta(Appeal.Meta):
        verbose_name = _("appeal against being blocked")
        verbose_name_plural = _("appeals against being blocked")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation"],
                condition=models.Q(state="open"),
                name="block_appeal_one_open",
            ),
        ]
