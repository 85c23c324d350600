"""Admin forms of the pages: times in the conference's zone, rounds to choose from, no double UUIDs."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from conference.models.identity import IdentifiedRowForm, duplicate_problem
from conference.models.times import ZonedDateTimeFormField

Choices = list[tuple[str, str]]


class TimedRowForm(IdentifiedRowForm):
    """Row form whose times are wall-clock times of the conference."""

    def __init__(self, *args: Any, zone: zoneinfo.ZoneInfo | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, ZonedDateTimeFormField):
                field.zone = zone
        _with_venues(self)


class OccurrenceForm(TimedRowForm):
    """A time of a session. Its round is chosen from the rounds of the conference."""

    def __init__(self, *args: Any, rounds: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("none")), *(rounds or [])]
        current = str(self.instance.round_uid or "")
        if current and current not in {value for value, _label in choices}:
            # Keep what leads nowhere now: the round may come back with an older revision.
            choices.append((current, _("a round that does not exist any more")))
        self.fields["round_uid"].widget.choices = choices


class IdentityPageForm(WagtailAdminPageForm):
    """Refuses two rows with one identity, which no calendar could tell apart."""

    timed_relations: tuple[str, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for relation in self.timed_relations:
            if relation in self.formsets:
                self.formsets[relation].form_kwargs.update(self.row_arguments(relation))

    def conference(self) -> Any:
        """The conference whose rows are edited, None where there is none yet."""
        raise NotImplementedError

    def row_arguments(self, _relation: str) -> dict[str, Any]:
        """Arguments for the forms of the rows."""
        conference = self.conference()
        return {"zone": conference.zone if conference is not None else None}

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when a row has the identity of another one."""
        cleaned: dict[str, Any] = super().clean()
        for formset in self.formsets.values():
            if not issubclass(formset.form, IdentifiedRowForm) or not formset.is_valid():
                continue
            forms = [form for form in formset.forms if form not in formset.deleted_forms]
            uids = [form.cleaned_data["uid"] for form in forms if form.cleaned_data.get("uid")]
            problem = duplicate_problem(self.instance, formset.model, uids)
            if problem:
                raise ValidationError(problem)
        return cleaned


class ConferencePageForm(IdentityPageForm):
    """Form of a conference."""

    timed_relations = ("rounds", "schedule_items")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _with_venues(self)

    def conference(self) -> Any:
        """The page itself; a zone that is being changed counts from the next saving on."""
        return self.instance

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when the last day is before the first."""
        cleaned = super().clean()
        first, last = cleaned.get("date_start"), cleaned.get("date_end")
        if first and last and last < first:
            self.add_error("date_end", _("The last day must not be before the first."))
        return cleaned


class SessionPageForm(IdentityPageForm):
    """Form of a session."""

    timed_relations = ("occurrences",)

    def conference(self) -> Any:
        """The page above, in its latest draft: rounds may have been added a minute ago."""
        parent = self.parent_page or (self.instance.pk and self.instance.get_parent())
        if not parent:
            return None
        specific = parent.specific
        return specific.get_latest_revision_as_object() if hasattr(specific, "zone") else None

    def row_arguments(self, relation: str) -> dict[str, Any]:
        """Add the rounds to choose from."""
        conference = self.conference()
        rounds = [] if conference is None else conference.rounds.all()
        return {
            **super().row_arguments(relation),
            "rounds": [(str(row.uid), _round_label(row, conference)) for row in rounds],
        }


def _with_venues(form: Any) -> None:
    """Rooms are offered with the name of their house: load it with them."""
    if "room" in form.fields:
        form.fields["room"].queryset = form.fields["room"].queryset.select_related("venue")


def _round_label(row: Any, conference: Any) -> str:
    if row.start is None:
        return str(row)
    return f"{row} ({row.start.astimezone(conference.zone):%d.%m. %H:%M})"
