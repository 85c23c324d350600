"""What people of a session offer for its documentation, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.enums import DocumentationKind, OfferState
from conference.models.documentation import SessionDocumentation
from knowledge.models.decided import Received


class DocumentationOffer(Received):
    """One item for the documentation of a session. It touches the page only once somebody accepts it.

    So what editors work on meanwhile neither stops it nor loses it.
    """

    session = models.ForeignKey(
        "conference.SessionPage",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="documentation_offers",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("offered by"),
        on_delete=models.CASCADE,
        related_name="+",
    )
    kind = models.CharField(_("kind"), max_length=20, choices=DocumentationKind.choices)
    title = models.CharField(_("title"), max_length=255, blank=True)
    document = models.ForeignKey(
        "base.Document",
        verbose_name=_("file"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    url = models.URLField(_("address"), max_length=500, blank=True)
    description = models.TextField(_("description"), blank=True)
    creators = models.CharField(_("made by"), max_length=300, blank=True)
    language = models.ForeignKey(
        "knowledge.Language",
        verbose_name=_("language"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    licence = models.ForeignKey(
        "knowledge.Licence",
        verbose_name=_("licence"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("state"), max_length=10, choices=OfferState.choices)
    reason = models.TextField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("offered documentation")
        verbose_name_plural = _("offered documentation")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "user"],
                condition=models.Q(state="begun"),
                name="documentation_offer_begun_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def as_row(self) -> SessionDocumentation:
        """The item of documentation it becomes, not saved."""
        return SessionDocumentation(
            kind=self.kind,
            title=self.title,
            document=self.document,
            url=self.url,
            description=self.description,
            creators=self.creators,
            language=self.language,
            licence=self.licence,
        )
