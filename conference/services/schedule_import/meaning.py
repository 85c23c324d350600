"""From the texts of a file to sessions with times, without a look at what is stored."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from conference.enums import Availability, DocumentationKind, ScheduleItemKind
from conference.services.schedule_import.facts import change_of_day, conference_facts
from conference.services.schedule_import.findings import Findings
from conference.services.schedule_import.grouping import items_of, sessions_of
from conference.services.schedule_import.meant import (
    EventMeant,
    LinkMeant,
    PersonMeant,
    RoomMeant,
    ScheduleMeant,
    TimeMeant,
    as_uuid,
)
from conference.services.schedule_import.moments import read_duration
from conference.services.schedule_import.raw import RawEvent, RawSchedule
from conference.services.schedule_import.texts import Texts
from conference.services.schedule_import.words import Words, link_kind
from conference.services.schedule_import.zones import Clock, Trust, Zone

OURS = "NexSM"
MAX_PEOPLE = 100
MAX_LINKS = 100
LONGEST_NUMBER = 9
# Our own exports put sessions without a room side by side, because apps need a room for each.
_PSEUDO_ROOM = re.compile(r"Parallel (\d{1,3})")
_READ = {
    *("id", "guid", "code", "url", "title", "subtitle", "type", "date", "start", "duration"),
    *("abstract", "description", "track", "language", "room", "slug", "end"),
    *("recording_license", "recording_optout", "recording_url", "recording_link"),
}
_TRUE = {"true", "1", "yes"}


def understand(
    raw: RawSchedule, zone: Zone, words: Words, findings: Findings, *, trust: Trust = ""
) -> ScheduleMeant:
    """Understand a file. Repairs and problems are noted in `findings`.

    Raises ScheduleRefusedError when the file contradicts itself so often that nobody can know what
    it means.
    """
    clock = Clock(zone.zone, change_of_day(raw), trust, findings)
    reader = _Reader(raw, clock, words, findings)
    events = [reader.read(event) for event in raw.events]
    clock.refuse_if_zones_are_mixed_up()
    for name, times in reader.unread.items():
        findings.left_out[name] += times
    facts = conference_facts(raw, zone, findings)
    return ScheduleMeant(
        version=raw.version,
        conference=facts,
        sessions=sessions_of([event for event in events if not event.item_kind], findings),
        items=items_of([event for event in events if event.item_kind], findings),
        rooms=reader.rooms_in_order(),
    )


class _Reader:
    """Reads events one by one and remembers the rooms."""

    def __init__(self, raw: RawSchedule, clock: Clock, words: Words, findings: Findings) -> None:
        self.clock = clock
        self.words = words
        self.findings = findings
        # Our own exports are plain text and mark what has no page of its own.
        self.is_ours = raw.generator == OURS
        self.base = raw.conference.get("base_url") or raw.conference.get("url") or ""
        self.rooms: dict[str, RoomMeant] = {}
        self.unread: dict[str, int] = {}
        self._guids: dict[str, str] = {}
        self._orders = [
            [room.name for name, guid in rooms if (room := self._room(name, guid))]
            for rooms in raw.rooms
        ]

    def read(self, event: RawEvent) -> EventMeant:
        """Understand one event."""
        texts = Texts(event.place, self.findings, are_plain=self.is_ours)
        fields = event.fields
        for name in fields.keys() - _READ:
            self.unread[name] = self.unread.get(name, 0) + bool(fields[name])
        room, position = self._place(event)
        title = texts.line(fields.get("title", ""), "title", 255)
        type_ = texts.line(fields.get("type", ""), "type", 120)
        format_, label = self.words.format(type_)
        codes, shown = self._languages(event)
        people = self._people(event, texts)
        abstract = texts.rich(fields.get("abstract", ""), "abstract")
        description = texts.rich(fields.get("description", ""), "description")
        links = self._links(event, texts)
        # What has texts, people or documents needs a page.
        needs_a_page = bool(abstract or description or links or people)
        kind = self._item_kind(fields, type_, needs_a_page=needs_a_page)
        start = self.clock.start_of(event)
        return EventMeant(
            place=event.place,
            id=fields.get("id", "")[:60],
            guid=fields.get("guid", "").strip(),
            code=fields.get("code", "")[:60],
            url=fields.get("url", "").partition("#")[0],
            title=title,
            subtitle=texts.line(fields.get("subtitle", ""), "subtitle", 300),
            format=format_,
            format_label=label,
            item_kind=kind,
            track=texts.line(fields.get("track", ""), "track", 120),
            languages=tuple(codes),
            languages_as_shown=shown,
            abstract=abstract,
            description=description,
            people=people,
            links=tuple(links),
            time=TimeMeant(
                place=event.place,
                guid=fields.get("guid", "").strip(),
                key=fields.get("guid") or fields.get("id") or "",
                start=start,
                end=self._end(event, start),
                room=room,
                position=position,
                number=_number(fields.get("id", "")),
            ),
        )

    def rooms_in_order(self) -> list[RoomMeant]:
        """All rooms; those that only events name come last."""
        return [self.rooms[name] for name in dict.fromkeys([*merged(self._orders), *self.rooms])]

    def _item_kind(self, fields: dict[str, str], type_: str, *, needs_a_page: bool) -> str:
        """The kind of an entry without a page; empty for a session."""
        if self.is_ours:
            has_no_page = fields.get("url", "").endswith(f"#o-{fields.get('guid')}")
            kinds = ScheduleItemKind.values
            return (
                (type_ if type_ in kinds else ScheduleItemKind.OTHER.value) if has_no_page else ""
            )
        return "" if needs_a_page else self.words.item_kind(type_)

    def _end(self, event: RawEvent, start: datetime | None) -> datetime | None:
        text = event.fields.get("duration", "").strip()
        found = read_duration(text) if text else None
        if text and found is None:
            what = _("duration “%(text)s” cannot be read") % {"text": text[:40]}
            self.findings.repaired(event.place, what, _("the end is left open"))
        if found is None or start is None:
            return None
        length, is_proper = found
        if not length:
            return None
        if not is_proper:
            what = _("duration “%(text)s”") % {"text": text[:40]}
            minutes = int(length.total_seconds() // 60)
            how = _("read as %(minutes)s minutes") % {"minutes": minutes}
            self.findings.repaired(event.place, what, how)
        # Along the time line and not along the clock: a night with a change of clocks is longer.
        return datetime.fromtimestamp(
            start.timestamp() + length.total_seconds(), tz=self.clock.zone
        )

    def _place(self, event: RawEvent) -> tuple[RoomMeant | None, int | None]:
        if match := _PSEUDO_ROOM.fullmatch(event.room.strip()):
            return None, int(match[1])
        return self._room(event.room, event.room_guid), None

    def _room(self, name: str, guid: str) -> RoomMeant | None:
        """Rooms are told apart by name; a guid that two names share belongs to the first."""
        name = Texts(_("room %(name)s") % {"name": name[:40]}, self.findings).line(
            name, "room", 100
        )
        if not name or _PSEUDO_ROOM.fullmatch(name):
            return None
        if name not in self.rooms:
            known = str(as_uuid(guid) or "")
            if known and self._guids.setdefault(known, name) != name:
                what = _("the guid %(guid)s belongs to the room “%(other)s” as well")
                values = {"guid": known, "other": self._guids[known]}
                place = _("room %(name)s") % {"name": name}
                self.findings.repaired(place, what % values, _("the name decides"))
                known = ""
            self.rooms[name] = RoomMeant(name, known)
        return self.rooms[name]

    def _languages(self, event: RawEvent) -> tuple[list[str], str]:
        text = event.fields.get("language", "").strip()
        codes, unknown = self.words.languages(text)
        if not unknown:
            return codes, ""
        what = _("unknown language “%(text)s”") % {"text": ", ".join(unknown)[:60]}
        self.findings.repaired(event.place, what, _("kept as it is printed"))
        return codes, text[:60]

    def _people(self, event: RawEvent, texts: Texts) -> tuple[PersonMeant, ...]:
        people = []
        for person in event.persons[:MAX_PEOPLE]:
            name = texts.line(person.name, "person", 200)
            if name:
                people.append(PersonMeant(name, tuple(key[:100] for key in person.keys)))
            else:
                self.findings.repaired(event.place, _("a person without a name"), _("left out"))
        if len(event.persons) > MAX_PEOPLE:
            what = _("%(number)s people") % {"number": len(event.persons)}
            how = _("the first %(number)s are taken") % {"number": MAX_PEOPLE}
            self.findings.repaired(event.place, what, how)
        return tuple(people)

    def _links(self, event: RawEvent, texts: Texts) -> list[LinkMeant]:
        found = self._recording(event, texts)
        for link in (*event.links, *event.attachments)[:MAX_LINKS]:
            url = texts.address(link.url, self.base, "link")
            if url and url not in {item.url for item in found}:
                title = texts.line(link.title, "link", 255)
                found.append(LinkMeant(link_kind(link.kind), title, url))
        return found

    def _recording(self, event: RawEvent, texts: Texts) -> list[LinkMeant]:
        fields, kind = event.fields, DocumentationKind.RECORDING.value
        licence = self.words.licence(fields.get("recording_license", ""))
        urls = {fields.get("recording_url", ""), fields.get("recording_link", "")} - {""}
        found = [
            LinkMeant(kind, "", url, licence)
            for text in sorted(urls)
            if (url := texts.address(text, self.base, "recording"))
        ]
        if fields.get("recording_license") and not (found and licence):
            self.unread["recording license"] = self.unread.get("recording license", 0) + 1
        if not found and fields.get("recording_optout", "").lower() in _TRUE:
            found.append(LinkMeant(kind, "", "", availability=Availability.NONE.value))
        return found


def merged(orders: list[list[str]]) -> list[str]:
    """One order of all names that agrees with that of each day, as far as they agree.

    A day lists only the rooms in use: "B, C" on the first and "A, B" on the second mean "A, B, C".
    """
    names = list(dict.fromkeys(name for order in orders for name in order))
    before: dict[str, set[str]] = {name: set() for name in names}
    for order in orders:
        for first, second in pairwise(order):
            before[second].add(first)
    found: list[str] = []
    while names:
        # Where days contradict each other, the name that came first goes first.
        free = (name for name in names if not before[name] & set(names) - {name})
        name = next(free, names[0])
        names.remove(name)
        found.append(name)
    return found


def _number(text: str) -> int | None:
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
    return number or None
