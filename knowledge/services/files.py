"""Who may open a file: whoever may read a resource it belongs to, or is writing a draft with it."""

from __future__ import annotations

from django.db.models import Q

from knowledge.models import DraftFile, Resource
from knowledge.queries import Viewer, resources_visible_to
from nexsm.base.media.publicity import users_of
from nexsm.base.models import Document


def document_is_public(document: Document, viewer: Viewer) -> bool:
    """Say whether a resource this viewer may read has the document: as a file or in its text."""
    uses_it = Q(files__document=document) | Q(pk__in=users_of(document, Resource))
    return resources_visible_to(viewer).filter(uses_it).exists()


def document_is_in_own_draft(document: Document, viewer: Viewer) -> bool:
    """Say whether this viewer has uploaded the document for a draft that was not sent."""
    if not viewer.is_authenticated or not viewer.is_active:
        return False
    return DraftFile.objects.filter(document=document, draft__owner_id=viewer.pk).exists()
