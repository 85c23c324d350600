"""Who may open a file: whoever may read a resource it belongs to."""

from __future__ import annotations

from knowledge.models import ResourceFile
from knowledge.queries import Viewer, resources_visible_to
from nexsm.base.models import Document


def document_is_public(document: Document, viewer: Viewer) -> bool:
    """Say whether a published resource this viewer may read has the document among its files."""
    return ResourceFile.objects.filter(
        document=document, resource__in=resources_visible_to(viewer)
    ).exists()
