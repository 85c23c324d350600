"""What rows have in common that wait until somebody decides about them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from knowledge.enums import RequestState


def _person_who_decided() -> models.ForeignKey[models.Model | None]:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


class Request(models.Model):
    """Somebody asks for something; it waits, and somebody says yes or no."""

    state = models.CharField(
        _("state"), max_length=10, choices=RequestState.choices, default=RequestState.OPEN
    )
    decided_by = _person_who_decided()
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.state == RequestState.OPEN


class Appeal(Request):
    """What somebody says against a decision, and what she is answered. Somebody else decides about it."""

    text = models.TextField(_("text"), max_length=4000)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("written at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar[list[str]] = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]


class Received(models.Model):
    """Something the public or a member sent to the editors about content."""

    created_at = models.DateTimeField(_("received"), default=timezone.now)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    decided_by = _person_who_decided()

    class Meta:
        abstract = True


class AboutItem(Received):
    """It is about an item: ``kind`` and ``key`` name it (``nexsm.base.items``); it may be gone later."""

    kind = models.CharField(_("kind"), max_length=20)
    key = models.CharField(_("key"), max_length=40)
    title = models.CharField(_("item"), max_length=300)
    language = models.CharField(_("language of the page"), max_length=35, blank=True)

    class Meta:
        abstract = True
