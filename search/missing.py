"""What visitors miss: told in their own words, without anything about them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now, gettext_lazy as _

from nexsm.base import throttle
from search.models import MissingReport
from search.query.parse import MAX_CHARACTERS

PER_SENDER = 5
FROM_EVERYBODY = 200
MAX_TEXT = 2000


class ReportLimitReachedError(Exception):
    """Too many reports in a short time. Its text is for the person who writes."""


class MissingForm(forms.Form):
    """What was searched for, and what is missing."""

    query = forms.CharField(
        label=_("What did you search for?"),
        max_length=MAX_CHARACTERS,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    text = forms.CharField(
        label=_("What would help you?"),
        required=False,
        max_length=MAX_TEXT,
        help_text=_("Please do not write anything about yourself. We cannot answer."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    # Hidden from people by CSS and by its label; programs fill it in.
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

    def values(self) -> dict[str, Any]:
        """What `report` takes, of a valid form."""
        return {name: self.cleaned_data[name] for name in ("query", "text")}


def report(*, query: str, text: str, language: str, sender_key: str) -> MissingReport:
    """Keep a report for the editors.

    ``sender_key`` says who writes, for the rate limit only; it is not kept. Raises
    ReportLimitReachedError after too many reports from one sender or from everybody.
    """
    within = throttle.allow("missing", sender_key, limit=PER_SENDER, seconds=throttle.HOUR)
    if not within or not throttle.allow(
        "missing-all", "", limit=FROM_EVERYBODY, seconds=throttle.HOUR
    ):
        raise ReportLimitReachedError(
            _now("Too many messages in a short time. Please try again in an hour.")
        )
    return MissingReport.objects.create(
        query=query[:MAX_CHARACTERS], text=text[:MAX_TEXT], language=language[:35]
    )
