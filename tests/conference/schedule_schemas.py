"""The schemas of schedule.xml and schedule.json, and what they cannot say: what must be unique."""

import json
from collections import Counter
from functools import cache
from pathlib import Path

import jsonschema
from lxml import etree

from tests.real_services import missing

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "schemas" / "schedule"
XSDS = (
    "voc-schedule.xml.xsd",
    "voc-schedule-without-person.xml.xsd",
    "wafer-frab.xml.xsd",
)


def schema_file(name):
    path = FOLDER / name
    if not path.exists():
        missing(f"the schemas are not beside the project: {path}")
    return path


@cache
def xsd(name):
    return etree.XMLSchema(etree.parse(str(schema_file(name))))


@cache
def json_validator():
    schema = json.loads(schema_file("voc-schedule.schema.json").read_text())
    return jsonschema.Draft6Validator(
        schema, format_checker=jsonschema.Draft6Validator.FORMAT_CHECKER
    )


def problems_of_xml(content):
    """What the XSDs say against it, by schema."""
    document = etree.fromstring(content)
    found = []
    for name in XSDS:
        schema = xsd(name)
        schema.validate(document)
        found += [f"{name}: {error.message}" for error in schema.error_log]
    return found + doubles(xml_keys(document))


def problems_of_json(content):
    """What the schema says against it."""
    document = json.loads(content)
    errors = json_validator().iter_errors(document)
    found = [f"{'/'.join(map(str, error.path))}: {error.message}" for error in errors]
    return found + doubles(json_keys(document))


def doubles(keys):
    return [f"{key} stands {times} times" for key, times in Counter(keys).items() if times > 1]


def xml_keys(document):
    for event in document.iter("event"):
        for name in ("id", "guid"):
            yield name, event.get(name)
        yield "slug", event.findtext("slug")


def json_keys(document):
    for event in json_events(document):
        for name in ("id", "guid", "slug"):
            yield name, event[name]


def json_events(document):
    for day in document["schedule"]["conference"]["days"]:
        for events in day["rooms"].values():
            yield from events
