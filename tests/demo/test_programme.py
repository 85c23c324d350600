"""NexSM24 in the database, compared with the facts row by row."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import AnonymousUser

from conference import queries
from conference.models import (
    ConferencePage,
    Occurrence,
    Person,
    Round,
    ScheduleItem,
    SessionPage,
)
from knowledge.models import Organisation
from nexsm.demo.loader.conference import moment

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def conference(facts_loaded):
    return ConferencePage.objects.get(import_id="nexsm24")


@pytest.fixture
def shown(conference):
    return queries.programme(conference, AnonymousUser())


def clock(value):
    return value.astimezone(BERLIN).strftime("%H:%M") if value else None


def people_of(entry):
    people = entry.session.people if entry.kind == "session" else entry.people
    return [getattr(person, "full_name", person) for person in people]


def line_of(entry):
    line = entry.session.people_line if entry.kind == "session" else entry.people_line
    return line or ", ".join(people_of(entry)) or None


def title_of(entry):
    return (entry.session.title if entry.kind == "session" else entry.title) or None


def compare(entry, row):
    assert title_of(entry) == row["title"], row["key"]
    assert people_of(entry) == [speaker["name_as_printed"] for speaker in row["speakers"]]
    assert line_of(entry) == row["speakers_as_printed"]
    assert (entry.end, entry.end_is_derived, entry.room) == (None, False, None)


def test_fifteen_top_level_items_as_printed(facts, shown):
    entries = list(shown.entries())
    assert len(entries) == len(facts["programme"]) == 15
    for entry, row in zip(entries, facts["programme"], strict=True):
        assert clock(entry.start) == row["start"]
        if row["type"] == "workshop_round":
            assert (entry.kind, entry.title, entry.label) == (
                "round",
                row["title"],
                row["round_label_as_printed"],
            )
        else:
            compare(entry, row)


def test_formats_and_kinds_as_printed(facts, shown):
    for entry, row in zip(shown.entries(), facts["programme"], strict=True):
        if entry.kind == "session":
            assert entry.session.format == (row["type"] or "")
            assert entry.session.languages_as_shown == (row["languages_as_printed"] or "")
            languages = [language.code for language in entry.session.languages]
            assert sorted(languages) == sorted(row["languages"] or [])
            page = SessionPage.objects.get(pk=entry.session.page_id)
            assert page.format_label == (row["format_label"] or "")
        elif entry.kind == "item":
            assert entry.item_kind == row["type"]


def test_ten_offers_of_five_workshops_as_printed(facts, shown):
    rounds = [entry for entry in shown.entries() if entry.kind == "round"]
    rows = [row for row in facts["programme"] if row["type"] == "workshop_round"]
    offers = [
        (offer, parallel, row)
        for entry, row in zip(rounds, rows, strict=True)
        for offer, parallel in zip(entry.parallel, row["parallel_sessions"], strict=True)
    ]
    assert len(offers) == 10
    for offer, parallel, row in offers:
        compare(offer, parallel)
        assert offer.label == parallel["number_as_printed"]
        assert offer.position == parallel["position"]
        assert clock(offer.start) == row["start"]
        assert offer.session.format == "workshop"
    assert len({offer.session.id for offer, _parallel, _row in offers}) == 5
    assert len({offer.uid for offer, _parallel, _row in offers}) == 10
    labels = [[offer.label for offer in entry.parallel] for entry in rounds]
    assert labels == [["1.", "2.", "3.", "4.", "5."], ["4.", "5.", "6.", "4.", "5."]]


def test_the_database_holds_no_more_rows_than_the_source(conference):
    assert SessionPage.objects.child_of(conference).count() == 11
    assert Occurrence.objects.filter(session__path__startswith=conference.path).count() == 16
    assert Round.objects.filter(conference=conference).count() == 2
    assert ScheduleItem.objects.filter(conference=conference).count() == 7


def test_facts_of_the_conference(facts, conference):
    printed = facts["conference"]
    assert conference.title == printed["title"]
    assert conference.subtitle == printed["subtitle"]
    assert conference.hashtag == printed["hashtag"]
    assert conference.format_label == printed["format_label"]
    assert conference.date_start == date(2024, 6, 4)
    assert conference.time_text == printed["time"]["as_printed"]
    assert conference.venue_as_shown.splitlines() == printed["venue"]["as_printed"]
    assert conference.programme_heading == printed["programme_heading"]
    assert [conference.programme_note] == printed["programme_notes"]
    venue = conference.venue
    assert (venue.name, venue.street, venue.postal_code, venue.city) == tuple(
        printed["venue"][name] for name in ("name", "street", "postal_code", "city")
    )
    assert conference.room.name == printed["venue"]["room"]


def test_what_was_concluded_is_marked(conference):
    assert conference.timezone == "Europe/Berlin"
    assert conference.timezone_is_derived
    assert conference.venue.country_code == ""


def test_nothing_is_invented(conference):
    assert conference.funders.count() == 0
    assert conference.registration_url == conference.website == conference.languages_as_shown == ""
    assert conference.attendance_mode == ""
    assert conference.documentation.count() == 0
    assert not conference.is_example
    for session in SessionPage.objects.child_of(conference):
        assert session.abstract == session.results == session.subtitle == ""
        assert all(not row.affiliation_as_shown for row in session.participations.all())
        assert all(not row.role for row in session.participations.all())


def test_carrier_and_partner_are_named_as_the_source_says(facts, conference):
    project = facts["conference"]["project"]
    rows = [(row.role, row.name_as_shown) for row in conference.organisers.all()]
    assert rows == [
        ("carrier", project["carrier_as_printed"]),
        ("partner", project["cooperation_partner_as_printed"]),
    ]


def test_both_spellings_of_a_name_stay_and_nobody_is_merged(conference):
    sessions = SessionPage.objects.child_of(conference)
    names = {row.name_as_shown for page in sessions for row in page.participations.all()}
    assert "Taissyia Sutormina" in names
    assert "Taissiya Sutormina" not in names
    contacts = {row.name_as_shown for row in conference.contacts.all()}
    assert "Taissiya Sutormina" in contacts
    assert not Person.objects.exists()


def test_addresses_of_contacts_are_stored_and_not_shown(facts, conference):
    rows = list(conference.contacts.all())
    assert [row.email for row in rows] == [row["email"] for row in facts["contacts"]]
    assert [row.public_email for row in rows] == ["", "", ""]


def test_the_keynote_without_title_has_a_stand_in_only(conference):
    page = SessionPage.objects.get(import_id="nexsm24/s11")
    assert page.title_is_placeholder
    assert page.shown_title == ""
    person = page.participations.get()
    assert (person.prefix, person.name_as_shown) == ("MdB", "Hakan Demir")


def test_la_red_and_minor_say_what_the_facts_say(facts, facts_loaded):
    spellings = facts["conference"]["project"]["other_spellings"]
    for import_id, key in (("la-red", "La_Red"), ("minor", "Minor")):
        organisation = Organisation.objects.get(import_source="demo", import_id=import_id)
        assert {organisation.name, *organisation.other_names} == set(spellings[key])
        assert not organisation.is_example
        assert not organisation.website
        assert not organisation.contact_email
        assert organisation.founded is organisation.region is None
        assert organisation.topics.count() == organisation.languages_spoken.count() == 0


def test_times_are_those_of_berlin(facts):
    assert moment(facts, "09:30") == datetime(2024, 6, 4, 9, 30, tzinfo=BERLIN)
    assert moment(facts, "09:30").isoformat().endswith(facts["derived"]["utc_offset_on_date"])
    assert moment(facts, None) is None
