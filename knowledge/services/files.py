"""Who may open a file: whoever may read or change a resource with it, or writes a draft with it."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Revision

from knowledge.models import OPEN_STATES, DraftFile, Resource, Submission
from knowledge.queries import Viewer, resources_visible_to
from knowledge.queries.membership import items_editable_by
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
    if mine.filter(_uses(document)).exists():
        return True
    sent = Submission.objects.filter(
        content_type=ContentType.objects.get_for_model(Resource),
        object_id__in=mine.values("pk"),
        state__in=OPEN_STATES,
    )
    changed = mine.filter(has_unpublished_changes=True)
    revisions = Revision.objects.filter(
        Q(pk__in=changed.values("latest_revision")) | Q(pk__in=sent.values("revision"))
    )
    return any(
        row["document"] == document.pk
        for files in revisions.values_list("content__files", flat=True)
        for row in files or ()
    )


def _uses(document: Document) -> Q:
    return Q(files__document=document) | Q(pk__in=users_of(document, Resource))


def document_is_in_own_draft(document: Document, viewer: Viewer) -> bool:
    """Say whether this viewer has uploaded the document for a draft that was not sent."""
    if not viewer.is_authenticated or not viewer.is_active:
        return False
    return DraftFile.objects.filter(document=document, draft__owner_id=viewer.pk).exists()
