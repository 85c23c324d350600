"""Files and pictures of the examples. They are made while loading and lie in a collection of their own."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from wagtail.models import Collection

from nexsm.base.models import Document, Image
from nexsm.demo.content import ResourceData
from nexsm.demo.covers import make_cover
from nexsm.demo.identity import demo_uuid
from nexsm.demo.loader.sync import set_fields
from nexsm.demo.loader.tally import Outcome, Tally
from nexsm.demo.pdf import make_pdf

COLLECTION = "Beispiele"
COVER_TITLE = "Beispielbild {}"


class Files:
    """Stores files and remembers them, so that a failed run leaves none behind."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.written: list[tuple[Any, str]] = []
        self._collection: Collection | None = None

    @property
    def collection(self) -> Collection:
        """The collection of the examples, made when first asked for."""
        if self._collection is None:
            root = Collection.get_first_root_node()
            found = root.get_children().filter(name=COLLECTION).first()
            self._collection = found or root.add_child(name=COLLECTION)
        return self._collection

    def document(self, item: ResourceData, authors: list[str]) -> Document:
        """The PDF of a resource."""
        content = make_pdf(item, authors=authors)
        identity = demo_uuid("file", item.id)
        document = Document.objects.filter(public_id=identity).first()
        is_new = document is None
        document = document or Document(public_id=identity, collection=self.collection)
        changed = set_fields(document, {"title": item.title, "language": item.language})
        # Wagtail keeps SHA-1 of what it stored; nothing here is about security.
        if is_new or document.file_hash != hashlib.sha1(content, usedforsecurity=False).hexdigest():
            document.file = ContentFile(content, name=f"beispiel-{item.id[2:]}.pdf")
            changed = True
        if changed:
            document.save()
            self._remember(document)
        self._count("example files", is_new=is_new, changed=changed)
        return document

    def cover(self, item: ResourceData) -> Image:
        """The cover of a resource. It is drawn once."""
        title = COVER_TITLE.format(item.id)
        image = Image.objects.filter(title=title, collection=self.collection).first()
        is_new = image is None
        if image is None:
            picture = ContentFile(make_cover(item.id), name=f"beispiel-{item.id[2:]}.png")
            image = Image(title=title, collection=self.collection, file=picture)
        changed = set_fields(image, {"description": item.cover})
        if is_new or changed:
            image.save()
            self._remember(image)
        self._count("example pictures", is_new=is_new, changed=changed)
        return image

    def discard(self) -> None:
        """Delete what this run has written, after the database was rolled back."""
        for storage, name in self.written:
            storage.delete(name)
        self.written.clear()

    def _remember(self, holder: Any) -> None:
        holder.file.close()  # Wagtail leaves it open after reading size and hash
        self.written.append((holder.file.storage, holder.file.name))

    def _count(self, kind: str, *, is_new: bool, changed: bool) -> None:
        outcome = Outcome.CHANGED if changed else Outcome.UNCHANGED
        self.tally.add(kind, Outcome.CREATED if is_new else outcome)
