"""Addresses of other sites in the content: where they stand and whether they still work."""

from __future__ import annotations

import hashlib

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LONGEST_URL = 2000


def fingerprint(url: str) -> str:
    """A key of fixed length for an address of any length."""
    return hashlib.sha256(url.encode()).hexdigest()


class LinkState(models.TextChoices):
    """What is known about an address."""

    NEW = "new", _("not checked yet")
    OK = "ok", _("works")
    UNSURE = "unsure", _("unsure")
    BROKEN = "broken", _("broken")


class CheckedLink(models.Model):
    """One address, however often it is used. ``due_at`` is at the same time what a worker claims it by."""

    key = models.CharField(max_length=64, unique=True, editable=False)
    url = models.TextField(_("address"))
    host = models.CharField(_("server"), max_length=255, db_index=True)
    state = models.CharField(
        _("state"), max_length=8, choices=LinkState.choices, default=LinkState.NEW
    )
    reason = models.CharField(_("answer"), max_length=40, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    failing_since = models.DateTimeField(_("failing since"), null=True, blank=True)
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True)
    due_at = models.DateTimeField(_("next check"), default=timezone.now)
    etag = models.CharField(max_length=200, blank=True, editable=False)
    archived_url = models.URLField(
        _("archived copy"),
        max_length=1000,
        blank=True,
        help_text=_("An address you have found yourself. It is shown beside a broken link."),
    )

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")
        ordering = ["host", "pk"]
        indexes = [
            models.Index(fields=["due_at"], name="link_due"),
            models.Index(fields=["state", "failing_since"], name="link_state"),
        ]

    def __str__(self) -> str:
        return self.url


class LinkUse(models.Model):
    """An item (``nexsm.base.items``) in which an address stands."""

    link = models.ForeignKey(CheckedLink, on_delete=models.CASCADE, related_name="uses")
    kind = models.CharField(_("kind"), max_length=20)
    item_key = models.CharField(_("key"), max_length=40)
    title = models.CharField(_("item"), max_length=300)
    place = models.CharField(_("where"), max_length=150)

    class Meta:
        verbose_name = _("use of a link")
        verbose_name_plural = _("uses of links")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["link", "kind", "item_key"], name="link_use_once_per_item"
            ),
        ]
        indexes = [models.Index(fields=["kind", "item_key"], name="link_use_item")]

    def __str__(self) -> str:
        return f"{self.title}: {self.link_id}"


class LinkHost(models.Model):
    """When a server may be asked again: all workers together are as polite as one."""

    host = models.CharField(_("server"), max_length=255, unique=True)
    free_at = models.DateTimeField(_("not before"))

    class Meta:
        verbose_name = _("server of links")
        verbose_name_plural = _("servers of links")

    def __str__(self) -> str:
        return self.host


class LinkScan(models.Model):
    """How far the search for links has come among the items of one kind."""

    kind = models.CharField(_("kind"), max_length=20, unique=True)
    last_pk = models.PositiveBigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("search for links")
        verbose_name_plural = _("searches for links")

    def __str__(self) -> str:
        return f"{self.kind}: {self.last_pk}"
