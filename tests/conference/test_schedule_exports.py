"""schedule.xml and schedule.json: valid, complete, and the same again after an import."""

import datetime as dt
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import etree

from conference.models import (
    ConferencePage,
    Occurrence,
    Participation,
    Round,
    ScheduleItem,
    SessionDocumentation,
)
from knowledge.models import Language, Licence
from tests.conference.schedule_schemas import json_events, problems_of_json, problems_of_xml
from tests.factories.base import DocumentFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
    publish,
)

pytestmark = pytest.mark.django_db


def get(client, conference, name):
    response = client.get(conference.get_url() + name)
    assert response.status_code == 200
    return response.content


def valid_xml(client, conference):
    content = get(client, conference, "schedule.xml")
    assert problems_of_xml(content) == []
    return etree.fromstring(content)


def valid_json(client, conference):
    content = get(client, conference, "schedule.json")
    assert problems_of_json(content) == []
    return json.loads(content)


def places(document):
    """Title, room and start of every event."""
    return [(event["title"], event["room"], event["start"]) for event in json_events(document)]


def conference_of(*sessions, **values):
    values.setdefault("slug", "tagung24")
    conference = publish(ConferencePageFactory(**values))
    for session in sessions:
        publish(SessionPageFactory(parent=conference, **session))
    return ConferencePage.objects.get(pk=conference.pk)


def full_conference():
    """Something in every field."""
    venue = VenueFactory(name="Rathaus", city="Berlin")
    hall, cellar = RoomFactory(name="Saal", venue=venue), RoomFactory(name="Keller", venue=venue)
    person = PersonFactory(name="Amina Beispiel", has_consented=True)
    licence = Licence.objects.first()
    conference = conference_of(
        {
            "title": "Beratung & Recht",
            "subtitle": "Für alle",
            "format": "workshop",
            "track": "Praxis",
            "abstract": "<p>Erstens.</p><ul><li>eins</li><li>zwei</li></ul>",
            "occurrences": [
                Occurrence(start=at("10:00"), end=at("11:30"), room=hall),
                Occurrence(start=at("14:00"), end=at("15:30"), room=cellar),
            ],
            "participations": [
                Participation(name_as_shown="Amina Beispiel", person=person),
                Participation(name_as_shown="Jo", prefix="Dr."),
            ],
            "documentation": [
                SessionDocumentation(kind="slides", document=DocumentFactory()),
                SessionDocumentation(kind="paper", url="https://example.org/p", title="Aufsatz"),
                SessionDocumentation(
                    kind="recording", url="https://video.example.org/1", licence=licence
                ),
                SessionDocumentation(kind="slides", url="https://example.org/x", is_public=False),
            ],
        },
        {"title": "Ohne Zeit"},
        {"title": "Abgesagt", "occurrences": [Occurrence(start=at("16:00"), status="cancelled")]},
        venue=venue,
        room=hall,
        date_end=dt.date(2024, 6, 5),
        schedule_items=[ScheduleItem(kind="break", start=at("12:00"), end=at("13:00"))],
    )
    session = conference.get_children().first().specific
    session.languages.set(Language.objects.filter(code__in=["de", "en"]))
    publish(session)
    return conference


def test_a_full_programme_is_valid(client):
    conference = full_conference()

    xml, document = valid_xml(client, conference), valid_json(client, conference)

    assert [day.get("date") for day in xml.iter("day")] == ["2024-06-04", "2024-06-05"]
    assert [(event.findtext("title"), event.findtext("start")) for event in xml.iter("event")] == [
        ("Beratung & Recht", "10:00"),
        ("Pause", "12:00"),
        ("Beratung & Recht", "14:00"),
    ]
    event = next(json_events(document))
    assert event["language"] == "de, en"
    assert event["abstract"] == "Erstens.\n\n- eins\n- zwei"
    assert (event["type"], event["track"], event["duration"]) == ("workshop", "Praxis", "01:30")
    assert [person["name"] for person in event["persons"]] == ["Amina Beispiel", "Dr. Jo"]
    assert ["url" in person for person in event["persons"]] == [True, False]
    assert [link["type"] for link in event["links"]] == ["paper", "media"]
    assert [link["type"] for link in event["attachments"]] == ["slides"]
    recording = next(xml.iter("recording"))
    assert recording.findtext("url") == "https://video.example.org/1"
    assert recording.findtext("license") == Licence.objects.first().code
    assert b"example.org/x" not in get(client, conference, "schedule.xml")


def test_every_optional_element_is_there_even_when_empty(client):
    conference = conference_of({"occurrences": [Occurrence(start=at("10:00"))]})

    event = next(valid_xml(client, conference).iter("event"))

    assert [child.tag for child in event] == [
        *("room", "title", "subtitle", "type", "date", "start", "duration", "abstract", "slug"),
        *("track", "logo", "language", "description", "url"),
        *("persons", "recording", "links", "attachments"),
    ]
    assert event.findtext("duration") == "00:00"


def test_nothing_known_is_valid_too(client):
    conference = conference_of(
        {
            "title": "Keynote (N. N.)",
            "title_is_placeholder": True,
            "occurrences": [Occurrence(start=at("10:00")), Occurrence()],
        },
        date_start=None,
        schedule_items=[ScheduleItem(kind="other", start=at("10:00")), ScheduleItem()],
        slug="x",
    )

    document = valid_json(client, conference)

    titles = {event["title"] for event in json_events(document)}
    assert titles == {"Anderes", "Keynote (N. N.)"}
    assert len(list(valid_xml(client, conference).iter("event"))) == 2


def test_without_any_date_there_is_no_schedule(client):
    conference = conference_of(date_start=None)

    assert client.get(conference.get_url() + "schedule.xml").status_code == 404


def test_what_runs_side_by_side_without_rooms_gets_columns_by_position(client):
    round_ = Round(start=at("12:00"), end=at("13:00"))
    main = RoomFactory(name="Atrium")
    conference = publish(
        ConferencePageFactory(slug="tagung24", rounds=[round_], room=main, venue=main.venue)
    )
    for title, position in (("B", 2), ("A", 1), ("C", 3)):
        occurrence = Occurrence(round_uid=round_.uid, position=position)
        publish(SessionPageFactory(parent=conference, title=title, occurrences=[occurrence]))
    late = Occurrence(start=at("12:30"))
    publish(SessionPageFactory(parent=conference, title="Spät", occurrences=[late]))
    alone = Occurrence(start=at("15:00"))
    publish(SessionPageFactory(parent=conference, title="Plenum", occurrences=[alone]))

    document = valid_json(client, conference)

    assert places(document) == [
        ("Plenum", "Atrium", "15:00"),
        ("A", "Parallel 1", "12:00"),
        ("B", "Parallel 2", "12:00"),
        ("C", "Parallel 3", "12:00"),
        ("Spät", "Parallel 4", "12:30"),
    ]
    [room] = document["schedule"]["conference"]["rooms"]
    assert room == {"name": "Atrium", "guid": str(main.public_id)}


def test_hostile_texts_stay_texts(client):
    title = 'A "B" <b>&amp;</b></script>]]>\x07\r\nC'
    conference = conference_of(
        {"title": title, "occurrences": [Occurrence(start=at("10:00"))]}, title=title
    )

    xml, document = valid_xml(client, conference), valid_json(client, conference)

    expected = 'A "B" <b>&amp;</b></script>]]> C'
    assert next(xml.iter("event")).findtext("title") == expected
    assert next(json_events(document))["title"] == expected


@pytest.mark.parametrize("zone", ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"])
@pytest.mark.parametrize(("day", "length"), [("2026-03-29", "01:00"), ("2026-10-25", "03:00")])
def test_durations_in_nights_in_which_the_clock_changes(client, zone, day, length):
    from zoneinfo import ZoneInfo

    def clock(text):
        return dt.datetime.fromisoformat(f"{day}T{text}").replace(tzinfo=ZoneInfo(zone))

    first = dt.date.fromisoformat(day) - dt.timedelta(days=1)
    midnight = Occurrence(start=clock("23:30") - dt.timedelta(days=1), end=clock("00:30"))
    conference = conference_of(
        {"occurrences": [midnight, Occurrence(start=clock("01:30"), end=clock("03:30"))]},
        timezone=zone,
        date_start=first,
    )

    events = list(json_events(valid_json(client, conference)))

    assert [(event["start"], event["duration"]) for event in events] == [
        ("23:30", "01:00"),
        ("01:30", length),
    ]
    valid_xml(client, conference)


def test_the_same_programme_gives_the_same_version(client):
    conference = full_conference()
    before = valid_json(client, conference)["schedule"]["version"]
    assert valid_json(client, conference)["schedule"]["version"] == before

    session = conference.get_children().first().specific
    session.subtitle = "Neu"
    publish(session)

    assert valid_json(client, conference)["schedule"]["version"] != before


def test_queries_do_not_grow_with_the_programme(client):
    def programme_of(number, slug):
        venue = VenueFactory()
        return conference_of(
            *(
                {
                    "occurrences": [Occurrence(start=at("10:00"), room=RoomFactory(venue=venue))],
                    "participations": [Participation(name_as_shown="A")],
                    "documentation": [SessionDocumentation(document=DocumentFactory())],
                }
                for _ in range(number)
            ),
            slug=slug,
            venue=venue,
        )

    def count(conference):
        with CaptureQueriesContext(connection) as captured:
            get(client, conference, "schedule.xml")
        return len(captured)

    small, large = programme_of(1, "klein"), programme_of(6, "gross")
    count(small)  # what is asked once in a process

    assert count(large) == count(small)
