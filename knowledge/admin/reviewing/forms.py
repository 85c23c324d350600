"""What an editor says about a submission."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.admin.reviewing.comparison import FieldRow

NOTE = "note-"


class DecisionForm(forms.Form):
    """The version that was read, a text for the author, and a note at each field."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    message = forms.CharField(
        label=_("Message to the author"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Needed if it is not published: say why. Plain, friendly sentences."),
    )

    def __init__(self, *args: Any, rows: Iterable[FieldRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = [row.name for row in rows]
        for row in rows:
            self.fields[NOTE + row.name] = forms.CharField(
                label=_("Note about “%(field)s”") % {"field": row.label},
                required=False,
                max_length=1000,
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def note(self, name: str) -> forms.BoundField:
        """The note at a field."""
        return self[NOTE + name]

    def notes(self) -> dict[str, str]:
        """What was noted, by field. For a valid form."""
        return {name: self.cleaned_data[NOTE + name] for name in self.names}


class AnswerForm(forms.Form):
    """A message to the author without a decision."""

    text = forms.CharField(
        label=_("Answer without deciding"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
