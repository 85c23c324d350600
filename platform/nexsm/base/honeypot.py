"""A field that people do not see and programs fill in."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class HoneypotForm(forms.Form):
    """A form for everybody. Heirs put ``website`` last in their order."""

    # Hidden from people by CSS and by its label.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_website(self) -> str:
        """Refuse what only programs fill in. Raises ValidationError."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field must stay empty."))
        return ""
