"""Who may open a document: a file is as public as the things that use it.

The floor does not know resources or sessions. Each room registers a provider in `AppConfig.ready`
that answers one question: does something this viewer may see use this document?
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

if TYPE_CHECKING:
    from nexsm.base.models import Document

# A viewer is a user or AnonymousUser; the floor does not import accounts.
Provider = Callable[["Document", Any], bool]

_providers: list[Provider] = []


def register(provider: Provider) -> Provider:
    """Add a provider; usable as a decorator. The same one twice counts once."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def unregister(provider: Provider) -> None:
    """Take a provider away again. Does nothing if it is not there."""
    if provider in _providers:
        _providers.remove(provider)


def is_editor(viewer: Any) -> bool:
    """Whether the viewer works in the editors' admin, where every document can be opened."""
    return bool(viewer.is_active and viewer.has_perm("wagtailadmin.access_admin"))


def may_open(document: Document, viewer: Any) -> bool:
    """Whether this viewer may fetch this document. Without a reason to say yes, the answer is no."""
    if is_editor(viewer):
        return True
    if document.collection.get_view_restrictions().exists():
        return False
    return any(provider(document, viewer) for provider in _providers)


def is_used_by_live_page(document: Document, _viewer: Any) -> bool:
    """A provider: a published page without access restriction uses the document."""
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(Page)
    )
    page_ids = [int(value) for value in references.values_list("object_id", flat=True)]
    return bool(page_ids) and Page.objects.live().public().filter(pk__in=page_ids).exists()


register(is_used_by_live_page)
