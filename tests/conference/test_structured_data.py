"""Data for search engines: one Event for each time, nothing made up, nothing that runs."""

import datetime as dt
import json

import pytest
from bs4 import BeautifulSoup

from conference.models import (
    Funder,
    Occurrence,
    Organiser,
    Participation,
    SessionDocumentation,
    SessionPage,
)
from knowledge.models import Language, Licence
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
    publish,
)

pytestmark = pytest.mark.django_db
HOST = "http://localhost:8000"


def data_of(client, page):
    response = client.get(page.get_url())
    assert response.status_code == 200
    blocks = BeautifulSoup(response.content, "html.parser").find_all(
        "script", type="application/ld+json"
    )
    return [json.loads(block.string) for block in blocks]


def test_a_conference_says_what_is_known(client):
    venue = VenueFactory(name="Rathaus", street="Markt 1", postal_code="10115", city="Berlin")
    conference = ConferencePageFactory(
        title="Tagung",
        hashtag="#Tagung24",
        introduction="Worum es geht.",
        date_end=dt.date(2024, 6, 5),
        attendance_mode="mixed",
        venue=venue,
        organisers=[
            Organiser(name_as_shown="Verein e.V.", role="organiser"),
            Organiser(name_as_shown="Partner", role="partner"),
        ],
        funders=[Funder(name_as_shown="Stiftung")],
    )
    session = SessionPageFactory(parent=conference, occurrences=[Occurrence(start=at("10:00"))])
    url = HOST + conference.get_url()

    [data] = data_of(client, conference)

    uid = session.occurrences.get().uid
    assert data == {
        "@context": "https://schema.org",
        "@type": ["Event", "ConferenceEvent"],
        "@id": f"{url}#conference",
        "url": url,
        "name": "Tagung",
        "alternateName": "#Tagung24",
        "description": "Worum es geht.",
        "startDate": "2024-06-04",
        "endDate": "2024-06-05",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/MixedEventAttendanceMode",
        "location": [
            {
                "@type": "Place",
                "name": "Rathaus",
                "address": {
                    "@type": "PostalAddress",
                    "streetAddress": "Markt 1",
                    "postalCode": "10115",
                    "addressLocality": "Berlin",
                },
            },
            {"@type": "VirtualLocation", "url": url},
        ],
        "organizer": {"@type": "Organization", "name": "Verein e.V."},
        "funder": {"@type": "Organization", "name": "Stiftung"},
        "subEvent": [{"@id": f"{HOST}{session.get_url()}#o-{uid}"}],
    }


def test_what_is_not_known_is_not_there(client):
    conference = ConferencePageFactory(date_start=None)
    session = SessionPageFactory(parent=conference, occurrences=[Occurrence()])

    [data] = data_of(client, conference)

    assert set(data) == {"@context", "@type", "@id", "url", "name", "eventStatus"}
    assert data_of(client, session) == []


ADDRESS = {"@type": "PostalAddress", "addressLocality": "Berlin"}


def test_each_time_of_a_session_is_an_event(client):
    venue = VenueFactory(name="Rathaus", city="Berlin")
    conference = ConferencePageFactory(title="Tagung", venue=venue)
    room = RoomFactory(name="Saal", venue=venue)
    session = SessionPageFactory(
        parent=conference,
        title="Beratung",
        occurrences=[
            Occurrence(start=at("12:00"), end=at("13:00"), room=room),
            Occurrence(start=at("14:00"), end=at("15:00"), end_is_derived=True, status="cancelled"),
        ],
        participations=[
            Participation(name_as_shown="Amina", affiliation_as_shown="Verein"),
            Participation(name_as_shown="Jo", role="moderator"),
        ],
    )

    [data] = data_of(client, session)
    first, second = data["@graph"]

    assert (first["startDate"], first["endDate"]) == (
        "2024-06-04T12:00:00+02:00",
        "2024-06-04T13:00:00+02:00",
    )
    assert first["location"] == {
        "@type": "Place",
        "name": "Saal",
        "containedInPlace": {"@type": "Place", "name": "Rathaus", "address": ADDRESS},
        "address": ADDRESS,
    }
    assert first["performer"] == {
        "@type": "Person",
        "name": "Amina",
        "affiliation": {"@type": "Organization", "name": "Verein"},
    }
    assert first["contributor"] == {"@type": "Person", "name": "Jo"}
    assert first["superEvent"]["@id"] == f"{HOST}{conference.get_url()}#conference"
    assert "endDate" not in second
    assert second["eventStatus"] == "https://schema.org/EventCancelled"
    assert len({event["@id"] for event in data["@graph"]}) == 2


def test_what_stays_of_a_session_is_named_with_its_licence(client):
    licence = Licence.objects.exclude(url="").first()
    recording = SessionDocumentation(
        kind="recording",
        url="https://video.example.org/1",
        date=dt.date(2024, 6, 10),
        duration_seconds=3725,
        language=Language.objects.get(code="de"),
    )
    slides = SessionDocumentation(
        kind="slides", url="https://example.org/folien", title="Folien", licence=licence
    )
    hidden = SessionDocumentation(kind="paper", url="https://example.org/x", is_public=False)
    session = SessionPageFactory(
        occurrences=[Occurrence(start=at("12:00"))], documentation=[recording, slides, hidden]
    )

    [data] = data_of(client, session)
    [event] = data["@graph"]

    assert event["recordedIn"] == {
        "@type": "VideoObject",
        "name": "Videoaufzeichnung",
        "uploadDate": "2024-06-10",
        "duration": "PT1H2M5S",
        "url": "https://video.example.org/1",
        "inLanguage": "de",
    }
    assert event["workFeatured"] == {
        "@type": "PresentationDigitalDocument",
        "name": "Folien",
        "url": "https://example.org/folien",
        "license": licence.url,
    }


def test_a_moved_session_names_its_earlier_start(client):
    conference = publish(ConferencePageFactory())
    session = publish(
        SessionPageFactory(parent=conference, occurrences=[Occurrence(start=at("12:00"))])
    )
    page = SessionPage.objects.get(pk=session.pk)
    row = page.occurrences.get()
    row.start = at("12:30")
    page.occurrences.set([row])
    publish(page)

    [data] = data_of(client, session)
    [event] = data["@graph"]

    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert event["previousStartDate"] == "2024-06-04T12:00:00+02:00"


def test_a_hostile_title_ends_no_element(client):
    title = 'A "B" </script><script>alert(1)</script><!-- & \u2028 C'
    session = SessionPageFactory(title=title, occurrences=[Occurrence(start=at("10:00"))])

    [data] = data_of(client, session)

    assert data["@graph"][0]["name"] == 'A "B" </script><script>alert(1)</script><!-- & C'
    assert b"<script>alert" not in client.get(session.get_url()).content
