"""Sets columns of pages as the file wants them, without saving. Each part says whether it changed."""

from __future__ import annotations

import json
import uuid
from collections.abc import Collection
from typing import Any

from conference.enums import OccurrenceStatus
from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    Person,
    Room,
    Round,
    ScheduleItem,
    SessionDocumentation,
    SessionPage,
)
from conference.services.schedule_import.first_contact import (
    said_already,
    same_entry,
    same_time,
)
from conference.services.schedule_import.meant import (
    ConferenceMeant,
    EventMeant,
    LinkMeant,
    PersonMeant,
    Prints,
    RoomMeant,
    TimeMeant,
)
from conference.services.schedule_import.wanted import (
    ITEM,
    LINK,
    TIME,
    WantedSession,
    conference_values,
)
from conference.services.schedule_import.words import Words
from knowledge.services.imports.schema import fingerprint


class Applier:
    """Knows rooms, rounds, people and vocabularies, and brings pages to what a file wants."""

    def __init__(self, words: Words, rooms: dict[str, Room], order: dict[str, int]) -> None:
        self.words = words
        self.rooms = rooms
        self.order = order
        self.main_room: Room | None = None
        self.rounds: dict[uuid.UUID, Round] = {}
        self.people: dict[str, Person] = {}

    def session(
        self, page: SessionPage, wanted: WantedSession, columns: Collection[str], before: Prints
    ) -> bool:
        """Set these columns of a session. `before` are the traces of the last import."""
        if page.pk and not before:
            columns = set(columns) - said_already(page, wanted)
        changed = self._fields(page, wanted, columns)
        if "languages" in columns:
            changed |= self._languages(page, wanted.event)
        if "body" in columns:
            changed |= _description(page, wanted)
        if "people" in columns:
            changed |= self._participations(page, wanted.event, before.get("people", ""))
        times = {uid: time for uid, time in wanted.times.items() if f"{TIME}{uid}" in columns}
        changed |= self._times(page, times, before)
        return changed | self._documentation(page, wanted, columns)

    def conference(
        self,
        page: ConferencePage,
        meant: ConferenceMeant,
        columns: Collection[str],
        *,
        is_first_contact: bool,
    ) -> bool:
        """Set these columns of a conference; its rows are set by `items`."""
        values = conference_values(meant)
        del values["venue"]
        if is_first_contact and page.timezone == values["timezone"]:
            del values["timezone_is_derived"]  # the file may have its zone from here
        changed = False
        for name in values.keys() & set(columns):
            changed |= set_value(page, name, values[name])
        return changed

    def items(
        self,
        page: ConferencePage,
        items: dict[uuid.UUID, EventMeant],
        columns: Collection[str],
        before: Prints,
    ) -> bool:
        """Set the entries without a page whose columns have changed; others stay as they are."""
        rows = {row.uid: row for row in page.schedule_items.all()}
        changed = False
        for uid, item in items.items():
            if f"{ITEM}{uid}" not in columns:
                continue
            row = rows.get(uid)
            is_new = row is None
            if row is None:
                row = rows[uid] = ScheduleItem(uid=uid, sort_order=len(rows))
                changed = True
            values: dict[str, Any] = {
                "kind": item.item_kind,
                "title": item.title,
                "note": item.subtitle,
                **self._when(row, item.time, is_known=f"{ITEM}{uid}" in before),
            }
            if not is_new and not before and same_entry(row, item):
                del values["title"]
            people = [person.name for person in item.people]
            if people != list(row.people):
                values["people"] = people
            for name, value in values.items():
                changed |= set_value(row, name, value)
        if changed:
            page.schedule_items.set(list(rows.values()))
        return changed

    def _fields(self, page: SessionPage, wanted: WantedSession, columns: Collection[str]) -> bool:
        event = wanted.event
        values: dict[str, Any] = {}
        if "title" in columns:
            values |= {"title": wanted.title, "title_is_placeholder": not event.title}
        if "format" in columns:
            values |= {"format": event.format, "format_label": event.format_label}
        for name in ("subtitle", "track", "abstract"):
            if name in columns:
                values[name] = getattr(event, name)
        changed = False
        for name, value in values.items():
            changed |= set_value(page, name, value)
        return changed

    def _languages(self, page: SessionPage, event: EventMeant) -> bool:
        changed = set_value(page, "languages_as_shown", event.languages_as_shown)
        rows = self.words.language_rows(event.languages)
        if {row.pk for row in rows} == {row.pk for row in page.languages.all()}:
            return changed
        page.languages.set(rows)
        return True

    def _participations(self, page: SessionPage, event: EventMeant, before: str) -> bool:
        """People as printed. A row that stays keeps its links, role and organisation.

        Rows that no import has made (`before` does not know their names) were added by editors.
        """
        rows = list(page.participations.all())
        left = list(rows)
        wanted = []
        for person in event.people:
            row = next((row for row in left if str(row) == person.name), None)
            if row is not None:
                left.remove(row)
            wanted.append(row or self._participation(person))
        imported = set(before.split())
        wanted += [row for row in left if before and fingerprint(str(row)) not in imported]
        if [id(row) for row in wanted] == [id(row) for row in rows]:
            return False
        for place, row in enumerate(wanted):
            row.sort_order = place
        page.participations.set(wanted)
        return True

    def _participation(self, person: PersonMeant) -> Participation:
        """A name as printed. The link to a record comes from an earlier import only."""
        known = {found.pk: found for key in person.keys if (found := self.people.get(key))}
        record = next(iter(known.values())) if len(known) == 1 else None
        return Participation(name_as_shown=person.name, person=record)

    def _times(self, page: SessionPage, times: dict[uuid.UUID, TimeMeant], before: Prints) -> bool:
        if not times:
            return False
        rows = {row.uid: row for row in page.occurrences.all()}
        changed = False
        for uid, time in times.items():
            row = rows.get(uid)
            if row is None:
                position = time.position
                if position is None and time.room:
                    position = self.order.get(time.room.name)
                row = rows[uid] = Occurrence(uid=uid, sort_order=len(rows), position=position)
                changed = True
            values = self._when(row, time, is_known=f"{TIME}{uid}" in before)
            if self._is_in_its_round(row, time):
                values = {name: values[name] for name in ("status", "room") if name in values}
            for name, value in values.items():
                changed |= set_value(row, name, value)
        if changed:
            page.occurrences.set(list(rows.values()))
        return changed

    def _is_in_its_round(self, row: Occurrence, time: TimeMeant) -> bool:
        """Whether the file's times are those the row has from its round already."""
        round_ = row.round_in(self.rounds)
        if round_ is None:
            return False
        known = row.times(round_)
        end = None if known.end_is_derived else known.end
        return (known.start, end) == (time.start, time.end)

    def _when(
        self, row: Occurrence | ScheduleItem, time: TimeMeant, *, is_known: bool
    ) -> dict[str, Any]:
        """Time and place. A calculated end stays where the file has none.

        The formats know no state. What comes back into the file takes place again.
        """
        values: dict[str, Any] = {"start": time.start}
        if time.end or not row.end_is_derived:
            values |= {"end": time.end, "end_is_derived": False}
        if is_known or not same_time(row, time, self.main_room):
            values["room"] = self.room(time.room)
        if not is_known and row.status == OccurrenceStatus.CANCELLED:
            values["status"] = OccurrenceStatus.CONFIRMED.value
        return values

    def room(self, room: RoomMeant | None) -> Room | None:
        """The stored room."""
        return self.rooms[room.name] if room else None

    def _documentation(
        self, page: SessionPage, wanted: WantedSession, columns: Collection[str]
    ) -> bool:
        """Links of the file; those that editors added are not the file's to change."""
        uids = {uuid.UUID(name.removeprefix(LINK)) for name in columns if name.startswith(LINK)}
        if not uids:
            return False
        rows = {row.uid: row for row in page.documentation.all()}
        known = {(row.url, row.availability) for row in rows.values()}
        changed = False
        for uid in uids - wanted.links.keys():
            changed |= rows.pop(uid, None) is not None
        for uid, link in wanted.links.items():
            if uid not in uids or (uid not in rows and (link.url, link.availability) in known):
                continue  # not changed; or an editor has brought it already
            row = rows.setdefault(uid, SessionDocumentation(uid=uid, sort_order=len(rows)))
            for name, value in self._item(link).items():
                changed |= set_value(row, name, value)
        if changed:
            page.documentation.set(list(rows.values()))
        return changed

    def _item(self, link: LinkMeant) -> dict[str, Any]:
        return {
            "kind": link.kind,
            "title": link.title,
            "url": link.url,
            "availability": link.availability,
            "licence_id": self.words.licence_pk(link.licence),
        }


def set_value(obj: Any, name: str, value: Any) -> bool:
    """Set one attribute; say whether it differed."""
    if getattr(obj, name) == value:
        return False
    setattr(obj, name, value)
    return True


def _description(page: SessionPage, wanted: WantedSession) -> bool:
    """The file's description is one block of the body; the blocks of editors stay around it."""
    key = str(uuid.uuid5(uuid.NAMESPACE_URL, f"{wanted.import_id} description"))
    text = wanted.event.description
    blocks = [dict(block) for block in page.body.raw_data]
    ours = next((block for block in blocks if block.get("id") == key), None)
    if (ours["value"] if ours else "") == text:
        return False
    if not text:
        blocks = [block for block in blocks if block is not ours]
    elif ours:
        ours["value"] = text
    elif any(block["type"] == "paragraph" and block["value"] == text for block in blocks):
        return False
    else:
        blocks.insert(0, {"type": "paragraph", "value": text, "id": key})
    page.body = json.dumps(blocks)  # a StreamField reads its stored form as text
    return True
