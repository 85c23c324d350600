"""What visitors would change in an item, in their words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from .decided import AboutItem


class SuggestedPart(models.TextChoices):
    """What of an item a suggestion is about, in words of readers."""

    TITLE = "title", _("Title or name")
    TEXT = "text", _("Text or description")
    LINK = "link", _("Link or file")
    CONTACT = "contact", _("Address, contact or opening hours")
    DATE = "date", _("Date or time")
    OTHER = "other", _("Something else")


class SuggestionState(models.TextChoices):
    """Where a suggestion stands."""

    OPEN = "open", _("waits")
    ACCEPTED = "accepted", _("taken up")
    DECLINED = "declined", _("not taken up")


class EditSuggestion(AboutItem):
    """One suggestion."""

    part = models.CharField(_("part"), max_length=10, choices=SuggestedPart.choices)
    text = models.TextField(_("suggestion"), max_length=2000)
    email = models.EmailField(_("e-mail of the person who suggests"), blank=True)
    state = models.CharField(
        _("state"), max_length=10, choices=SuggestionState.choices, default=SuggestionState.OPEN
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("suggested change")
        verbose_name_plural = _("suggested changes")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "created_at"], name="suggestion_waiting"),
            models.Index(fields=["kind", "key"], name="suggestion_item"),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.text[:60]}"

    @property
    def is_open(self) -> bool:
        """Whether nobody has decided."""
        return self.state == SuggestionState.OPEN
