"""Form fields for uploads. Use these in every form that takes a file from a person."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files import File
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.translation import gettext as _, gettext_lazy

from .checks import CheckedFile, check_document, check_image
from .refusals import raise_if_refusing
from .types import DOCUMENT_TYPES, IMAGE_TYPES, FileType


def _help(kinds: tuple[FileType, ...], limit_setting: str) -> str:
    return _("Possible are: %(kinds)s. At most %(limit)s.") % {
        "kinds": ", ".join(kind.label for kind in kinds),
        "limit": filesizeformat(getattr(settings, limit_setting)),
    }


_lazy_help = lazy(_help, str)


class _UploadField(forms.FileField):
    kinds: tuple[FileType, ...] = ()
    limit_setting = ""

    def __init__(self, **kwargs: Any) -> None:
        kwargs["max_length"] = None  # long names are shortened, not refused
        kwargs["allow_empty_file"] = True  # our own check says it in plain words
        kwargs["help_text"] = kwargs.get("help_text") or _lazy_help(self.kinds, self.limit_setting)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault(
            "accept", ",".join(f".{name}" for kind in self.kinds for name in kind.extensions)
        )

    @property
    def max_upload_size(self) -> int:
        """What Wagtail's multiple upload tells the browser, to refuse before sending."""
        return int(getattr(settings, self.limit_setting))

    def check(self, file: File[Any]) -> CheckedFile:
        raise NotImplementedError

    def to_python(self, data: Any) -> CheckedFile | None:
        """Return the checked file. Raises ValidationError with the reason for a refusal."""
        raise_if_refusing()
        file = super().to_python(data)
        return None if file is None else self.check(file)


_FOR_THE_BROWSER: dict[str, Any] = {
    "file_too_large_unknown_size": gettext_lazy("This file is too big."),
    "invalid_image_extension": gettext_lazy("Files of this kind cannot be uploaded."),
}


class DocumentUploadField(_UploadField):
    """Takes a document: text, slides, table, e-book, sound, film or picture."""

    kinds = DOCUMENT_TYPES
    limit_setting = "WAGTAILDOCS_MAX_UPLOAD_SIZE"
    default_error_messages = _FOR_THE_BROWSER | {"required": gettext_lazy("Please choose a file.")}

    def check(self, file: File[Any]) -> CheckedFile:
        """Check as a document."""
        return check_document(file)


class ImageUploadField(_UploadField):
    """Takes a picture, without place, camera and author."""

    kinds = IMAGE_TYPES
    limit_setting = "WAGTAILIMAGES_MAX_UPLOAD_SIZE"
    default_error_messages = _FOR_THE_BROWSER | {
        "required": gettext_lazy("Please choose a picture.")
    }

    def check(self, file: File[Any]) -> CheckedFile:
        """Check as a picture."""
        return check_image(file)
