"""Who may open a file: whoever may read or change a resource with it, or writes a draft with it."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from knowledge.models import DraftFile, Resource
from knowledge.queries import Viewer, resources_visible_to
from knowledge.queries.membership import items_editable_by
from knowledge.queries.versions import with_document
from nexsm.base.media.publicity import users_of
from nexsm.base.models import Document


def document_is_public(document: Document, viewer: Viewer) -> bool:
    """Say whether a resource this viewer may read has the document: as a file or in its text."""
    return resources_visible_to(viewer).filter(_uses(document)).exists()


def document_is_in_own_resource(document: Document, viewer: Viewer) -> bool:
    """Say whether a resource this viewer may change has the document, also when it is not online.

    It stands in the resource itself, or among the files of its newest version or of the one that was
    sent.
    """
    if not viewer.is_authenticated:
        return False
    mine = items_editable_by(viewer, Resource).order_by()
    return mine.filter(_uses(document)).exists() or any(with_document(document, mine))


def resources_that_need(document: Document) -> QuerySet[Resource]:
    """Resources of which a version that waits to be published has the document."""
    found = set(with_document(document, Resource.objects.order_by()))
    return Resource.objects.filter(pk__in=found)


def files_of_drafts() -> QuerySet[DraftFile]:
    """Files somebody has uploaded for what was not sent."""
    return DraftFile.objects.all()


def _uses(document: Document) -> Q:
    return Q(files__document=document) | Q(pk__in=users_of(document, Resource))


def document_is_in_own_draft(document: Document, viewer: Viewer) -> bool:
    """Say whether this viewer has uploaded the document for a draft that was not sent."""
    if not viewer.is_authenticated or not viewer.is_active:
        return False
    return DraftFile.objects.filter(document=document, draft__owner_id=viewer.pk).exists()
