"""What people of a session offer for its documentation, and what became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from conference.enums import OfferState
from conference.models.documentation import DocumentationItem, SessionDocumentation
from knowledge.models.decided import Received


class DocumentationOffer(DocumentationItem, Received):
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

    def as_row(self) -> SessionDocumentation:
        """The item of documentation it becomes, not saved."""
        fields = DocumentationItem._meta.local_fields  # noqa: SLF001 - Django documents _meta
        return SessionDocumentation(**{field.name: getattr(self, field.name) for field in fields})
