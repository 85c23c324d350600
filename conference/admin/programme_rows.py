"""The table of the programme editor: one small form for each round, entry and time of a session."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conference.enums import OccurrenceStatus
from conference.models import Room
from conference.models.times import ZonedDateTimeFormField
from conference.queries.conflicts import Conflict

# The columns of the table with their fields, one below the other: side by side they would be wider
# than the admin leaves of a laptop's screen.
TABLE = (
    (_("Time"), ("start", "end")),
    (_("Room and round"), ("room", "round_uid")),
    (_("Order"), ("position", "label_as_shown")),
    (_("Status"), ("status",)),
)
_CLOCK = "%Y-%m-%dT%H:%M"


@dataclass(frozen=True)
class Choices:
    """What can be chosen in every row; read once."""

    zone: Any
    rooms: dict[int, Room] = field(default_factory=dict)
    rounds: dict[str, str] = field(default_factory=dict)
    sessions: dict[int, str] = field(default_factory=dict)


class RowForm(forms.Form):
    """The times of a row. It knows what the editor saw, so that only what she changed is written.

    Somebody else may have saved another value meanwhile; what this editor left alone stays as it is.
    """

    start = ZonedDateTimeFormField(label=_("Start"), required=False)
    end = ZonedDateTimeFormField(label=_("End"), required=False)
    position = forms.IntegerField(label=_("Position"), required=False, min_value=0, max_value=32767)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    columns: ClassVar[tuple[str, ...]] = ("start", "end", "position")

    def __init__(self, *args: Any, choices: Choices, title: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field_ in self.fields.values():
            if isinstance(field_, ZonedDateTimeFormField):
                field_.zone = choices.zone
                field_.widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_CLOCK)
        self._offer(choices)
        for name in self.columns:
            label = f"{self.fields[name].label}: {title}"
            self.fields[name].widget.attrs["aria-label"] = label
        if not self.is_bound:
            self.initial["seen"] = self._all_written()

    def _offer(self, choices: Choices) -> None:
        """Fill the lists to choose from."""

    def _list(self, name: str, options: list[tuple[str, str]]) -> None:
        field_ = self.fields[name]
        if isinstance(field_, forms.ChoiceField):
            field_.choices = [("", "–"), *options]

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when the end is not after the start, or a cell was overtaken."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._look_at_overtaken_cells()
        start, end = cleaned.get("start"), cleaned.get("end")
        # What nobody touched is not to be mended now: between two hours of the same name it may be right.
        if (
            start
            and end
            and end <= start
            and (self._is_touched("start") or self._is_touched("end"))
        ):
            self.add_error("end", _("The end must be later than the start."))
        return cleaned

    def lock(self) -> None:
        """Show the values without letting anybody change them."""
        for field_ in self.fields.values():
            field_.disabled = True

    def changes(self) -> dict[str, Any]:
        """Field → new value, for what differs from what the editor saw."""
        return {name: self.cleaned_data[name] for name in self.columns if self._is_touched(name)}

    def _look_at_overtaken_cells(self) -> None:
        """Two people changed the same cell: the second one reads both values, and saves again or not."""
        seen = self._seen
        overtaken = [
            name
            for name in self.columns
            if self._is_touched(name)
            and seen.get(name, self._written(name)) != self._written(name)
            and self._sent(name) != self._written(name)
        ]
        for name in overtaken:
            text = _("Somebody has saved “%(value)s” here meanwhile. Save again, and yours counts.")
            self.add_error(name, text % {"value": self._shown(name)})
        if overtaken:
            data = cast("QueryDict", self.data).copy()
            data[self.add_prefix("seen")] = self._all_written()
            self.data = data

    @cached_property
    def _seen(self) -> dict[str, Any]:
        """What stood in the row when the editor opened the table."""
        try:
            seen = json.loads(self.data.get(self.add_prefix("seen"), ""))
        except ValueError:
            seen = {}
        return seen if isinstance(seen, dict) else {}

    def _sent(self, name: str) -> str:
        sent: str = self.data.get(self.add_prefix(name), "").strip()
        return sent

    def _is_touched(self, name: str) -> bool:
        return self._sent(name) != self._seen.get(name)

    def _shown(self, name: str) -> str:
        """The stored value in words."""
        written = self._written(name)
        options = dict(getattr(self.fields[name], "choices", ()))
        if isinstance(self.fields[name], ZonedDateTimeFormField):
            return written.replace("T", " ") or "–"
        return str(options.get(written, written)) or "–"

    def _all_written(self) -> str:
        return json.dumps({name: self._written(name) for name in self.columns}, ensure_ascii=False)

    def _written(self, name: str) -> str:
        """The value as the browser sends it back untouched."""
        value = self.fields[name].prepare_value(self.initial.get(name))
        if isinstance(value, datetime):
            return value.strftime(_CLOCK)
        return "" if value is None else str(value)

    @property
    def cells(self) -> list[list[Any]]:
        """The fields of each column of the table; none where the row has none."""
        return [[self[name] for name in names if name in self.fields] for _head, names in TABLE]


class ItemForm(RowForm):
    """An entry without a page: it has a room and can be cancelled."""

    room = forms.ChoiceField(label=_("Room"), required=False)
    status = forms.ChoiceField(label=_("Status"), choices=OccurrenceStatus.choices)

    columns: ClassVar[tuple[str, ...]] = ("start", "end", "room", "position", "status")

    def _offer(self, choices: Choices) -> None:
        self._rooms = choices.rooms
        rooms = [(str(pk), room.name) for pk, room in choices.rooms.items()]
        self._list("room", rooms)

    def clean_room(self) -> Room | None:
        """The room itself."""
        chosen = self.cleaned_data["room"]
        return self._rooms[int(chosen)] if chosen else None


class OccurrenceForm(ItemForm):
    """A time of a session."""

    round_uid = forms.ChoiceField(label=_("Round"), required=False)
    label_as_shown = forms.CharField(label=_("Number"), required=False, max_length=20)

    columns: ClassVar[tuple[str, ...]] = tuple(name for _head, names in TABLE for name in names)

    def _offer(self, choices: Choices) -> None:
        super()._offer(choices)
        rounds = dict(choices.rounds)
        current = str(self.initial.get("round_uid") or "")
        if current and current not in rounds:
            rounds[current] = str(_("a round that does not exist any more"))
        self._list("round_uid", list(rounds.items()))

    def clean_round_uid(self) -> uuid.UUID | None:
        """Its identity."""
        chosen = self.cleaned_data["round_uid"]
        return uuid.UUID(chosen) if chosen else None


class NewOccurrenceForm(OccurrenceForm):
    """One more time of a session; left empty it means nothing."""

    session = forms.TypedChoiceField(
        label=_("Session"), required=False, coerce=int, empty_value=None
    )

    def _offer(self, choices: Choices) -> None:
        super()._offer(choices)
        sessions = [(str(pk), title) for pk, title in choices.sessions.items()]
        self._list("session", sessions)
        self.fields["session"].widget.attrs["aria-label"] = _("Session")

    def clean(self) -> dict[str, Any]:
        """Raises ValidationError when times are there and nobody knows of what."""
        cleaned = super().clean()
        if self.changes_without_session() and not cleaned.get("session"):
            self.add_error("session", _("Choose the session that takes place then."))
        return cleaned

    def changes_without_session(self) -> bool:
        """Whether anything was filled in."""
        given = (self.data.get(self.add_prefix(name), "") for name in self.columns)
        return any(value.strip() not in {"", OccurrenceStatus.CONFIRMED} for value in given)


@dataclass
class Row:
    """A line of the table."""

    form: RowForm
    uid: uuid.UUID
    # The page whose draft has the row.
    page_id: int
    title: str
    # "round", "item" or "session".
    kind: str
    start: datetime | None
    day: date | None
    is_nested: bool = False
    is_locked: bool = False
    is_live: bool = True
    has_other_changes: bool = False
    conflicts: list[Conflict] = field(default_factory=list)

    @property
    def shows_round_time(self) -> bool:
        """Whether the time comes from the round, because the row has none of its own."""
        return self.start is not None and not self.form.initial.get("start")


def bound(form: type[RowForm], data: QueryDict | None, prefix: str, **options: Any) -> Any:
    """Return a form of a row, with what was sent if the row was part of it, else as it is stored."""
    was_sent = data is not None and f"{prefix}-seen" in data
    return form(data if was_sent else None, prefix=prefix, **options)
