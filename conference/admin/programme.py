"""The programme editor: all times of a conference in one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _, gettext_lazy
from wagtail.admin import messages

from conference.admin.base import ConferenceAdminView
from conference.admin.programme_rows import (
    TABLE,
    Choices,
    ItemForm,
    NewOccurrenceForm,
    OccurrenceForm,
    Row,
    RowForm,
    bound,
)
from conference.enums import OccurrenceStatus
from conference.models import Room
from conference.queries.drafts import DraftProgramme, DraftSession, draft_programme
from conference.queries.programme import day_of
from conference.services.programme_editing import (
    PageChanges,
    RowGoneError,
    Saved,
    save_programme,
)

# A form may send 10,000 fields; larger conferences are edited day by day.
MOST_ROWS = 200
NEW_ROWS = 3
NO_DAY = "ohne"


class ProgrammeTable:
    """The rows of one request: as stored, or with what was typed."""

    def __init__(self, draft: DraftProgramme, data: QueryDict | None, user: Any) -> None:
        self.draft, self.data, self.user = draft, data, user
        self.conference = draft.conference
        self.choices = Choices(
            zone=self.conference.zone,
            rooms=self._rooms(),
            rounds={str(uid): str(row) for uid, row in draft.rounds.items()},
            sessions={session.page.pk: session.title for session in draft.sessions},
        )
        self.rows = sorted([*self._own_rows(), *self._session_rows()], key=self._order)
        conflicts = defaultdict(list)
        for conflict in draft.conflicts():
            for slot in conflict.slots:
                conflicts[slot.uid].append(conflict)
        for row in self.rows:
            row.conflicts = conflicts[row.uid]

    def days(self) -> list[tuple[str, date | None]]:
        """Name in the address and date of each day that has rows, in order."""
        days = dict.fromkeys(row.day for row in self.rows)
        return [(day.isoformat() if day else NO_DAY, day) for day in days]

    def _rooms(self) -> dict[int, Room]:
        """The rooms of the house, and those that are used anyway."""
        rooms = dict(self.draft.rooms)
        if self.conference.venue_id:
            rooms |= {
                room.pk: room for room in Room.objects.filter(venue_id=self.conference.venue_id)
            }
        return dict(sorted(rooms.items(), key=lambda pair: (pair[1].name, pair[0])))

    def _form(self, form: type[RowForm], row: Any, title: str, page: Any) -> RowForm:
        initial = {name: getattr(row, name) for name in form.columns if name != "room"}
        if "room" in form.columns:
            initial["room"] = row.room_id or ""
        made: RowForm = bound(
            form, self.data, f"row-{row.uid}", initial=initial, choices=self.choices, title=title
        )
        if self._is_locked(page):
            made.lock()
        return made

    def _own_rows(self) -> Iterator[Row]:
        """Rounds, and entries without a page."""
        page = self.conference
        kinds: tuple[tuple[str, type[RowForm], Iterable[Any]], ...] = (
            ("round", RowForm, self.draft.rounds.values()),
            ("item", ItemForm, self.draft.items),
        )
        for kind, form, rows in kinds:
            for row in rows:
                yield Row(
                    form=self._form(form, row, str(row), page),
                    uid=row.uid,
                    page_id=page.pk,
                    title=row.title_as_shown or str(row) if kind == "round" else str(row),
                    kind=kind,
                    start=row.start,
                    day=day_of(row.start, page) if row.start else None,
                    is_locked=self._is_locked(page),
                    is_live=page.live,
                    has_other_changes=page.has_unpublished_changes,
                )

    def _session_rows(self) -> Iterator[Row]:
        rounds = self.draft.rounds
        for session in self.draft.sessions:
            for row in session.occurrences:
                round_ = row.round_in(rounds)
                start = row.times(round_).start
                yield Row(
                    form=self._form(OccurrenceForm, row, session.title, session.page),
                    uid=row.uid,
                    page_id=session.page.pk,
                    title=session.title,
                    kind="session",
                    start=start,
                    day=day_of(start, self.conference) if start else None,
                    is_nested=round_ is not None,
                    is_locked=self._is_locked(session.page),
                    is_live=session.page.live,
                    has_other_changes=session.page.has_unpublished_changes,
                )

    def _is_locked(self, page: Any) -> bool:
        return bool(page.locked and page.locked_by_id != self.user.pk)

    def _order(self, row: Row) -> tuple[Any, ...]:
        """By time; a round comes right before what takes place in it."""
        position = row.form.initial.get("position")
        chosen = row.form.initial.get("round_uid")
        rounds = self.draft.rounds
        round_ = rounds.get(chosen) if chosen else None
        first = (round_.start if round_ else None) or row.start
        return (
            first is None,
            first.timestamp() if first else 0,
            str(chosen if row.is_nested else row.uid if row.kind == "round" else ""),
            row.kind != "round",
            position is None,
            position or 0,
            row.title,
        )


class ProgrammeView(ConferenceAdminView):
    """Shows the table; writes what was changed in it as drafts, or publishes it."""

    template_name = "conference/admin/programme.html"
    page_title = gettext_lazy("Edit the programme")
    header_icon = "date"

    @cached_property
    def table(self) -> ProgrammeTable:
        """All rows."""
        data = self.request.POST if self.request.method == "POST" else None
        return ProgrammeTable(draft_programme(self.conference), data, self.request.user)

    @cached_property
    def new_forms(self) -> list[NewOccurrenceForm]:
        """Empty lines for more times."""
        data = self.request.POST if self.request.method == "POST" else None
        return [
            bound(
                NewOccurrenceForm,
                data,
                f"new-{number}",
                initial={"status": OccurrenceStatus.CONFIRMED},
                choices=self.table.choices,
                title=_("new time %(number)s") % {"number": number + 1},
            )
            for number in range(NEW_ROWS)
        ]

    @cached_property
    def day(self) -> str:
        """The day that is shown; empty: all of them."""
        names = [name for name, _day in self.table.days()]
        chosen = self.request.GET.get("day", "")
        if chosen in names:
            return str(chosen)
        return names[0] if len(self.table.rows) > MOST_ROWS else ""

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:  # noqa: ARG002
        """The table."""
        return self.render_to_response(self.get_context_data())

    def post(self, request: HttpRequest, page_id: int) -> HttpResponse:  # noqa: ARG002
        """Save, or show the table again with what was typed and what is wrong."""
        publish = "action-publish" in request.POST
        if publish and not self.allowed.can_publish():
            raise PermissionDenied
        changes = self._changes()
        if changes is None:
            messages.error(request, _("Nothing was saved: some lines need another look."))
            return self.render_to_response(self.get_context_data())
        try:
            saved = save_programme(
                conference=self.conference, changes=changes, by=self.editor, publish=publish
            )
        except RowGoneError:
            messages.error(request, _("Nothing was saved: somebody deleted one of these lines."))
        except ValidationError as problem:
            reasons = " ".join(problem.messages)
            messages.error(request, _("Nothing was saved: %(reasons)s") % {"reasons": reasons})
        else:
            self._tell(saved)
            return HttpResponseRedirect(request.get_full_path())
        return self.render_to_response(self.get_context_data())

    def _changes(self) -> dict[int, PageChanges] | None:
        """What was changed, by page; None when something cannot be read."""
        sent = [row for row in self.table.rows if row.form.is_bound and not row.is_locked]
        new = [form for form in self.new_forms if form.is_bound]
        forms = [*(row.form for row in sent), *new]
        # All of them are looked at, so that all mistakes are shown at once.
        if [form for form in forms if not form.is_valid()]:
            return None
        changes: dict[int, PageChanges] = defaultdict(PageChanges)
        for row in sent:
            if values := row.form.changes():
                changes[row.page_id].rows[row.uid] = values
        for form in new:
            if form.cleaned_data["session"]:
                values = {name: form.cleaned_data[name] for name in form.columns}
                changes[form.cleaned_data["session"]].new.append(values)
        return dict(changes)

    def _tell(self, saved: Saved) -> None:
        if saved.published:
            names = get_text_list(saved.published, _("and"))
            messages.success(self.request, _("Published: %(names)s") % {"names": names})
        if saved.drafts:
            names = get_text_list(saved.drafts, _("and"))
            messages.success(self.request, _("Saved as draft: %(names)s") % {"names": names})
        if saved.kept_back:
            names = get_text_list(saved.kept_back, _("and"))
            text = _(
                "Saved as draft, because it is not public or has other changes: %(names)s. "
                "Publish it on its own page."
            )
            messages.warning(self.request, text % {"names": names})
        if not (saved.published or saved.drafts or saved.kept_back):
            messages.info(self.request, _("Nothing was changed."))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Days with their rows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        by_day: dict[date | None, list[Row]] = defaultdict(list)
        for row in self.table.rows:
            if not self.day or self.day == (row.day.isoformat() if row.day else NO_DAY):
                by_day[row.day].append(row)
        scheduled = {row.page_id for row in self.table.rows if row.kind == "session"}
        return {
            **context,
            "conference": self.conference,
            "zone": self.conference.zone,
            "columns": [head for head, _names in TABLE],
            "days": list(by_day.items()),
            "all_days": self.table.days(),
            "day": self.day,
            "shows_all": not self.day,
            "fits": len(self.table.rows) <= MOST_ROWS,
            "new_forms": self.new_forms,
            "conflicts": self.table.draft.conflicts(),
            "without_time": self._without_time(scheduled),
            "can_publish": self.allowed.can_publish(),
            "edit_url": reverse("wagtailadmin_pages:edit", args=[self.conference.pk]),
        }

    def _without_time(self, scheduled: set[int]) -> list[DraftSession]:
        sessions = self.table.draft.sessions
        return [session for session in sessions if session.page.pk not in scheduled]
