"""Calendars: what stands in them, and that the same programme gives the same bytes."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings

from conference.models import Occurrence, Participation, Round, ScheduleItem
from knowledge.models import Language
from tests.conference.calendars import events, fetch, lines, read
from tests.factories.conference import (
    BERLIN,
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
    publish,
)

pytestmark = pytest.mark.django_db


def only(found):
    [event] = found.values()
    return event


def conference_of(*occurrences, title="Netzwerken", people=(), **values):
    conference = publish(ConferencePageFactory(**values))
    session = SessionPageFactory(
        parent=conference,
        title=title,
        occurrences=list(occurrences),
        participations=list(people),
    )
    publish(session)
    return conference


def test_an_entry_says_what_when_where_and_who(client):
    venue = VenueFactory(
        name="Haus der Kulturen", street="Lange Str. 1", postal_code="10115", city="Berlin"
    )
    conference = publish(ConferencePageFactory(venue=venue))
    session = SessionPageFactory(
        parent=conference,
        title="Netzwerken; aber wie, bitte?",
        format="workshop",
        track="Praxis",
        abstract="<p>Erstens.</p><ul><li>eins</li><li>zwei</li></ul>",
        occurrences=[
            Occurrence(
                start=at("10:00"), end=at("11:30"), room=RoomFactory(name="Saal 1", venue=venue)
            )
        ],
        participations=[
            Participation(
                prefix="Dr.",
                name_as_shown="Amina Beispiel",
                affiliation_as_shown="Verein e.V.",
                role_as_shown="Moderation",
            )
        ],
    )
    session.languages.set([Language.objects.get(code="de")])
    publish(session)

    event = only(events(client, conference))

    assert str(event["summary"]) == "Netzwerken; aber wie, bitte?"
    assert event["dtstart"].dt == at("10:00")
    assert event["dtstart"].params["TZID"] == "Europe/Berlin"
    assert event["dtend"].dt == at("11:30")
    assert str(event["location"]) == "Saal 1, Haus der Kulturen, Lange Str. 1, 10115 Berlin"
    assert event["categories"].cats == ["Workshop", "Praxis"]
    assert str(event["status"]) == "CONFIRMED"
    assert str(event["related-to"]) == str(conference.public_id)
    uid = session.occurrences.get().uid
    url = f"http://localhost:8000{session.get_url()}#o-{uid}"
    assert str(event["url"]) == url
    assert str(event["description"]).split("\n\n") == [
        "Moderation: Dr. Amina Beispiel (Verein e.V.)",
        "Sprachen: Deutsch",
        "Erstens.",
        "- eins\n- zwei",
        url,
    ]
    assert {"organizer", "attendee", "duration"}.isdisjoint(name.lower() for name in event)


def test_the_calendar_names_itself_and_is_no_invitation(client):
    calendar = read(client, conference_of(Occurrence(start=at("10:00")), title="Tagung"))

    assert str(calendar["version"]) == "2.0"
    assert "method" not in calendar
    assert str(calendar["name"]) == str(calendar["x-wr-calname"])
    assert calendar["refresh-interval"].params["VALUE"] == "DURATION"
    assert calendar["refresh-interval"].dt == dt.timedelta(hours=6)
    assert [str(zone["tzid"]) for zone in calendar.timezones] == ["Europe/Berlin"]


def test_what_is_not_known_is_left_out_and_said(client):
    conference = conference_of(
        Occurrence(start=at("10:00")),
        Occurrence(start=at("12:00"), end=at("13:00"), end_is_derived=True),
        Occurrence(),
        venue_as_shown="Altes Rathaus\nBerlin",
    )

    calendar = read(client, conference)
    first, second = calendar.events

    assert "dtend" not in first
    assert "Ende offen." in str(first["description"])
    assert str(first["location"]) == "Altes Rathaus, Berlin"
    assert second["dtend"].dt == at("13:00")
    assert "Das Ende ist errechnet" in str(second["description"])
    assert str(calendar["description"]).endswith(": 1.")


def test_an_entry_without_title_has_its_kind_as_summary(client):
    conference = publish(
        ConferencePageFactory(
            schedule_items=[ScheduleItem(kind="break", start=at("12:00"), people=["Küchenteam"])]
        )
    )

    event = only(events(client, conference))

    assert str(event["summary"]) == "Pause"
    assert "Küchenteam" in str(event["description"])


def test_addresses_are_written_as_every_program_reads_them(client):
    conference = conference_of(Occurrence(start=at("12:00")))
    session = conference.get_children().get()
    session.slug = "größe"
    session.save(update_fields=["slug"])

    address = str(only(events(client, conference))["url"])

    assert "/gr%C3%B6%C3%9Fe/#o-" in address
    assert client.get(address.removeprefix(settings.BASE_URL)).status_code == 200


def test_a_repeated_session_counts_its_times_and_has_one_calendar(client):
    conference = conference_of(
        Occurrence(start=at("14:00")), Occurrence(start=at("12:00")), title="Beratung"
    )
    session = conference.get_children().get().specific

    found = read(client, session, "termine.ics").events

    assert {str(event["summary"]): event["dtstart"].dt for event in found} == {
        "Beratung (1. Termin)": at("12:00"),
        "Beratung (2. Termin)": at("14:00"),
    }
    assert {str(event["uid"]) for event in found} == {
        str(row.uid) for row in session.occurrences.all()
    }


def test_days_rounds_and_single_entries_have_calendars_of_the_same_entries(client):
    round_ = Round(title_as_shown="I. Runde", start=at("12:00"))
    conference = publish(ConferencePageFactory(rounds=[round_], date_end=dt.date(2024, 6, 5)))
    next_day = at("09:00", dt.date(2024, 6, 5))
    in_round = publish(
        SessionPageFactory(parent=conference, occurrences=[Occurrence(round_uid=round_.uid)])
    ).occurrences.get()
    late = publish(
        SessionPageFactory(parent=conference, occurrences=[Occurrence(start=next_day)])
    ).occurrences.get()

    whole = events(client, conference)
    by_day = events(client, conference, "2024-06-04.ics")
    by_round = events(client, conference, f"runde/{round_.uid}.ics")
    alone = events(client, conference, f"termin/{late.uid}.ics")

    assert set(whole) == {str(in_round.uid), str(late.uid)}
    assert set(by_day) == set(by_round) == {str(in_round.uid)}
    assert by_day[str(in_round.uid)].to_ical() == whole[str(in_round.uid)].to_ical()
    assert alone[str(late.uid)].to_ical() == whole[str(late.uid)].to_ical()


def test_the_calendar_follows_the_filters_of_the_page(client):
    conference = conference_of(Occurrence(start=at("10:00")), title="Deutsch")
    english = SessionPageFactory(
        parent=conference, title="Englisch", occurrences=[Occurrence(start=at("11:00"))]
    )
    english.languages.set([Language.objects.get(code="en")])
    publish(english)

    found = events(client, conference, "programm.ics?language=en")

    assert [str(event["summary"]) for event in found.values()] == ["Englisch"]


def test_the_conference_alone_is_one_entry_over_its_days(client):
    conference = conference_of(Occurrence(start=at("10:00")), date_end=dt.date(2024, 6, 6))

    event = only(events(client, conference, "programm.ics?nur-konferenz"))

    assert event["dtstart"].dt == dt.date(2024, 6, 4)
    assert event["dtend"].dt == dt.date(2024, 6, 7)
    assert str(event["uid"]) == str(conference.public_id)


def test_both_languages_share_the_entries(client):
    conference = conference_of(Occurrence(start=at("10:00")))
    english = client.get(conference.get_url().replace("/de/", "/en/") + "programm.ics")

    assert only(events(client, conference))["uid"].encode() in english.content


def test_an_empty_programme_is_still_a_calendar(client):
    calendar = read(client, publish(ConferencePageFactory()))

    assert calendar.events == []
    assert len(calendar.timezones) == 1


def test_the_same_programme_gives_the_same_bytes_and_304(client):
    conference = conference_of(Occurrence(start=at("10:00")))

    first = fetch(client, conference, "programm.ics")
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(days=3)):
        later = fetch(client, conference, "programm.ics")
        unchanged = fetch(client, conference, "programm.ics", if_none_match=first["ETag"])

    assert later.content == first.content
    assert unchanged.status_code == 304
    assert unchanged.content == b""
    assert first["Last-Modified"] == later["Last-Modified"]
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in first


def test_lines_have_at_most_75_octets_and_no_letter_is_cut(client):
    words = "Unterstützungsnetzwerke für Migrant*innenorganisationen 🧑🏽‍🤝‍🧑🏿 شبكات الدعم " * 6
    content = fetch(
        client, conference_of(Occurrence(start=at("10:00")), title=words[:250]), "programm.ics"
    ).content

    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in lines(content):
        assert len(line) <= 75
        line.decode()
    unfolded = content.replace(b"\r\n ", b"").decode()
    assert f"SUMMARY:{words[:250].strip()}" in unfolded


def test_hostile_titles_stay_text(client):
    title = 'A;B,C\\D "E"\r\nBEGIN:VEVENT\x07\x00</script>]]>'
    conference = conference_of(Occurrence(start=at("10:00")), title=title.replace("\x00", ""))

    event = only(events(client, conference))

    assert str(event["summary"]) == 'A;B,C\\D "E" BEGIN:VEVENT</script>]]>'


@pytest.mark.parametrize("name", ["Europe/Berlin", "Europe/Vienna", "Europe/Zurich"])
@pytest.mark.parametrize("day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_nights_in_which_the_clock_changes(client, name, day):
    zone = ZoneInfo(name)
    night = dt.datetime.combine(day - dt.timedelta(days=1), dt.time(23, 30), tzinfo=zone)
    end = dt.datetime.combine(day, dt.time(0, 30), tzinfo=zone)
    before = dt.datetime.combine(day, dt.time(1, 30), tzinfo=zone)
    after = dt.datetime.combine(day, dt.time(3, 30), tzinfo=zone)
    conference = conference_of(
        Occurrence(start=night, end=end),
        Occurrence(start=before, end=after),
        timezone=name,
        date_start=day - dt.timedelta(days=1),
    )

    calendar = read(client, conference)

    assert [str(timezone["tzid"]) for timezone in calendar.timezones] == [name]
    times = [(event["dtstart"].dt, event["dtend"].dt) for event in calendar.events]
    assert [(one.timestamp(), two.timestamp()) for one, two in times] == [
        (night.timestamp(), end.timestamp()),
        (before.timestamp(), after.timestamp()),
    ]
    hours = (after.timestamp() - before.timestamp()) / 3600
    assert hours == (1 if day.month == 3 else 3)
    # The rules in the file say the same as the zone, for programs that know no zones.
    rules = calendar.timezones[0].to_tz()
    local = dt.datetime.combine(day, dt.time(12), tzinfo=rules)
    assert local.utcoffset() == dt.datetime.combine(day, dt.time(12), tzinfo=zone).utcoffset()


def test_the_second_of_two_equal_hours_is_written_in_utc(client):
    first = dt.datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    second = first.replace(fold=1)
    conference = conference_of(Occurrence(start=first), Occurrence(start=second))

    content = fetch(client, conference, "programm.ics").content

    assert b"DTSTART;TZID=Europe/Berlin:20261025T023000\r\n" in content
    assert b"DTSTART:20261025T013000Z\r\n" in content


def test_queries_do_not_grow_with_the_programme(client, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count(conference):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(client, conference)
        return len(captured)

    def programme_of(number):
        venue = VenueFactory()
        rows = [Occurrence(start=at("10:00"), room=RoomFactory(venue=venue)) for _ in range(number)]
        return conference_of(
            *rows, people=[Participation(name_as_shown="A") for _ in rows], venue=venue
        )

    small, large = programme_of(1), programme_of(12)
    count(small)  # what is asked once in a process

    assert count(large) == count(small)


def test_a_calendar_of_an_unknown_entry_is_not_there(client):
    conference = conference_of(Occurrence(start=at("10:00")))

    assert fetch(client, conference, f"termin/{uuid.uuid4()}.ics").status_code == 404
