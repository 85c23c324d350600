"""Forms of an import on the web: the file, the meaning of its columns, the decision."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _, gettext_lazy

from knowledge.enums import ImportKind, OrganisationKind
from knowledge.models import ImportRun, Language, Organisation, ResourceType
from knowledge.services.imports import import_files, runs, web_limits

COLUMN_LABELS: dict[str, Any] = {
    "id": gettext_lazy("number or key (id)"),
    "title": gettext_lazy("title"),
    "summary": gettext_lazy("summary"),
    "body": gettext_lazy("text"),
    "type": gettext_lazy("type"),
    "language": gettext_lazy("language"),
    "publisher": gettext_lazy("publisher"),
    "authors": gettext_lazy("authors"),
    "year": gettext_lazy("year"),
    "regions": gettext_lazy("regions"),
    "topics": gettext_lazy("topics"),
    "tags": gettext_lazy("tags"),
    "licence": gettext_lazy("licence"),
    "url": gettext_lazy("link"),
    "doi": "DOI",
    "isbn": "ISBN",
    "name": gettext_lazy("name"),
    "short_name": gettext_lazy("short name"),
    "kind": gettext_lazy("kind"),
    "description": gettext_lazy("description"),
    "languages": gettext_lazy("languages spoken"),
    "country": gettext_lazy("country"),
    "region": gettext_lazy("region"),
    "city": gettext_lazy("place"),
    "postal_code": gettext_lazy("postal code"),
    "founded": gettext_lazy("founded"),
    "website": gettext_lazy("website"),
    "social": gettext_lazy("channels"),
}
LEFT_OUT = "-"
_ACCEPT = ".csv,.xlsx,.ris,.bib,.bibtex,.txt"


class UploadForm(forms.Form):
    """The file, and for whom or what it is."""

    organisation: forms.ModelChoiceField[Organisation] = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("For which organisation?"),
        empty_label=None,
    )
    kind = forms.ChoiceField(choices=ImportKind.choices, label=gettext_lazy("What does it hold?"))
    file = forms.FileField(
        label=gettext_lazy("File"),
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
    )

    def __init__(self, *args: Any, organisations: Any = None, **kwargs: Any) -> None:
        """``organisations``: those a member may import for; None for editors."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        self.max_bytes = web_limits.MAX_BYTES_OF_EDITORS
        if organisations is None:
            del fields["organisation"]
        else:
            del fields["kind"]
            self.max_bytes = web_limits.MAX_BYTES_OF_MEMBERS
            fields["organisation"].queryset = organisations
        fields["file"].help_text = _(
            "CSV, XLSX, RIS or BibTeX. At most %(size)s and %(rows)s rows."
        ) % {
            "size": filesizeformat(self.max_bytes),
            "rows": web_limits.most_rows(is_member=organisations is not None),
        }

    def clean_file(self) -> Any:
        """Refuse what is too big, for the limit or for the disk. Raises ValidationError."""
        file = self.cleaned_data["file"]
        if file.size > self.max_bytes:
            message = _("This file is too big (%(size)s). At most %(limit)s are possible.")
            raise forms.ValidationError(
                message
                % {"size": filesizeformat(file.size), "limit": filesizeformat(self.max_bytes)}
            )
        import_files.check_space(file.size)
        return file


class ColumnsForm(forms.Form):
    """For each column of a table what it means, and what empty cells of some columns mean."""

    def __init__(self, run: ImportRun, samples: Mapping[str, list[str]], data: Any = None) -> None:
        super().__init__(data)
        self._importer = runs.import_class(run.kind)
        self._names: dict[str, str] = {}
        choices = [
            (LEFT_OUT, _("– do not import –")),
            *((c, self._label(c)) for c in self._importer.columns),
        ]
        for number, (name, values) in enumerate([] if run.is_reference_list else samples.items()):
            field = f"column-{number}"
            self._names[field] = name
            self.fields[field] = forms.ChoiceField(
                choices=choices,
                label=name,
                initial=run.columns.get(name) or LEFT_OUT,
                help_text=_("For example: %(values)s") % {"values": " · ".join(values)}
                if values
                else "",
            )
        for name in self._importer.fillable:
            self.fields[f"default-{name}"] = forms.ChoiceField(
                choices=[("", "—"), *_values_of(name)],
                required=False,
                label=_("If “%(column)s” is empty or missing") % {"column": COLUMN_LABELS[name]},
                initial=run.defaults.get(name, ""),
            )

    def clean(self) -> None:
        """Every meaning once, and what is required is there. Raises ValidationError."""
        super().clean()
        chosen: dict[str, str] = {}
        for field in self._names:
            ours = self._ours(field)
            if ours and ours in chosen:
                self.add_error(
                    field, _("“%(column)s” is chosen twice.") % {"column": self._label(ours)}
                )
            elif ours:
                chosen[ours] = field
        if not self._names:
            return
        for name in self._importer.required:
            if name not in chosen and name != "id" and not self.cleaned_data.get(f"default-{name}"):
                self.add_error(
                    None, _("Which column is “%(column)s”?") % {"column": self._label(name)}
                )

    @property
    def columns(self) -> dict[str, str]:
        """Names of the file and our names."""
        return {name: self._ours(field) for field, name in self._names.items()}

    @property
    def defaults(self) -> dict[str, str]:
        """Our names and the values of their empty cells."""
        names = self._importer.fillable
        values = {name: self.cleaned_data.get(f"default-{name}", "") for name in names}
        return {name: value for name, value in values.items() if value}

    def _ours(self, field: str) -> str:
        chosen = self.cleaned_data.get(field, LEFT_OUT)
        return "" if chosen == LEFT_OUT else str(chosen)

    @staticmethod
    def _label(column: str) -> str:
        return str(COLUMN_LABELS[column])


class DecisionForm(forms.Form):
    """What becomes of a file that was checked."""

    publish = forms.BooleanField(
        required=False,
        label=gettext_lazy("Put everything online"),
        help_text=gettext_lazy("Otherwise there are only drafts."),
    )
    send = forms.BooleanField(
        required=False,
        label=gettext_lazy("Send everything for review"),
        help_text=gettext_lazy("Otherwise you get drafts, which you can look at and send later."),
    )
    keep = forms.MultipleChoiceField(
        required=False,
        label=gettext_lazy("Import these rows all the same"),
        widget=forms.CheckboxSelectMultiple,
    )
    keep_rest = forms.BooleanField(
        required=False, label=gettext_lazy("Import all further rows of that sort, too")
    )

    def __init__(self, run: ImportRun, data: Any = None, *, may_publish: bool = False) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        report = run.report
        likenesses = report.get("likenesses", [])
        to_write = report.get("created", 0) + report.get("changed", 0)
        if run.organisation_id or not may_publish:
            del fields["publish"]
        if not run.organisation_id or to_write > web_limits.MAX_SENT:
            del fields["send"]
        if report.get("likenesses_total", 0) <= len(likenesses):
            del fields["keep_rest"]
        fields["keep"].choices = [(str(one["row"]), _told(one)) for one in likenesses]
        if not likenesses:
            del fields["keep"]


def _told(likeness: Mapping[str, Any]) -> str:
    return _("Row %(row)s, “%(title)s”: %(reason)s as “%(other)s”") % likeness


def _values_of(column: str) -> list[tuple[str, str]]:
    if column == "kind":
        return [(str(value), str(label)) for value, label in OrganisationKind.choices]
    rows: Any = ResourceType.objects if column == "type" else Language.objects
    return [(row.code, row.label) for row in rows.filter(is_active=True)]
