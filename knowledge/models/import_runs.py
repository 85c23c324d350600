"""An import of a file on the web, from the upload to what became of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.enums import ImportKind, ImportState


class ImportRun(models.Model):
    """One file that somebody wants to import. The file itself is not here: see ``import_files``."""

    public_id = models.UUIDField(_("public id"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what it holds"), max_length=12, choices=ImportKind.choices)
    organisation = models.ForeignKey(
        "knowledge.Organisation",
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="import_runs",
        help_text=_("Only its items are touched. Empty: an import of the editors."),
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="import_runs",
    )
    file_name = models.CharField(_("file name"), max_length=150)
    is_reference_list = models.BooleanField(_("RIS or BibTeX"), default=False)
    columns = models.JSONField(
        _("columns"), default=dict, help_text=_("Names in the file and what they mean here.")
    )
    defaults = models.JSONField(_("values for empty cells"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.UPLOADED
    )
    report = models.JSONField(_("report"), default=dict)
    skip = models.JSONField(_("rows left out"), default=list)
    publish = models.BooleanField(_("put online"), default=False)
    send = models.BooleanField(_("send for review"), default=False)
    created_at = models.DateTimeField(_("uploaded at"), default=timezone.now)
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished at"), null=True, blank=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "created_at"], name="import_run_state")]

    def __str__(self) -> str:
        return self.file_name
