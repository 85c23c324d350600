"""How often something has happened."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ThrottleCount(models.Model):
    """How often somebody has done one thing until a moment. Of who and what only a hash is kept."""

    key = models.CharField(_("hash of who and what"), max_length=64, unique=True)
    count = models.PositiveIntegerField(_("how often"), default=1)
    until = models.DateTimeField(_("until"), db_index=True)

    class Meta:
        verbose_name = _("count for a limit")
        verbose_name_plural = _("counts for limits")

    def __str__(self) -> str:
        return f"{self.key[:12]}: {self.count}"
