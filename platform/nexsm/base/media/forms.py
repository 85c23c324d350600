"""Wagtail's upload forms with our checks: add, edit, choosers and the multiple uploads use these."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .form_fields import DocumentUploadField, ImageUploadField
from .names import clean_line


def _exchange(field: forms.Field, replacement: type[forms.FileField]) -> forms.FileField:
    """Put our field in the place of Wagtail's and keep its label and its widget."""
    new = replacement(label=field.label, required=field.required, widget=field.widget)
    new.initial = field.initial
    return new


class _CleanTitle:
    """The title is often the name of the file: one line, no invisible characters."""

    cleaned_data: dict[str, Any]

    def clean_title(self) -> str:
        """Return the title without control and bidi characters."""
        return clean_line(self.cleaned_data["title"])


class ImageForm(_CleanTitle, BaseImageForm):
    """Upload of a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _exchange(self.fields["file"], ImageUploadField)


class DocumentForm(_CleanTitle, BaseDocumentForm):
    """Upload of a document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _exchange(self.fields["file"], DocumentUploadField)
