"""Who may open a document: a file is as public as the things that use it.

The floor does not know resources or sessions. Each room registers a provider in `AppConfig.ready`
that answers one question: does something this viewer may see use this document?
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.models import Page, ReferenceIndex

from nexsm.base.media import holds
from nexsm.base.providers import Providers

if TYPE_CHECKING:
    from nexsm.base.models import Document

# A viewer is a user or AnonymousUser; the floor does not import accounts.
_providers: Providers[[Document, Any], bool] = Providers()
register, unregister = _providers.register, _providers.unregister
# Ways a page refers to a document that do not make it public: a room answers for them itself.
_left_to_rooms: set[str] = set()


def leave_to_room(model_path: str) -> None:
    """Name a relation of pages, as Wagtail's reference index writes it, that a provider judges."""
    _left_to_rooms.add(model_path)


def is_editor(viewer: Any) -> bool:
    """Whether the viewer works in the editors' admin, where all documents can be opened that were sent."""
    return bool(viewer.is_active and viewer.has_perm("wagtailadmin.access_admin"))


def may_open(document: Document, viewer: Any) -> bool:
    """Whether this viewer may fetch this document. Without a reason to say yes, the answer is no.

    A file that waits for the virus scanner, or in which it found something, is for nobody.
    """
    if document.is_quarantined:
        return False
    if is_editor(viewer) and not holds.is_private(document):
        return True
    if document.collection.get_view_restrictions().exists():
        return False
    return any(_providers.answers(document, viewer))


def users_of(document: Document, model: type[Model]) -> list[int]:
    """Primary keys of the objects of a model that use the document, in whatever field."""
    references = ReferenceIndex.get_references_to(document).filter(
        base_content_type=ContentType.objects.get_for_model(model)
    )
    found = references.exclude(model_path__in=_left_to_rooms).values_list("object_id", flat=True)
    return [int(value) for value in found]


def is_used_by_live_page(document: Document, _viewer: Any) -> bool:
    """A provider: a published page without access restriction, below published ones, uses it."""
    page_ids = users_of(document, Page)
    pages = Page.objects.live().public().filter(pk__in=page_ids) if page_ids else ()
    return any(not page.get_ancestors().filter(live=False).exists() for page in pages)


register(is_used_by_live_page)
