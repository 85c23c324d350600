"""Model fields that let no unchecked file into the storage, whichever way it comes.

Forms check first, to show a friendly message. These fields are the second wall: admin side
routes, imports and scripts all end in `FieldFile.save`, and there the file is checked again
unless a form has just done it.
"""

from __future__ import annotations

from typing import Any, cast

from django.core.files import File
from django.db import models
from wagtail.images.models import WagtailImageField, WagtailImageFieldFile

from .checks import CheckedFile, check_document, check_image, image_size


class CheckedDocumentFieldFile(models.fields.files.FieldFile):
    """Checks a document before it is stored and tells the row what it is."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store the file. Raises ValidationError with the reason if it is refused."""
        checked = content if isinstance(content, CheckedFile) else check_document(content, name)
        document = cast("Any", self.instance)
        document.content_type_sniffed = checked.content_type
        document.download_name = checked.shown_name
        document.is_encrypted = checked.is_encrypted
        document.is_active = checked.is_active
        document.scan_state = checked.scan_state
        super().save(checked.shown_name, checked, save)


class CheckedDocumentField(models.FileField):
    """A file field for documents."""

    attr_class = CheckedDocumentFieldFile


class CheckedImageFieldFile(WagtailImageFieldFile):
    """Checks an image before it is stored and removes what the camera wrote into it."""

    def save(self, name: str, content: File[Any], save: bool = True) -> None:
        """Store the image. Raises ValidationError with the reason if it is refused."""
        checked = content if isinstance(content, CheckedFile) else check_image(content, name)
        super().save(checked.shown_name, checked, save)

    def get_image_dimensions(self) -> tuple[int, int]:
        """Read width and height from the header alone. Raises ValidationError if there is none."""
        close = self.closed
        self.open()
        try:
            return image_size(self)
        finally:
            if close:
                self.close()
            else:
                self.seek(0)


class CheckedImageField(WagtailImageField):
    """An image field."""

    attr_class = CheckedImageFieldFile
