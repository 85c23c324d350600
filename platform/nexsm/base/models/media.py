"""Images and documents."""

from __future__ import annotations

import uuid
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    SourceImageIOError,
    get_upload_to,
)

from nexsm.base.media.fields import CheckedDocumentField, CheckedImageField
from nexsm.base.media.scanning import ScanState
from nexsm.base.media.storage import is_full
from nexsm.base.media.types import find_by_mime

from .stored_uploads import StoredUpload

# The shape of a language tag, RFC 5646 section 2.1 (a registry look-up is not needed here).
validate_language_tag = RegexValidator(
    r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
    _("Please write the language as a code, for example de, ar or kmr."),
)


def _uploaded_by(related_name: str) -> Any:
    """Wagtail's field with another reverse name: its own, unused models keep the usual one."""
    field: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name=related_name,
    )
    field.wagtail_reference_index_ignore = True
    return field


def _for_organisation() -> Any:
    """The public id of the organisation whose space a file takes up; the floor knows none."""
    return models.UUIDField(_("organisation"), null=True, blank=True, editable=False, db_index=True)


def document_path(_document: Document, filename: str) -> str:
    """A name of our own, so that a hostile file name never reaches the file system."""
    return f"documents/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"


class Image(StoredUpload, AbstractImage):
    """An uploaded picture. Position, camera and author data are removed when it comes in."""

    file = CheckedImageField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
        help_text=_("Where and with what the picture was taken is removed from the file."),
    )
    uploaded_by_user = _uploaded_by("uploaded_images")
    organisation_id = _for_organisation()
    tags = TaggableManager(
        verbose_name=_("tags"), blank=True, help_text=None, related_name="tagged_images"
    )
    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture and under which licence. Shown below it."),
    )

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_upload_to(self, filename: str) -> str:
        """A name of our own; Wagtail would keep the one the file came with."""
        return f"original_images/{uuid.uuid4().hex}{PurePosixPath(filename).suffix.lower()}"

    def _describe_file(self) -> None:
        """Wagtail's description: size and hash."""
        self._set_image_file_metadata()

    def create_rendition(self, filter: Any) -> Any:  # noqa: A002 - Wagtail's name
        """Wagtail's copy. On a full disk a page is shown without the picture, not as an error."""
        try:
            return super().create_rendition(filter)
        except OSError as error:
            if is_full(error):
                raise SourceImageIOError(str(error)) from error
            raise

    def generate_rendition_file(self, filter: Any, *, source: Any = None) -> ContentFile[bytes]:  # noqa: A002 - Wagtail's name
        """Wagtail's copy, with its temporary file closed instead of left to the collector."""
        with super().generate_rendition_file(filter, source=source) as copy:
            copy.seek(0)
            return ContentFile(copy.read(), name=copy.name)


class Rendition(AbstractRendition):
    """A smaller copy of an image, made on demand."""

    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]


class Document(StoredUpload, AbstractDocument):
    """An uploaded file. Its address stays the same when the file is replaced."""

    file = CheckedDocumentField(verbose_name=_("file"), upload_to=document_path)
    uploaded_by_user = _uploaded_by("uploaded_documents")
    organisation_id = _for_organisation()
    tags = TaggableManager(
        verbose_name=_("tags"), blank=True, help_text=None, related_name="tagged_documents"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    download_name = models.CharField(max_length=150, blank=True, editable=False)
    content_type_sniffed = models.CharField(max_length=100, blank=True, editable=False)
    is_encrypted = models.BooleanField(default=False, editable=False)
    # A PDF with scripts, commands or files in it: never shown by the browser itself.
    is_active = models.BooleanField(default=False, editable=False)
    scan_state = models.CharField(
        _("look for viruses"),
        max_length=10,
        choices=ScanState.choices,
        default=ScanState.NONE,
        blank=True,
        editable=False,
        db_index=True,
    )
    page_count = models.PositiveIntegerField(null=True, blank=True, editable=False)
    language = models.CharField(
        _("language"),
        max_length=35,
        blank=True,
        validators=[validate_language_tag],
        help_text=_("The language of the file as a code, for example de, ar or kmr."),
    )

    admin_form_fields = ("title", "file", "language", "collection", "tags")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]

    def _describe_file(self) -> None:
        """Wagtail's description: size and hash."""
        self._set_document_file_metadata()

    @property
    def filename(self) -> str:
        """The name a person sees and saves the file under."""
        return self.download_name or PurePosixPath(str(self.file.name)).name

    @property
    def url(self) -> str:
        """The address that stays. The file name in it is for people only."""
        return reverse("file", args=[self.public_id, self.filename])

    @property
    def is_quarantined(self) -> bool:
        """Whether nobody may have the file: not looked through yet, or found to be malware."""
        return self.scan_state in {ScanState.WAITING, ScanState.FOUND}

    @property
    def content_type(self) -> str:
        """The type found in the content when the file came in; never a guess by name."""
        found = find_by_mime(self.content_type_sniffed)
        return found.mime if found else "application/octet-stream"

    @property
    def is_inline(self) -> bool:
        """Whether a browser may show the file itself: PDF without scripts, and raster images."""
        found = find_by_mime(self.content_type_sniffed)
        return found.inline and not self.is_active if found else False
