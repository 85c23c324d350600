"""What an import wrote: lets the next import tell what changed at the source."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportedRow(models.Model):
    """The last imported row of one item, as short fingerprints of its cells.

    The next import compares with this and not with the item. So it changes only what changed at the
    source, and what editors corrected here stays.
    """

    kind = models.CharField(_("kind"), max_length=20)
    object_id = models.PositiveBigIntegerField(_("number"))
    fingerprints = models.JSONField(_("fingerprints"), default=dict)
    imported_at = models.DateTimeField(_("imported at"), default=timezone.now)

    class Meta:
        verbose_name = _("imported row")
        verbose_name_plural = _("imported rows")
        ordering = ["kind", "object_id"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id"], name="imported_once_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
