"""What people of a session say about their slides, recordings and results."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.enums import DocumentationKind
from knowledge.forms.fields import LineField, TextField
from knowledge.models import Language, Licence
from nexsm.base.media import quota
from nexsm.base.media.form_fields import DocumentUploadField

_NOT_OFFERED = {DocumentationKind.PHOTO}  # a photo needs a description and consents: for editors
KINDS = [(kind.value, kind.label) for kind in DocumentationKind if kind not in _NOT_OFFERED]


class OfferForm(forms.Form):
    """One item. A file, an address, or for results a text is needed."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=KINDS)
    title = LineField(
        label=_("Title"),
        required=False,
        max_length=255,
        help_text=_("Empty: the kind is shown instead."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    file = DocumentUploadField(label=_("File"), required=False)
    url = forms.URLField(
        label=_("or address"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=_("Where it is, if it is not here."),
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url", "autocapitalize": "off"}),
    )
    description = TextField(
        label=_("Text"),
        required=False,
        max_length=5000,
        help_text=_("For results: what came out of the session, in a few sentences."),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    creators = LineField(
        label=_("Made by"),
        required=False,
        max_length=300,
        help_text=_("Names, separated by commas."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    language = forms.ModelChoiceField(
        label=_("Language"),
        required=False,
        queryset=Language.objects.filter(is_active=True),
        empty_label=_("I do not know"),
    )
    licence = forms.ModelChoiceField(
        label=_("What may others do with it?"),
        required=False,
        queryset=Licence.objects.filter(is_active=True),
        empty_label=_("I do not know"),
    )
    may_be_published = forms.BooleanField(
        label=_("It may be published here, and everybody who is seen or heard in it agrees."),
        error_messages={"required": _("Please tick this before you send it.")},
    )

    def __init__(self, *args: Any, user: Any, has_file: bool, **kwargs: Any) -> None:
        self.user, self.has_file = user, has_file
        super().__init__(*args, **kwargs)

    def clean_file(self) -> Any:
        """The file. Raises ValidationError if there is no space for it."""
        file = self.cleaned_data["file"]
        if file is not None:
            quota.check(user=self.user, size=file.size)
        return file

    def clean(self) -> dict[str, Any]:
        """Something must be there to show."""
        data = super().clean() or self.cleaned_data
        is_text = data.get("kind") == DocumentationKind.RESULT and data.get("description")
        given = self.has_file or is_text or any(data.get(name) for name in ("file", "url"))
        if not given and not {"file", "url"} & set(self.errors):
            self.add_error("file", _("Choose a file or enter an address."))
        return data

    def values(self) -> dict[str, Any]:
        """The fields of an offer."""
        return {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in {"file", "may_be_published"}
        }
