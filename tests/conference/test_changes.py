"""The public list of changes and its feed."""

import datetime as dt

import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from conference.models import Occurrence, SessionPage
from tests.factories.base import language_locale
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    at,
    publish,
)

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
MAY, JUNE = dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC), dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)


@pytest.fixture
def session():
    with time_machine.travel(MAY, tick=False):
        return publish(
            SessionPageFactory(
                parent=publish(ConferencePageFactory()),
                title="Beratung",
                occurrences=[Occurrence(start=at("12:00"), end=at("13:00"))],
            )
        )


def conference_of(session):
    return session.get_parent().specific


def change(session, when=JUNE, **values):
    with time_machine.travel(when, tick=False):
        page = SessionPage.objects.get(pk=session.pk)
        row = page.occurrences.get()
        for name, value in values.items():
            setattr(row, name, value)
        page.occurrences.set([row])
        return publish(page)


def text_of(client, conference):
    from bs4 import BeautifulSoup

    response = client.get(conference.get_url() + "aenderungen/")
    assert response.status_code == 200
    main = BeautifulSoup(response.content, "html.parser").find("main")
    return " ".join(main.get_text(" ").split())


def entries(client, conference):
    response = client.get(conference.get_url() + "aenderungen.atom")
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = fromstring(response.content)
    return [
        (entry.findtext(f"{ATOM}title"), entry.findtext(f"{ATOM}summary"))
        for entry in root.iter(f"{ATOM}entry")
    ]


def test_what_was_there_from_the_beginning_is_no_change(client, session):
    text = text_of(client, conference_of(session))

    assert "Veröffentlicht am 1. Mai 2024 mit einem Eintrag." in text
    assert "Seitdem hat sich nichts geändert." in text
    assert entries(client, conference_of(session)) == []


def test_moved_other_room_cancelled_restored_and_new_are_told(client, session):
    conference = conference_of(session)
    room = RoomFactory(name="Saal 2")
    change(session, start=at("12:15"))
    change(session, JUNE + dt.timedelta(hours=1), end=at("13:30"))
    change(session, JUNE + dt.timedelta(hours=2), room=room)
    change(session, JUNE + dt.timedelta(hours=3), status="cancelled")
    change(session, JUNE + dt.timedelta(hours=4), status="confirmed")
    with time_machine.travel(JUNE + dt.timedelta(days=1), tick=False):
        publish(
            SessionPageFactory(
                parent=conference, title="Später", occurrences=[Occurrence(start=at("15:00"))]
            )
        )

    assert entries(client, conference) == [
        ("Neu: Später", "04.06.2024 15:00"),
        ("Findet wieder statt: Beratung", "04.06.2024 12:15"),
        ("Abgesagt: Beratung", "04.06.2024 12:15"),
        ("Anderer Raum: Beratung", "04.06.2024 12:15; Raum: noch nicht bekannt → Saal 2"),
        ("Verschoben: Beratung", "04.06.2024 12:15; Ende: 13:00 → 13:30"),
        ("Verschoben: Beratung", "04.06.2024 12:00 → 04.06.2024 12:15"),
    ]
    text = text_of(client, conference)
    assert "vorher: 04.06.2024 12:00 → jetzt: 04.06.2024 12:15" in text
    assert text.index("Später") < text.index("Saal 2")


def test_a_deleted_entry_is_told_without_a_link(client, session):
    conference = conference_of(session)
    session.unpublish()

    assert [title for title, _summary in entries(client, conference)] == ["Abgesagt: Beratung"]
    response = client.get(conference.get_url() + "aenderungen/")
    assert session.get_url().encode() not in response.content


def test_what_is_hidden_is_not_told(client, session):
    conference = conference_of(session)
    change(session, start=at("12:15"))
    PageViewRestriction.objects.create(
        page=session, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )

    assert entries(client, conference) == []
    assert "Beratung" not in text_of(client, conference)
    calendar = client.get(conference.get_url() + "programm.ics")
    assert b"Beratung" not in calendar.content


@pytest.mark.parametrize("way", ["unpublish", "delete"])
def test_what_was_hidden_leaves_no_trace(client, session, way):
    conference = conference_of(session)
    PageViewRestriction.objects.create(
        page=session, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )

    getattr(session, way)()

    assert "Beratung" not in text_of(client, conference)
    assert b"Beratung" not in client.get(conference.get_url() + "programm.ics").content


def test_times_are_those_of_the_conference(client):
    with time_machine.travel(MAY, tick=False):
        session = publish(
            SessionPageFactory(
                parent=publish(ConferencePageFactory(timezone="Asia/Tokyo")),
                occurrences=[Occurrence(start=at("12:00"))],
            )
        )
    change(session, start=at("13:00"))

    [(_title, summary)] = entries(client, conference_of(session))

    assert summary == "04.06.2024 19:00 → 04.06.2024 20:00"


def test_hostile_titles_are_text_in_list_and_feed(client, session):
    session.title = 'A <b>"B"</b></script>]]>'
    publish(session)
    change(session, start=at("12:15"))
    conference = conference_of(session)

    assert [title for title, _summary in entries(client, conference)] == [
        'Verschoben: A <b>"B"</b></script>]]>'
    ]
    assert "</script>]]>" in text_of(client, conference)


def test_the_feed_is_the_same_until_something_changes(client, session):
    url = conference_of(session).get_url() + "aenderungen.atom"
    first = client.get(url)
    assert client.get(url, headers={"if-none-match": first["ETag"]}).status_code == 304

    change(session, start=at("12:15"))

    later = client.get(url, headers={"if-none-match": first["ETag"]})
    assert later.status_code == 200
    assert "Set-Cookie" not in later
    root = fromstring(later.content)
    ids = [entry.findtext(f"{ATOM}id") for entry in root.iter(f"{ATOM}entry")]
    assert all(text.startswith("urn:uuid:") for text in ids)
    assert root.findtext(f"{ATOM}updated") == "2024-06-01T12:00:00+00:00"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "NexSM"


def test_the_switch_of_languages_stays_on_the_list(client, session):
    conference = conference_of(session)
    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    publish(english)

    response = client.get(conference.get_url() + "aenderungen/")

    assert f'href="{english.get_url()}aenderungen/"'.encode() in response.content


def test_queries_do_not_grow_with_the_changes(client, session):
    conference = conference_of(session)

    def count():
        with CaptureQueriesContext(connection) as captured:
            client.get(conference.get_url() + "aenderungen/")
        return len(captured)

    change(session, start=at("12:15"))
    count()
    few = count()
    for minute in range(16, 22):
        change(session, start=at(f"12:{minute}"))

    assert count() == few
