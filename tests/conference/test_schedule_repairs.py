"""Odd files: what is read in spite of it, and the line of the report that says so."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from conference.models import Occurrence, Person, Room, ScheduleItem, SessionPage
from conference.services.schedule_import.meaning import merged
from tests.conference.schedule_files import (
    GUID,
    event,
    only_conference,
    repairs,
    run,
    schedule,
    session,
)
from tests.factories.conference import default_index

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def index(db):
    return default_index()


def start_of(title):
    return session(title).occurrences.get().start


@pytest.mark.parametrize(
    ("file", "counts"),
    [
        ("pretalx.xml", (2, 2, 4, 5, 0, 3)),
        ("wafer.xml", (2, 2, 4, 5, 1, 3)),
        ("fosdem.json", (2, 2, 5, 5, 0, 3)),
    ],
)
def test_example_files_have_exact_numbers(file, counts):
    report = run(file, publish=True)

    names = ("days", "rooms", "sessions", "occurrences", "items", "people")
    assert tuple(report.counts[name] for name in names) == counts
    assert SessionPage.objects.count() == counts[2]
    assert Occurrence.objects.count() == counts[3]
    assert ScheduleItem.objects.count() == counts[4]
    assert Room.objects.count() == counts[1]


def test_frab_and_wafer_dates_in_utc_become_local_times():
    run("wafer.xml", publish=True)

    assert start_of("Was uns stärkt") == datetime(2024, 11, 9, 9, tzinfo=UTC)
    assert only_conference().timezone == "Europe/Vienna"
    assert only_conference().acronym == "mut2024"


def test_one_guid_for_two_times_becomes_two_identities():
    told = repairs(run("wafer.xml", publish=True))

    guid = "7a3c2b10-5a5e-4a64-9c53-7f0a8a1b2c05"
    first, second = session("Erzählcafé").occurrences.order_by("start")
    assert str(first.uid) == guid != str(second.uid)
    assert any(f"guid {guid} stands several times" in line for line in told)


def test_a_break_in_each_room_is_one_break_for_all():
    run("wafer.xml", publish=True)

    item = ScheduleItem.objects.get()
    assert (item.kind, item.title, item.spans_all) == ("break", "Kaffee", True)


def test_fosdem_names_a_house_and_a_subtitle():
    run("fosdem.json", publish=True)

    conference = only_conference()
    assert str(conference.venue) == "Haus der Vielen, Zürich"
    assert conference.subtitle.startswith("Ein erfundenes Beispiel")
    assert set(conference.venue.rooms.values_list("name", flat=True)) == {"Aula", "Werkbank"}


def test_the_night_in_which_the_clocks_go_forward_is_as_long_as_it_is():
    run("fosdem.json", publish=True)

    row = session("Lange Nacht der Reparatur").occurrences.get()
    assert row.start == datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    assert row.end - row.start == timedelta(minutes=90)


def test_a_wrong_offset_after_the_change_of_clocks_is_converted_and_told():
    told = repairs(run("fosdem.json", publish=True))

    assert start_of("Abschluss") == datetime(2026, 3, 29, 9, tzinfo=UTC)
    assert (
        "session abschluss “Abschluss”: date 2026-03-29T10:00:00+01:00 is 11:00 in Europe/Zurich, "
        "start says 10:00 → date counts"
    ) in told


@pytest.mark.parametrize(
    ("language", "codes", "shown"),
    [
        ("de", ["de"], ""),
        ("de-DE", ["de"], ""),
        ("de-formal", ["de"], ""),
        ("DE/EN", ["de", "en"], ""),
        ("de, en", ["de", "en"], ""),
        ("Deutsch", ["de"], ""),
        ("", [], ""),
        ("de und Klingonisch", ["de"], "de und Klingonisch"),
    ],
)
def test_languages(language, codes, shown):
    run(schedule(event(1, language=language)), publish=True)

    page = session("Vortrag 1")
    assert sorted(row.code for row in page.languages.all()) == codes
    assert page.languages_as_shown == shown


@pytest.mark.parametrize(
    ("type_", "format_", "label"),
    [
        ("Keynote", "keynote", ""),
        ("Vortrag", "talk", ""),
        ("lecture", "talk", "lecture"),
        ("podium", "panel", "podium"),
        ("Lesung am Feuer", "", "Lesung am Feuer"),
        ("", "", ""),
    ],
)
def test_formats(type_, format_, label):
    run(schedule(event(1, type=type_)), publish=True)

    assert (session("Vortrag 1").format, session("Vortrag 1").format_label) == (format_, label)


def test_people_come_in_many_shapes():
    persons = [
        {"name": "Amal Beispiel"},
        {"id": 4, "public_name": "Bogdan Beispiel"},
        {"id": 5, "guid": GUID.format(9), "name": "Ceren Beispiel", "public_name": "Ceren B."},
        {"id": 6, "guid": GUID.format(8)},
        "Dilan Beispiel",
        None,
    ]
    told = repairs(run(json_schedule(persons=persons), publish=True))

    names = [row.name_as_shown for row in session("Vortrag").participations.order_by("sort_order")]
    assert names == ["Amal Beispiel", "Bogdan Beispiel", "Ceren B.", "Dilan Beispiel"]
    assert told == ["session 1 “Vortrag”: a person without a name → left out"] * 2
    assert not Person.objects.exists()


def json_schedule(**fields):
    item = {"id": 1, "guid": GUID.format(1), "date": "2025-05-16T10:00:00+02:00", "start": "10:00"}
    item |= {"duration": "01:00", "title": "Vortrag", "room": "Saal", **fields}
    days = [{"date": "2025-05-16", "rooms": {"Saal": [item]}}]
    conference = {"title": "Probe", "acronym": "probe", "days": days}
    conference |= {"start": "2025-05-16", "end": "2025-05-16"}
    conference["time_zone_name"] = "Europe/Berlin"
    return json.dumps({"schedule": {"conference": conference}}).encode()


def test_texts_are_cleaned_and_what_is_taken_out_is_told():
    html = (
        '<p onclick="x()">Hallo <b>Welt</b> <a href="javascript:x()">hier</a></p><iframe src="x">'
    )
    told = repairs(run(json_schedule(abstract=html, title="A &amp; B\u202e"), publish=True))

    page = session("A & B")
    assert page.abstract == "<p>Hallo <b>Welt</b> <a>hier</a></p>"
    where = "session 1 “A &amp; B”: "
    assert told == [
        where + "control characters in “title” → removed",
        where + "signs written as HTML in “title” → read as A & B",
        where + "HTML in “abstract” that is not allowed here → removed: iframe, javascript:, on…=",
    ]


def test_plain_text_keeps_its_signs_and_paragraphs():
    run(json_schedule(abstract="3 < 4 und <Name>\n\nzweiter Absatz"), publish=True)

    assert session("Vortrag").abstract == "<p>3 &lt; 4 und &lt;Name&gt;</p><p>zweiter Absatz</p>"


def test_links_lead_to_the_web_or_nowhere():
    links = [
        {"url": "https://example.org/a", "title": "A", "type": "paper"},
        {"url": "https://example.org/a", "title": "noch einmal"},
        {"url": "data:text/html,x", "title": "B"},
        {"url": "/c.pdf", "title": "C"},
        {"url": "http://[", "title": "D"},
    ]
    told = repairs(run(json_schedule(links=links, recording_license="CC-BY-4.0"), publish=True))

    rows = [(row.kind, row.url, row.title) for row in session("Vortrag").documentation.all()]
    assert rows == [("paper", "https://example.org/a", "A")]
    assert [line.partition("” is not")[0].rpartition("“")[2] for line in told] == [
        "data:text/html,x",
        "/c.pdf",
        "http://[",
    ]


def test_a_recording_has_its_licence():
    recording = {"url": "https://media.example.org/1.mp4", "license": "CC-BY-4.0", "optout": False}
    run(json_schedule(recording=recording), publish=True)

    row = session("Vortrag").documentation.get()
    assert (row.kind, row.url, row.licence.code) == (
        "recording",
        "https://media.example.org/1.mp4",
        "CC-BY-4.0",
    )


def test_the_same_id_with_another_title_is_another_session():
    file = schedule(event(1), event(2, id=1, guid=GUID.format(1)))
    told = repairs(run(file, publish=True))

    assert SessionPage.objects.count() == 2
    assert len(set(Occurrence.objects.values_list("uid", flat=True))) == 2
    assert any("the titles differ: taken as a session of its own" in line for line in told)


def test_sessions_with_the_same_title_alone_stay_two():
    run(schedule(event(1, title="Blitzvorträge"), event(2, title="Blitzvorträge")), publish=True)

    slugs = SessionPage.objects.order_by("path").values_list("slug", flat=True)
    assert list(slugs) == ["blitzvortraege", "blitzvortraege-2"]


def test_an_event_without_any_key_is_known_by_its_title():
    file = schedule(event(1, id=None, guid=None))
    told = repairs(run(file, publish=True))

    assert any("neither id nor guid nor address" in line for line in told)
    assert run(file, publish=True).outcome.unchanged == 1


def test_a_session_without_a_title_says_so():
    run(schedule(event(1, title="", type="Workshop")), publish=True)

    page = SessionPage.objects.get()
    assert page.title_is_placeholder
    assert page.shown_title == ""


def test_pseudo_rooms_of_our_exports_are_no_rooms():
    run(schedule(event(1, room="Parallel 3")), publish=True)

    row = session("Vortrag 1").occurrences.get()
    assert (row.room, row.position) == (None, 3)


def test_names_without_a_place_here_are_counted():
    report = run(json_schedule(answers=[{"q": 1}], feedback_url="https://example.org/f", logo=None))

    assert report.left_out == {"answers": 1, "feedback_url": 1}


@pytest.mark.parametrize(
    ("days", "order"),
    [
        (["ABC"], "ABC"),
        (["BC", "AB"], "ABC"),
        (["AC", "BC", "AB"], "ABC"),
        (["AB", "BA"], "AB"),
        (["AB", "CD"], "ABCD"),
        ([], ""),
    ],
)
def test_rooms_stand_in_the_order_of_all_days(days, order):
    assert "".join(merged([list(day) for day in days])) == order
