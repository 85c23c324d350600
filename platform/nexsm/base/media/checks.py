"""The two checks every uploaded file goes through: as a document or as an image.

They are called by form fields (friendly message) and again by the model fields (no way round).
What passes comes out as a `CheckedFile`; that type is the proof that it has been checked.
"""

from __future__ import annotations

from typing import IO, Any, cast

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from . import images, scanning, types
from .names import clean_file_name
from .pdf import is_active_pdf, refuse_cut_off_pdf
from .scanning import ScanState
from .signatures import HEAD, find_fixed, identify, is_encrypted
from .types import FileType


class CheckedFile(File[bytes]):
    """A file that passed: its true type, and a name that can be shown."""

    is_encrypted = False
    is_active = False
    scan_state = ScanState.NONE

    def __init__(self, file: IO[bytes], kind: FileType, shown_name: str) -> None:
        super().__init__(file, name=shown_name)
        self.content_type = kind.mime
        self.shown_name = shown_name


def _extension(name: str) -> str:
    """What follows the last dot, also in a name that has nothing before it."""
    _stem, dot, extension = name.strip().rpartition(".")
    return extension.lower() if dot else ""


def _claimed_type(name: str, allowed: tuple[FileType, ...]) -> FileType:
    kind = types.find_by_extension(_extension(name))
    if kind is None or kind not in allowed:
        raise ValidationError(
            _("Files of this kind cannot be uploaded. Possible are: %(kinds)s.")
            % {"kinds": ", ".join(item.label for item in allowed)},
            code="file_kind",
        )
    return kind


def _refuse_by_size(size: int, limit: int) -> None:
    if size == 0:
        raise ValidationError(_("This file is empty."), code="file_empty")
    if size > limit:
        raise ValidationError(
            _("This file is too big (%(size)s). At most %(limit)s are possible.")
            % {"size": filesizeformat(size), "limit": filesizeformat(limit)},
            code="file_size",
        )


def _refuse_other_content(found: FileType | None, claimed: FileType) -> None:
    if found is claimed:
        return
    if found is None:
        message = _("The content of this file is not %(claimed)s, although its name says so.") % {
            "claimed": claimed.label
        }
    else:
        message = _("The name of this file says %(claimed)s, but it is %(found)s.") % {
            "claimed": claimed.label,
            "found": found.label,
        }
    raise ValidationError(message, code="file_content")


def _final_name(name: str, kind: FileType) -> str:
    extension = _extension(name)
    return clean_file_name(name, extension if extension in kind.extensions else kind.extensions[0])


def check_image(file: File[Any], name: str | None = None) -> CheckedFile:
    """Check a picture and write it anew without place, camera and author.

    Raises ValidationError with the reason: empty, too big, not an allowed kind, content of another
    kind, too many pixels, damaged.
    """
    name = name or file.name or ""
    claimed = _claimed_type(name, types.IMAGE_TYPES)
    size = file.size
    _refuse_by_size(size, settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)
    stream = cast("IO[bytes]", file)
    _refuse_other_content(identify(stream, size, claimed), claimed)
    images.measure(stream, size, claimed)
    return CheckedFile(images.rewrite(stream, claimed), claimed, _final_name(name, claimed))


def check_document(file: File[Any], name: str | None = None) -> CheckedFile:
    """Check a document; a picture uploaded as a document is cleaned like any picture.

    Raises ValidationError with the reason.
    """
    name = name or file.name or ""
    claimed = _claimed_type(name, types.DOCUMENT_TYPES)
    if claimed in types.IMAGE_TYPES:
        return check_image(file, name)
    size = file.size
    _refuse_by_size(size, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    stream = cast("IO[bytes]", file)
    _refuse_other_content(identify(stream, size, claimed), claimed)
    if claimed is types.PDF:
        refuse_cut_off_pdf(stream, size)
    checked = CheckedFile(stream, claimed, _final_name(name, claimed))
    checked.is_encrypted = is_encrypted(stream, size)
    checked.is_active = claimed is types.PDF and is_active_pdf(stream)
    checked.scan_state = scanning.scan_upload(stream, checked.shown_name)
    stream.seek(0)
    return checked


def image_size(file: IO[bytes]) -> tuple[int, int]:
    """Return width and height of a picture from its header. Raises ValidationError if it has none."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0, 2)
    size = file.tell()
    kind = find_fixed(head)
    if kind not in types.IMAGE_TYPES:
        raise ValidationError(_("This file is not a picture."), code="file_content")
    extent = images.measure(file, size, kind)
    return extent.width, extent.height
