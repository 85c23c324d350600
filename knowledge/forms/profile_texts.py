"""The description of an organisation in a further language, as its own people write it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from knowledge.forms.plain_text import PlainRichTextField
from knowledge.models import Language, Organisation, OrganisationText
from nexsm.base.media.names import clean_line


class ProfileTextForm(forms.ModelForm):
    """Name and description in one language. ``version``: the profile it belongs to, with all changes."""

    description = PlainRichTextField(
        label=_("Description"),
        max_length=9_000,
        help_text=_(
            "What the organisation does, for whom and how. Leave a line empty between parts."
        ),
    )
    remove = forms.BooleanField(label=_("Show this language no more"), required=False)
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = OrganisationText
        fields: ClassVar[list[str]] = ["name", "description"]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("Only if the organisation has another name in this language.")
        }

    def __init__(
        self, *args: Any, version: Organisation, language: Language, **kwargs: Any
    ) -> None:
        self.version, self.language = version, language
        known = next((one for one in version.texts.all() if one.language_id == language.pk), None)
        kwargs["instance"] = known or OrganisationText(language=language)
        kwargs["initial"] = {"seen": version.latest_revision_id}
        super().__init__(*args, **kwargs)
        description: Any = self.fields["description"]
        description.before = self.instance.description
        for name in ("name", "description"):
            self.fields[name].widget.attrs |= {"lang": language.code, "dir": "auto"}
        if known is None:
            del self.fields["remove"]

    def clean_name(self) -> str:
        """One line without invisible characters."""
        return clean_line(self.cleaned_data["name"])

    def changed_version(self) -> Organisation:
        """The profile with this text, not saved."""
        text = self.save(commit=False)
        texts = list(self.version.texts.all())
        kept = [one for one in texts if one.language_id != self.language.pk]
        if not self.cleaned_data.get("remove"):
            place = next((texts.index(one) for one in texts if one not in kept), len(kept))
            kept.insert(place, text)
        self.version.texts.set(kept)
        return self.version
