"""schedule.json (version 1), valid against the schema of c3voc."""

from __future__ import annotations

import json
from typing import Any

from conference.exports.schedule import Schedule, ScheduleDay
from conference.exports.schedule_events import ScheduleEvent, ScheduleLink, SchedulePerson
from conference.exports.schedule_xml import GENERATOR, TIMESLOT

SCHEMA = "https://c3voc.de/schedule/schema.json"


def schedule_json(schedule: Schedule) -> bytes:
    """Return the file in UTF-8."""
    document = {
        "$schema": SCHEMA,
        "generator": {"name": GENERATOR},
        "schedule": {
            "version": schedule.version,
            "base_url": schedule.url,
            "conference": _conference(schedule),
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def _conference(schedule: Schedule) -> dict[str, Any]:
    # The schema allows further names only in `meta`.
    meta = {"subtitle": schedule.subtitle, "venue": schedule.venue, "city": schedule.city}
    return {
        "acronym": schedule.acronym,
        "title": schedule.title,
        "start": schedule.first.isoformat(),
        "end": schedule.last.isoformat(),
        "daysCount": len(schedule.days),
        "timeslot_duration": TIMESLOT,
        "time_zone_name": schedule.zone,
        "url": schedule.url,
        "rooms": [{"name": name, "guid": str(guid)} for name, guid in schedule.rooms().items()],
        "meta": {name: text for name, text in meta.items() if text},
        "days": [_day(day) for day in schedule.days],
    }


def _day(day: ScheduleDay) -> dict[str, Any]:
    return {
        "index": day.index,
        "date": day.date.isoformat(),
        "day_start": day.start.isoformat(),
        "day_end": day.end.isoformat(),
        "rooms": {room.name: [_event(event) for event in room.events] for room in day.rooms},
    }


def _event(event: ScheduleEvent) -> dict[str, Any]:
    end = {"end": event.end.isoformat()} if event.end else {}
    return {
        "id": event.id,
        "guid": str(event.guid),
        "slug": event.slug,
        "logo": "",
        "date": event.start.isoformat(),
        "start": event.start.strftime("%H:%M"),
        **end,
        "duration": event.duration,
        "room": event.room,
        "url": event.url,
        "title": event.title,
        "subtitle": event.subtitle,
        "track": event.track,
        "type": event.type,
        "language": event.language,
        "abstract": event.abstract,
        "description": event.description,
        "do_not_record": event.recording.is_refused,
        "persons": [_person(person) for person in event.persons],
        "links": [_link(link) for link in event.links],
        "attachments": [_link(link) for link in event.attachments],
    }


def _person(person: SchedulePerson) -> dict[str, Any]:
    """`public_name` beside `name` would be refused by the schema's `oneOf`."""
    url = {"url": person.url} if person.url else {}
    return {"name": person.name, "guid": str(person.guid), **url}


def _link(link: ScheduleLink) -> dict[str, Any]:
    return {"url": link.url, "title": link.title, "type": link.type}
