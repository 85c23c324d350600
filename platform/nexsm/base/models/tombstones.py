"""Traces of pages that were public and are not any more."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class PageTombstone(models.Model):
    """A withdrawn or deleted page: its address answers 410 instead of 404."""

    path = models.CharField(
        _("path"), max_length=500, unique=True, help_text=_("Below the language, without slashes.")
    )
    title = models.CharField(_("title"), max_length=255)
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), default=timezone.now)
    successor_url = models.CharField(_("what replaces it"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("withdrawn page")
        verbose_name_plural = _("withdrawn pages")
        ordering = ["-withdrawn_at"]

    def __str__(self) -> str:
        return self.title
