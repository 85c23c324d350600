"""Reads schedule.json. Whatever stands where something else is expected is refused, not crashed on."""

from __future__ import annotations

import json
import re
from typing import Any

from django.utils.translation import gettext as _

from conference.services.schedule_import.findings import (
    Findings,
    ScheduleRefusedError,
    event_place,
)
from conference.services.schedule_import.raw import (
    RawDay,
    RawEvent,
    RawLink,
    RawPerson,
    RawSchedule,
)

_NO_CHARACTER = re.compile("[\0\ud800-\udfff]")
_GROUPS = {"persons", "links", "attachments", "recording"}


def read_json(data: bytes, findings: Findings) -> RawSchedule:
    """Read the bytes of a schedule.json (v1). Raises ScheduleRefusedError for anything else."""
    document = _mapping(_parse(data), _("the file"))
    if "schedule" not in document and "conference" not in document:
        raise ScheduleRefusedError.because(_("This is no schedule: there is no “schedule”."))
    schedule = _mapping(document.get("schedule", document), "schedule")
    conference = _mapping(schedule.get("conference"), "conference")
    facts = {name: text for name, value in conference.items() if (text := _text(value))}
    for name, value in _mapping(conference.get("meta") or {}, "meta").items():
        if text := _text(value):
            facts.setdefault(name, text)
    for name in ("url", "base_url"):
        if text := _text(schedule.get(name)):
            facts.setdefault(name, text)
    generator = document.get("generator")
    name = _text(generator.get("name")) if isinstance(generator, dict) else ""
    raw = RawSchedule("JSON", _text(schedule.get("version")), facts, name)
    guids = {}
    for room in _items(conference.get("rooms"), "rooms"):
        room = _mapping(room, "rooms")  # noqa: PLW2901 - the same, checked
        guids[_text(room.get("name"))] = _text(room.get("guid"))
    for day in _items(conference.get("days"), "days"):
        _day(_mapping(day, "days"), guids, raw, findings)
    return raw


def _parse(data: bytes) -> Any:
    try:
        text = data.decode(json.detect_encoding(data))
        return json.loads(text, object_pairs_hook=_unique)
    except RecursionError as error:
        reason = _("The values are nested too deeply.")
        raise ScheduleRefusedError.because(reason) from error
    except ValueError as error:
        reason = _("The file is no well-formed JSON: %(reason)s")
        raise ScheduleRefusedError.because(reason % {"reason": str(error)[:200]}) from error


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A name that stands twice would silently lose the first value: a whole room, for example."""
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _value in pairs]
        double = next(name for name in names if names.count(name) > 1)
        reason = _("“%(name)s” stands twice in the same place; one of the two would be lost.")
        raise ScheduleRefusedError.because(reason % {"name": double[:60]})
    return found


def _day(day: dict[str, Any], guids: dict[str, str], raw: RawSchedule, findings: Findings) -> None:
    date = _text(day.get("date"))
    start = _text(day.get("day_start") or day.get("start"))
    raw.days.append(RawDay(date, start, _text(day.get("day_end") or day.get("end"))))
    rooms = day.get("rooms") or {}
    if isinstance(rooms, list):  # an empty day of generators written in PHP
        rooms = dict.fromkeys(map(_text, rooms), ()) if not any(rooms) else _mapping(rooms, "rooms")
    raw.rooms.append([])
    for name, events in _mapping(rooms, "rooms").items():
        guid = guids.get(name, "")
        raw.rooms[-1].append((name, guid))
        for item in _items(events, name):
            event = _event(_mapping(item, name), findings)
            event.room, event.room_guid = event.fields.pop("room", "") or name, guid
            event.day = date
            raw.events.append(event)


def _event(item: dict[str, Any], findings: Findings) -> RawEvent:
    fields = {}
    for name, value in item.items():
        if name in _GROUPS:
            continue
        if isinstance(value, dict | list):
            findings.left_out[name] += bool(value)
        else:
            fields[name] = _text(value)
    fields["recording_optout"] = fields.pop("do_not_record", "")
    recording = item.get("recording")
    for name, value in recording.items() if isinstance(recording, dict) else ():
        fields[f"recording_{name}"] = _text(value)
    key = fields.get("id") or fields.get("guid") or ""
    event = RawEvent(event_place(None, key, fields.get("title", "")), fields)
    event.persons = [_person(person) for person in _items(item.get("persons"), "persons")]
    event.links = [_link(link) for link in _items(item.get("links"), "links")]
    event.attachments = [_link(link) for link in _items(item.get("attachments"), "attachments")]
    return event


def _person(value: Any) -> RawPerson:
    if not isinstance(value, dict):
        return RawPerson(_text(value))
    names = ("public_name", "name", "full_public_name", "display_name")
    name = next((text for key in names if (text := _text(value.get(key)))), "")
    keys = (_text(value.get(key)) for key in ("guid", "id", "code"))
    return RawPerson(name, tuple(key for key in keys if key))


def _link(value: Any) -> RawLink:
    if not isinstance(value, dict):
        return RawLink(_text(value))
    url = _text(value.get("url") or value.get("href"))
    title = _text(value.get("title") or value.get("name"))
    return RawLink(url, title, _text(value.get("type")))


def _text(value: Any) -> str:
    """A plain value as text; nothing for null and for what has parts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # JSON can escape NUL and half a pair of surrogates; no database takes them.
        return _NO_CHARACTER.sub("", value).strip()
    return str(value) if isinstance(value, int | float) else ""


def _mapping(value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        reason = _("“%(where)s” is not an object with names and values.")
        raise ScheduleRefusedError.because(reason % {"where": where[:60]})
    return value


def _items(value: Any, where: str) -> list[Any]:
    if value is None or value == {}:
        return []
    if not isinstance(value, list):
        reason = _("“%(where)s” is not a list.")
        raise ScheduleRefusedError.because(reason % {"where": where[:60]})
    return value
