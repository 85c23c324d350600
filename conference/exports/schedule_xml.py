"""schedule.xml, valid against the XSDs of c3voc (new and old) and of wafer.

Only what all of them allow is written: no `url` and no `track` list at the top, no attributes of
links and persons but `href` and `id`. Every optional element of an event is written, also when it is
empty: programs that read these files fail where one is missing.
"""

from __future__ import annotations

from xml.etree import ElementTree as ET

from conference.exports.schedule import Schedule, ScheduleDay
from conference.exports.schedule_events import Recording, ScheduleEvent

GENERATOR = "NexSM"
# The schemas ask for a grid; times here are free, so it is the finest that makes sense.
TIMESLOT = "00:05"


def schedule_xml(schedule: Schedule) -> bytes:
    """Return the file in UTF-8."""
    root = ET.Element("schedule")
    ET.SubElement(root, "generator", {"name": GENERATOR})
    _text(root, "version", schedule.version)
    conference = ET.SubElement(root, "conference")
    _text(conference, "title", schedule.title)
    _text(conference, "acronym", schedule.acronym)
    _text(conference, "start", schedule.first.isoformat())
    _text(conference, "end", schedule.last.isoformat())
    _text(conference, "days", str(len(schedule.days)))
    _text(conference, "timeslot_duration", TIMESLOT)
    _text(conference, "base_url", schedule.url)
    _text(conference, "time_zone_name", schedule.zone)
    for day in schedule.days:
        _day(root, day)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _day(root: ET.Element, day: ScheduleDay) -> None:
    element = ET.SubElement(
        root,
        "day",
        {
            "index": str(day.index),
            "date": day.date.isoformat(),
            "start": day.start.isoformat(),
            "end": day.end.isoformat(),
        },
    )
    for room in day.rooms:
        attributes = {"name": room.name} | ({"guid": str(room.guid)} if room.guid else {})
        place = ET.SubElement(element, "room", attributes)
        for event in room.events:
            _event(place, event)


def _event(room: ET.Element, event: ScheduleEvent) -> None:
    element = ET.SubElement(room, "event", {"id": str(event.id), "guid": str(event.guid)})
    for name, text in (
        ("room", event.room),
        ("title", event.title),
        ("subtitle", event.subtitle),
        ("type", event.type),
        ("date", event.start.isoformat()),
        ("start", event.start.strftime("%H:%M")),
        ("duration", event.duration),
        ("abstract", event.abstract),
        ("slug", event.slug),
        ("track", event.track),
        ("logo", ""),
        ("language", event.language),
        ("description", event.description),
        ("url", event.url),
    ):
        _text(element, name, text)
    persons = ET.SubElement(element, "persons")
    for person in event.persons:
        ET.SubElement(persons, "person", {"id": str(person.number)}).text = person.name
    _recording(element, event.recording)
    links = ET.SubElement(element, "links")
    for link in event.links:
        # The address of the recording stands there, with its licence.
        if link.url != event.recording.url:
            ET.SubElement(links, "link", {"href": link.url}).text = link.title
    attachments = ET.SubElement(element, "attachments")
    for link in event.attachments:
        if link.url != event.recording.url:
            ET.SubElement(attachments, "attachment", {"href": link.url}).text = link.title


def _recording(event: ET.Element, recording: Recording) -> None:
    element = ET.SubElement(event, "recording")
    _text(element, "license", recording.licence)
    _text(element, "optout", "true" if recording.is_refused else "false")
    if recording.url:
        _text(element, "url", recording.url)


def _text(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, name).text = text
