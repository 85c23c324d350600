"""Reads schedule.xml. A file may come from anywhere: no document type, no entities, no network.

Expat is driven by defusedxml, which refuses every DTD: that ends entity bombs and external
references. Depth and number of elements are limited here, before a tree can grow.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
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

MAX_DEPTH = 20
MAX_ELEMENTS = 300_000
_GROUPS = {"persons", "links", "attachments", "recording"}


@dataclass
class Node:
    """An element with its line. Names have lost their namespace."""

    name: str
    attributes: dict[str, str]
    line: int
    parts: list[str] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Text of the element itself, trimmed."""
        return "".join(self.parts).strip()

    def all(self, name: str) -> list[Node]:
        """Children with this name."""
        return [child for child in self.children if child.name == name]

    def first(self, name: str) -> Node | None:
        """The first child with this name."""
        return next((child for child in self.children if child.name == name), None)


class _Builder:
    """Receives elements from the parser."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.parser: Any = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins. Raises ScheduleRefusedError when there are too many."""
        self.count += 1
        if len(self.open) >= MAX_DEPTH:
            reason = _("The elements are nested deeper than %(depth)s levels.")
            raise ScheduleRefusedError.because(reason % {"depth": MAX_DEPTH})
        if self.count > MAX_ELEMENTS:
            reason = _("The file has more than %(number)s elements.")
            raise ScheduleRefusedError.because(reason % {"number": MAX_ELEMENTS})
        names = {_local(name): value for name, value in attributes.items()}
        node = Node(_local(tag), names, self.parser.parser.CurrentLineNumber)
        if self.open:
            self.open[-1].children.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self.open.pop()

    def data(self, text: str) -> None:
        """Text inside an element."""
        if self.open:
            self.open[-1].parts.append(text)


def read_xml(data: bytes, findings: Findings) -> RawSchedule:
    """Read the bytes of a schedule.xml.

    Raises ScheduleRefusedError for what is no XML, no schedule, or an attack.
    """
    root = _parse(data)
    if root.name != "schedule":
        reason = _("This is no schedule: the outermost element is <%(name)s>, not <schedule>.")
        raise ScheduleRefusedError.because(reason % {"name": root.name[:40]})
    conference = root.first("conference")
    if conference is None:
        raise ScheduleRefusedError.because(_("The file has no <conference>."))
    facts = {node.name: node.text for node in conference.children if node.text}
    version = root.first("version")
    generator = root.first("generator")
    schedule = RawSchedule(
        "XML",
        version.text if version else "",
        facts,
        generator.attributes.get("name", "") if generator else "",
    )
    for name in ("url", "base_url"):
        if (node := root.first(name)) and node.text:
            facts.setdefault(name, node.text)
    for day in root.all("day"):
        attributes = day.attributes
        schedule.days.append(
            RawDay(
                attributes.get("date", ""), attributes.get("start", ""), attributes.get("end", "")
            )
        )
        schedule.rooms.append([])
        for room in day.all("room"):
            name, guid = room.attributes.get("name", ""), room.attributes.get("guid", "")
            schedule.rooms[-1].append((name, guid))
            for node in room.all("event"):
                event = _event(node, findings)
                event.room, event.room_guid = event.fields.pop("room", "") or name, guid
                event.day = attributes.get("date", "")
                schedule.events.append(event)
    return schedule


def _parse(data: bytes) -> Node:
    builder = _Builder()
    builder.parser = parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException as error:
        reason = _(
            "The file declares a document type or entities. That is not needed and could do harm."
        )
        raise ScheduleRefusedError.because(reason) from error
    except (ParseError, ValueError, LookupError) as error:
        reason = _("The file is no well-formed XML: %(reason)s")
        raise ScheduleRefusedError.because(reason % {"reason": str(error)[:200]}) from error
    if builder.root is None:
        raise ScheduleRefusedError.because(_("The file is empty."))
    return builder.root


def _event(node: Node, findings: Findings) -> RawEvent:
    fields = dict(node.attributes)
    for child in node.children:
        if child.name in _GROUPS:
            continue
        if child.children:
            findings.left_out[child.name] += 1
        elif child.text or child.name not in fields:
            fields[child.name] = child.text
    for name in ("license", "optout", "url", "link"):
        recording = node.first("recording")
        part = recording.first(name) if recording else None
        if part and part.text:
            fields[f"recording_{name}"] = part.text
    key = fields.get("id") or fields.get("guid") or ""
    event = RawEvent(event_place(node.line, key, fields.get("title", "")), fields)
    for group in node.all("persons"):
        event.persons += [_person(child) for child in group.all("person")]
    event.links = _links(node, "links", "link")
    event.attachments = _links(node, "attachments", "attachment")
    return event


def _person(node: Node) -> RawPerson:
    names = ("guid", "id", "code")
    keys = tuple(node.attributes[name] for name in names if node.attributes.get(name))
    inner = node.first("public_name") or node.first("name")
    return RawPerson(inner.text if inner else node.text or node.attributes.get("name", ""), keys)


def _links(node: Node, group: str, name: str) -> list[RawLink]:
    found = []
    for child in [link for part in node.all(group) for link in part.all(name)]:
        url = child.attributes.get("href") or child.attributes.get("url") or ""
        text = child.text
        if not url and "://" in text:
            url, text = text, ""
        found.append(RawLink(url, text, child.attributes.get("type", "")))
    return found


def _local(name: str) -> str:
    return name.rsplit("}", 1)[-1]
