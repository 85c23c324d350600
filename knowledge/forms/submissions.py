"""What members write about what they have sent."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

MESSAGE_LENGTH = 4000


class AnswerForm(forms.Form):
    """A message to the editors."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )


class AppealForm(forms.Form):
    """What speaks against a refusal."""

    text = forms.CharField(
        label=_("What speaks against it?"),
        help_text=_(
            "You can object once. If the editors are more than one person, somebody else than who decided reads it."
        ),
        max_length=MESSAGE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )
