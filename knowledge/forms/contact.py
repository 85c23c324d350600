"""Writing to an organisation."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledge.services.contact import ContactMessage


class ContactForm(forms.Form):
    """A message to an organisation."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=200,
        help_text=_("The organisation answers to this address."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(label=_("Subject"), max_length=120)
    text = forms.CharField(
        label=_("Message"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
    # Hidden from people by CSS and by its label; programs fill it in.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def clean_subject(self) -> str:
        """One line, or somebody could add headers to the mail. Raises ValidationError."""
        subject: str = self.cleaned_data["subject"]
        if any(not char.isprintable() for char in subject):
            raise ValidationError(_("Please use one line without control characters."))
        return subject

    def clean_name(self) -> str:
        """One line without addresses: the name stands in a mail. Raises ValidationError."""
        name: str = self.cleaned_data["name"]
        if any(not char.isprintable() for char in name) or "://" in name:
            raise ValidationError(_("Please enter a name without links."))
        return name

    def clean_website(self) -> str:
        """Refuse what only programs fill in. Raises ValidationError."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("This field must stay empty."))
        return ""

    def message(self) -> ContactMessage:
        """The message of a valid form."""
        data = self.cleaned_data
        return ContactMessage(data["name"], data["email"], data["subject"], data["text"])
