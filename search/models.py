"""The outbox of the index, and the generations it has had."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class IndexJob(models.Model):
    """A group of documents that the index must look at again.

    Written in the same transaction as the change that made it necessary. Holds only the name: the
    worker reads the state of the database, so jobs may be repeated and need no order.
    """

    group = models.CharField(_("group"), max_length=120)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    not_before = models.DateTimeField(_("not before"), default=timezone.now)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    is_parked = models.BooleanField(_("given up"), default=False)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("index job")
        verbose_name_plural = _("index jobs")
        ordering = ["pk"]
        indexes = [models.Index(fields=["is_parked", "not_before"], name="indexjob_due")]

    def __str__(self) -> str:
        return f"{self.pk}: {self.group}"


class IndexGeneration(models.Model):
    """One complete build of the index."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    engine = models.CharField(_("engine"), max_length=20)
    started_at = models.DateTimeField(_("started"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    documents = models.PositiveIntegerField(_("documents"), default=0)

    class Meta:
        verbose_name = _("build of the index")
        verbose_name_plural = _("builds of the index")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return self.name
