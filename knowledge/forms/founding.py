"""The short form for a new profile."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from knowledge.enums import OrganisationKind
from knowledge.models import Language, Organisation, Region
from knowledge.services.organisations.founding import Beginning
from nexsm.base.media.names import clean_line


def region_choices() -> list[Any]:
    """Countries, each with its states below it, for a select without JavaScript."""
    regions = list(Region.objects.filter(is_active=True).select_related("parent"))
    states: dict[int | None, list[Region]] = {}
    for region in regions:
        states.setdefault(region.parent_id, []).append(region)
    choices: list[Any] = [("", _("Please choose"))]
    for country in states.get(None, []):
        below = [(state.pk, state.label) for state in states.get(country.pk, [])]
        whole = [(country.pk, _("%(country)s: everywhere") % {"country": country.label})]
        choices.append((country.label, whole + below))
    return choices


class FoundingForm(forms.Form):
    """Five questions; everything else can wait."""

    name = forms.CharField(
        label=_("Name of the organisation"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization", "dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=OrganisationKind.choices,
        initial=OrganisationKind.ORGANISATION,
        help_text=_("An online community has no office and meets on the net."),
    )
    region = forms.ModelChoiceField(
        label=_("Country or region"),
        queryset=Region.objects.filter(is_active=True),
        help_text=_("Where it works."),
    )
    language = forms.ModelChoiceField(
        label=_("Language"),
        queryset=Language.objects.filter(is_active=True),
        help_text=_("The language of the next sentence."),
    )
    sentence = forms.CharField(
        label=_("What does it do, for whom? One sentence."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    # The profiles that were shown as nearly the same; ticking says that it is none of them.
    is_new = forms.BooleanField(label=_("It is none of these. Make a new profile."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region = cast("forms.ModelChoiceField[Region]", self.fields["region"])
        region.choices = region_choices()

    def clean_name(self) -> str:
        """One line that holds letters and no address. Raises ValidationError."""
        name = clean_line(self.cleaned_data["name"])
        if not any(char.isalpha() for char in name):
            raise ValidationError(_("Please enter the name."))
        if "://" in name or "www." in name.lower():
            raise ValidationError(_("Please enter a name without links."))
        return name

    def clean_sentence(self) -> str:
        """Without invisible characters. Raises ValidationError if nothing is left."""
        sentence = clean_line(self.cleaned_data["sentence"])
        if not sentence:
            raise ValidationError(self.fields["sentence"].error_messages["required"])
        return sentence

    def ask_about(self, near: list[Organisation]) -> None:
        """Keep the form open until somebody says that it is none of these."""
        if near:
            self.add_error(
                "is_new", _("There are profiles with nearly this name. Is it one of them?")
            )

    def beginning(self) -> Beginning:
        """What a valid form says."""
        data = self.cleaned_data
        return Beginning(
            name=data["name"],
            kind=OrganisationKind(data["kind"]),
            region=data["region"],
            language=data["language"],
            sentence=data["sentence"],
        )
