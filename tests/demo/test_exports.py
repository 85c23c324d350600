"""NexSM24 in every format."""

import json

import pytest
from icalendar import Calendar
from lxml import etree

from conference.models import ConferencePage
from tests.conference.schedule_schemas import json_events, problems_of_json, problems_of_xml


@pytest.fixture
def conference(facts_loaded):
    return ConferencePage.objects.get(import_id="nexsm24")


def get(client, conference, name):
    response = client.get(conference.get_url() + name)
    assert response.status_code == 200
    return response.content


def test_the_schedules_are_valid(client, conference):
    assert problems_of_xml(get(client, conference, "schedule.xml")) == []
    assert problems_of_json(get(client, conference, "schedule.json")) == []


def test_all_formats_say_the_same(client, conference):
    xml = etree.fromstring(get(client, conference, "schedule.xml"))
    document = json.loads(get(client, conference, "schedule.json"))
    calendar = Calendar.from_ical(get(client, conference, "programm.ics"))

    from_xml = {
        (event.get("guid"), event.findtext("title"), event.findtext("date"))
        for event in xml.iter("event")
    }
    from_json = {(event["guid"], event["title"], event["date"]) for event in json_events(document)}
    times = {(str(event["uid"]), event["dtstart"].dt.isoformat()) for event in calendar.events}

    assert len(from_xml) == 23
    assert from_json == from_xml
    assert times == {(guid, start) for guid, _title, start in from_xml}


def test_parallel_workshops_stand_side_by_side(client, conference):
    document = json.loads(get(client, conference, "schedule.json"))
    rooms = document["schedule"]["conference"]["days"][0]["rooms"]

    assert list(rooms) == ["Atrium", *(f"Parallel {number}" for number in range(1, 6))]
    assert all(
        [event["start"] for event in rooms[f"Parallel {n}"]] == ["12:00", "14:00"]
        for n in range(1, 6)
    )


def test_nobodys_address_is_given_away(client, conference, facts):
    addresses = [contact["email"].encode() for contact in facts["contacts"]]
    for name in ("programm.ics", "schedule.xml", "schedule.json"):
        content = get(client, conference, name)
        assert [address for address in addresses if address in content] == []
