"""Who may open a file of the documentation: whoever sees the page, once the item is to be shown."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from conference.enums import Availability, OfferState
from conference.models import ConferenceDocumentation, DocumentationOffer, SessionDocumentation
from conference.queries import Viewer, conferences_visible_to, sessions_visible_to
from nexsm.base.models import Document

# The rows as Wagtail's index of references names them.
DOCUMENTATION_PATH = "documentation.item.document"


def document_is_offered(document: Document, viewer: Viewer) -> bool:
    """Say whether this viewer has offered the document for one of her sessions, and nobody said no."""
    if viewer is None or not viewer.is_authenticated or not viewer.is_active:
        return False
    return DocumentationOffer.objects.filter(document=document, user_id=viewer.pk).exists()


def files_of_forms_not_sent() -> QuerySet[DocumentationOffer]:
    """Offers somebody is still writing, with their files."""
    return DocumentationOffer.objects.filter(state=OfferState.BEGUN)


def offers_that_need(document: Document) -> QuerySet[DocumentationOffer]:
    """Offers with the document about which editors have not decided yet."""
    return DocumentationOffer.objects.filter(state=OfferState.WAITING, document=document)


def document_is_public(document: Document, viewer: Viewer) -> bool:
    """Say whether an item of documentation that visitors see on a public page has the document."""
    shown = Q(document=document, is_public=True, availability=Availability.AVAILABLE)
    return (
        ConferenceDocumentation.objects.filter(
            shown, conference__in=conferences_visible_to(viewer).values("pk")
        ).exists()
        or SessionDocumentation.objects.filter(
            shown, session__in=sessions_visible_to(viewer).values("pk")
        ).exists()
    )
