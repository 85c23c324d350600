"""Wagtail's upload forms with our checks: add, edit, choosers and the multiple uploads use these."""

from __future__ import annotations

from typing import Any

from django import forms
from wagtail.admin.forms.collections import BaseCollectionMemberForm
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from . import quota
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


class _Counted(BaseCollectionMemberForm):
    """Refuses at the field what would be too much, and lets the model take away a replaced file."""

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        self.uploader = user
        super().__init__(*args, user=user, **kwargs)
        # Wagtail's forms would delete the file that is replaced before the new one is stored.
        self.original_file = None

    def clean_file(self) -> Any:
        """Return the file. Raises ValidationError if there is no space for it."""
        file = self.cleaned_data["file"]
        if "file" in self.changed_data:
            # Who uploaded a file first goes on to have it counted; a new one is this person's.
            user = self.instance.uploaded_by_user if self.instance.pk else self.uploader
            quota.check(
                user=user,
                organisation_id=self.instance.organisation_id,
                size=file.size,
                replaced=(self.instance.pk and self.instance.file_size) or 0,
            )
        return file


class ImageForm(_CleanTitle, _Counted, BaseImageForm):
    """Upload of a picture."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _exchange(self.fields["file"], ImageUploadField)

    def save(self, commit: bool = True) -> Any:
        """Save, and forget the smaller copies of a picture that was replaced."""
        image = super().save(commit=commit)
        if commit and "file" in self.changed_data:
            image.renditions.all().delete()
        return image


class DocumentForm(_CleanTitle, _Counted, BaseDocumentForm):
    """Upload of a document."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            self.fields["file"] = _exchange(self.fields["file"], DocumentUploadField)
