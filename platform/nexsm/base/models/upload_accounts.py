"""Who has uploaded how much today."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class UploadAccount(models.Model):
    """What a member has uploaded on one day; for an organisation only the row to lock.

    What their files take up in all is summed up from the files themselves, so it is right whatever
    is deleted. Uploads of a day stay counted when the file is deleted again. The row is locked
    while an upload is counted: of two at the same moment the second sees the first.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("member"),
        null=True,
        on_delete=models.CASCADE,
        related_name="upload_account",
    )
    # The public id of the organisation: the floor does not know organisations.
    organisation_id = models.UUIDField(_("organisation"), null=True, unique=True)
    day = models.DateField(_("day"), null=True)
    day_files = models.PositiveIntegerField(_("files on that day"), default=0)
    day_bytes = models.PositiveBigIntegerField(_("bytes on that day"), default=0)

    class Meta:
        verbose_name = _("uploads of a day")
        verbose_name_plural = _("uploads of a day")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=True) ^ models.Q(organisation_id__isnull=True),
                name="upload_account_has_one_holder",
            )
        ]

    def __str__(self) -> str:
        return str(self.user or self.organisation_id)
