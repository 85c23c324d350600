"""The pages on which a member describes a resource. Only these fields can be set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.template.defaultfilters import filesizeformat
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _, gettext_lazy

from knowledge.enums import DraftStep
from knowledge.forms.choosing import FoldedChoices, likely_first
from knowledge.forms.fields import (
    MAX_TAG,
    MAX_TAGS,
    LineField,
    LinkField,
    ListField,
    TextField,
    names_field,
)
from knowledge.models import (
    Audience,
    Language,
    Licence,
    Region,
    ResourceDraft,
    ResourceType,
    Term,
    Topic,
)
from knowledge.models.identifiers import normalise_doi, validate_doi
from knowledge.models.resource import next_year
from knowledge.queries.drafts import organisations_of_draft
from knowledge.queries.likely import near_topics
from knowledge.queries.membership import WRITERS, Person, memberships_of
from knowledge.services.metadata.facts import Source
from knowledge.services.metadata.reading import doi_of
from nexsm.base.media.form_fields import DocumentUploadField

TAKEN_FROM = {
    Source.FILE: gettext_lazy("Taken from the file – please check."),
    Source.FILE_TEXT: gettext_lazy("Found in the text of the file – please check."),
    Source.PAGE: gettext_lazy("Taken from the web page – please check."),
    Source.DOI: gettext_lazy("Taken from the register of DOIs – please check."),
}
Choices = list[tuple[str, Any]]


def choices_of(model: type[Term], kept: Sequence[str] = ()) -> Choices:
    """Terms in use, and those in ``kept``, which were chosen before they went out of use."""
    rows = model._default_manager.all()  # noqa: SLF001 - Django's name
    return [(row.code, row.label) for row in rows if row.is_active or row.code in kept]


def regions(kept: Sequence[str] = ()) -> Choices:
    """Each country with its states."""
    rows = [row for row in Region.objects.all() if row.is_active or row.code in kept]
    return [
        (
            country.label,
            [
                (country.code, _("all of %(country)s") % {"country": country.label}),
                *((row.code, row.label) for row in rows if row.parent_id == country.pk),
            ],
        )
        for country in rows
        if country.parent_id is None
    ]


def _kinds_of_files() -> str:
    limit = filesizeformat(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
    return _(
        "Best a PDF; text, slides, tables, sound, film and pictures are possible, too. "
        "At most %(limit)s."
    ) % {"limit": limit}


KINDS_OF_FILES = lazy(_kinds_of_files, str)()


class StartForm(forms.Form):
    """A file, a link, or neither."""

    file = DocumentUploadField(
        label=gettext_lazy("A file"), required=False, help_text=KINDS_OF_FILES
    )
    link = LinkField(
        label=gettext_lazy("A link"),
        help_text=gettext_lazy("The address of the page or file, or a DOI."),
    )

    def values(self) -> dict[str, str]:
        """What the link says: an address, or a DOI."""
        link = self.cleaned_data.get("link", "")
        doi = doi_of(link)
        return {"doi": doi} if doi else {"url": link}


class StepForm(forms.Form):
    """One page about a draft, filled with what was typed before."""

    step: ClassVar[DraftStep]

    def __init__(
        self,
        *args: Any,
        draft: ResourceDraft,
        user: Person,
        notes: Mapping[str, Sequence[str]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.draft = draft
        kwargs["initial"] = dict(draft.values)
        super().__init__(*args, **kwargs)
        self.offer(user)
        for name, field in self.fields.items():
            self._hint(field, draft.sources.get(name, ""), (notes or {}).get(name, ()))

    def offer(self, user: Person) -> None:
        """Fill choices."""

    def values(self) -> dict[str, Any]:
        """What was typed, by the fields of the draft; only what is valid."""
        return {name: value for name, value in self.cleaned_data.items() if name in self.fields}

    @staticmethod
    def _hint(field: forms.Field, source: str, notes: Sequence[str]) -> None:
        """Say where a value came from, and what editors asked to change."""
        parts = [field.help_text] if field.help_text else []
        if source in list(Source):
            parts.insert(
                0, format_html('<strong class="taken">{}</strong>', TAKEN_FROM[Source(source)])
            )
        parts.extend(
            format_html('<strong class="note">{}</strong> {}', _("The editors write:"), note)
            for note in notes
        )
        if len(parts) > 1 or source or notes:
            field.help_text = format_html("{}" + "<br>{}" * (len(parts) - 1), *parts)


class SourceForm(StepForm):
    """Files and links."""

    step = DraftStep.SOURCE
    file = DocumentUploadField(
        label=gettext_lazy("Add a file"), required=False, help_text=KINDS_OF_FILES
    )
    url = LinkField(
        label=gettext_lazy("Link"), help_text=gettext_lazy("Where it stands on the web.")
    )
    doi = LineField(
        label="DOI",
        max_length=200,
        required=False,
        validators=[validate_doi],
        help_text=gettext_lazy(
            "Permanent number of a digital text, for example 10.1234/abc. Few have one."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "off"}),
    )

    def values(self) -> dict[str, Any]:
        """Everything but the file, which is kept by itself. A DOI typed as the link goes to its place."""
        values = super().values()
        values.pop("file", None)
        if "doi" in values:
            values["doi"] = normalise_doi(values["doi"])
        link = values.get("url", "")
        if "://" not in link and (doi := doi_of(link)):
            if values.get("doi", "") in {"", doi}:
                values |= {"url": "", "doi": doi}
            else:  # another one stands there
                values["url"] = f"https://doi.org/{doi}"
        return values


class ContentForm(StepForm):
    """What it is."""

    step = DraftStep.CONTENT
    title = LineField(
        label=gettext_lazy("Title"),
        max_length=300,
        help_text=gettext_lazy("As it stands on the resource itself."),
        error_messages={"required": gettext_lazy("Please type in the title.")},
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    summary = TextField(
        label=gettext_lazy("What is it about?"),
        max_length=2000,
        help_text=gettext_lazy("Two or three plain sentences: what it is and whom it helps."),
        error_messages={
            "required": gettext_lazy("Please say in a sentence or two what it is about.")
        },
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    type = forms.ChoiceField(
        label=gettext_lazy("What kind of resource is it?"),
        error_messages={"required": gettext_lazy("Please choose what kind of resource it is.")},
    )
    language = forms.ChoiceField(
        label=gettext_lazy("In which language is it?"),
        help_text=gettext_lazy("The language of title and text."),
        error_messages={"required": gettext_lazy("Please choose the language.")},
    )

    def offer(self, user: Person) -> None:  # noqa: ARG002 - the same for everybody
        """Fill in types and languages."""
        nothing = [("", _("Please choose"))]
        for name, model in (("type", ResourceType), ("language", Language)):
            rows = choices_of(model, [self.draft.value(name)])
            self.fields[name].choices = nothing + rows  # type: ignore[attr-defined]


class MakersForm(StepForm):
    """Who made it, and what others may do with it."""

    step = DraftStep.MAKERS
    on_behalf = forms.ChoiceField(
        label=gettext_lazy("Who adds it?"),
        required=False,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("An organisation looks after what is added in its name."),
    )
    persons = names_field(
        label=gettext_lazy("People who wrote or made it"),
        help_text=gettext_lazy("One name a line, as it is printed."),
    )
    organisations = names_field(
        label=gettext_lazy("Organisations that wrote or made it"),
        help_text=gettext_lazy("One name a line."),
    )
    publishers = names_field(
        label=gettext_lazy("Who brought it out?"),
        help_text=gettext_lazy("Only if it is somebody else. One name a line."),
    )
    year = forms.IntegerField(
        label=gettext_lazy("Year"),
        required=False,
        validators=[MinValueValidator(1800), MaxValueValidator(next_year)],
        help_text=gettext_lazy("When it came out, for example 2024."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    licence = forms.ChoiceField(
        label=gettext_lazy("What may others do with it?"),
        required=False,
        help_text=gettext_lazy(
            "The licence often stands on the first or last page. Leave it open if you do not know."
        ),
    )

    def offer(self, user: Person) -> None:
        """Fill in licences, and the organisations somebody may write for."""
        rows = choices_of(Licence, [self.draft.value("licence")])
        self.fields["licence"].choices = [("", _("I do not know")), *rows]  # type: ignore[attr-defined]
        mine = memberships_of(user).filter(role__in=WRITERS).order_by("organisation__name", "pk")
        organisations = [(str(one.organisation.public_id), one.organisation.name) for one in mine]
        chosen = self.draft.value("on_behalf")
        if self.draft.resource_id is not None or not (organisations or chosen):
            del self.fields["on_behalf"]
            return
        if chosen not in dict(organisations):  # she has left it meanwhile: she may go on alone
            self.initial["on_behalf"] = ""
        self.fields["on_behalf"].choices = [("", _("I myself")), *organisations]  # type: ignore[attr-defined]


class TopicsForm(StepForm):
    """What it is about, and for whom."""

    step = DraftStep.TOPICS
    topics = forms.MultipleChoiceField(
        label=gettext_lazy("Topics"),
        required=False,
        widget=FoldedChoices,
        help_text=gettext_lazy("Tick what it is mainly about, three at most."),
    )
    tags = ListField(
        most=MAX_TAGS,
        longest=MAX_TAG,
        separator=",",
        label=gettext_lazy("Keywords"),
        help_text=gettext_lazy("With commas between them, for example: fundraising, first steps"),
        max_length=MAX_TAGS * (MAX_TAG + 2),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    audiences = forms.MultipleChoiceField(
        label=gettext_lazy("Written for"),
        required=False,
        widget=FoldedChoices,
    )
    regions = forms.MultipleChoiceField(
        label=gettext_lazy("Where it applies"),
        required=False,
        widget=FoldedChoices,
        help_text=gettext_lazy("Leave it empty if it applies everywhere."),
    )

    def offer(self, user: Person) -> None:
        """Fill in the vocabularies, the likely topics first."""
        fields: dict[str, Any] = dict(self.fields)
        fields["topics"].choices = self._topics(user)
        fields["audiences"].choices = choices_of(Audience, self.draft.values.get("audiences") or ())
        fields["regions"].choices = regions(self.draft.values.get("regions") or ())

    def _topics(self, user: Person) -> list[Any]:
        """Topics of the text that was typed, and of whom it is added for, come first."""
        typed = f"{self.draft.value('title')} {self.draft.value('summary')}"
        near = near_topics(text=typed, organisations=organisations_of_draft(self.draft, user))
        topics = choices_of(Topic, self.draft.values.get("topics") or ())
        return likely_first(topics, [one.code for one in near], self["topics"].value() or ())


class SendForm(forms.Form):
    """The last page."""

    message = TextField(
        label=gettext_lazy("A word to the editors"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    may_be_published = forms.BooleanField(
        label=gettext_lazy("I have checked everything, and it may be published here."),
        error_messages={"required": gettext_lazy("Please tick this before you send it.")},
    )


STEP_FORMS: dict[DraftStep, type[StepForm]] = {
    form.step: form for form in (SourceForm, ContentForm, MakersForm, TopicsForm)
}
