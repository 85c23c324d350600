"""A programme cut into slots and columns, what is on now, and what runs beside a session."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser

from conference.models import Occurrence, Participation, Round, ScheduleItem
from conference.queries import programme, programme_layout
from conference.queries.layout import running_and_next
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
    publish,
)
from tests.factories.knowledge import LanguageFactory

pytestmark = pytest.mark.django_db


def layout(conference, now=None):
    return programme_layout(programme(conference, AnonymousUser()), now)


def titles(cells):
    return [
        cell.entry.title if cell.entry.kind == "item" else cell.entry.session.heading
        for cell in cells
    ]


def session(conference, title, *times, **values):
    return SessionPageFactory(parent=conference, title=title, occurrences=list(times), **values)


@pytest.fixture
def in_rooms():
    """A day in two rooms of a house, entered out of order."""
    venue = VenueFactory()
    small = RoomFactory(name="Klein", venue=venue, sort_order=1)
    large = RoomFactory(name="Groß", venue=venue, sort_order=0)
    conference = ConferencePageFactory(
        schedule_items=[
            ScheduleItem(title="Pause", start=at("11:00"), end=at("11:30")),
            ScheduleItem(title="Infostand", start=at("10:00"), room=small, spans_all=False),
        ]
    )
    session(conference, "K1", Occurrence(start=at("10:00"), end=at("11:00"), room=small))
    session(conference, "G1", Occurrence(start=at("10:00"), end=at("11:00"), room=large))
    session(conference, "Plenum", Occurrence(start=at("12:00"), end=at("13:00"), room=large))
    session(conference, "G2", Occurrence(start=at("14:00"), end=at("16:00"), room=large))
    session(conference, "K2", Occurrence(start=at("15:00"), end=at("16:00"), room=small))
    return conference


def test_rooms_are_columns_and_lines_stand_in_their_order(in_rooms):
    (day,) = layout(in_rooms)

    assert [room.name for room in day.rooms] == ["Groß", "Klein"]
    first = day.slots[0]
    assert titles(first.cells)[0] == "G1"
    assert set(titles(first.cells)[1:]) == {"K1", "Infostand"}
    assert [cell.column for cell in first.cells] == [1, 2, 2]


def test_breaks_and_what_nothing_runs_beside_go_over_all_columns(in_rooms):
    (day,) = layout(in_rooms)

    spans = {titles([cell])[0]: cell.spans for slot in day.slots for cell in slot.cells}
    assert spans == {
        "G1": False, "K1": False, "Infostand": False,
        "Pause": True, "Plenum": True, "G2": False, "K2": False,
    }  # fmt: skip


def test_on_a_day_with_rounds_positions_are_columns_whatever_the_rooms():
    round_ = Round(title_as_shown="Runde", start=at("12:00"))
    conference = ConferencePageFactory(rounds=[round_])
    for position in (2, 1):
        room = RoomFactory()
        time = Occurrence(round_uid=round_.uid, position=position, room=room)
        session(conference, f"W{position}", time)

    (day,) = layout(conference)

    assert day.rooms == ()
    (slot,) = day.slots
    assert titles(slot.cells) == ["W1", "W2"]
    assert slot.columns == "2"
    assert not any(cell.spans for cell in slot.cells)


@pytest.mark.parametrize(("number", "columns"), [(8, "8"), (9, "many")])
def test_more_rooms_than_can_be_read_wrap_in_their_order(number, columns):
    venue = VenueFactory()
    rooms = [
        RoomFactory(name=f"R{place}", venue=venue, sort_order=number - place)
        for place in range(number)
    ]
    conference = ConferencePageFactory()
    for room in rooms:
        time = Occurrence(start=at("10:00"), end=at("12:00"), room=room)
        session(conference, f"In {room.name}", time)
    late = Occurrence(start=at("11:00"), end=at("12:00"), room=rooms[-1])
    session(conference, "Später", late)

    (day,) = layout(conference)

    assert day.columns == day.slots[0].columns == columns
    assert day.has_heads is (number == 8)
    cells = day.slots[0].cells
    assert [cell.entry.room.name for cell in cells] == [room.name for room in reversed(rooms)]
    assert [cell.column for cell in cells] == list(range(1, number + 1))
    # Beside each other they reach down; where they wrap, there is nothing to reach over.
    assert {cell.rows for cell in cells} == ({1, 2} if day.has_heads else {1})


def test_what_is_long_reaches_over_what_begins_meanwhile():
    venue = VenueFactory()
    hall, workshop, kitchen = (
        RoomFactory(name=name, venue=venue, sort_order=place)
        for place, name in enumerate(("Saal", "Werkstatt", "Küche"))
    )
    conference = ConferencePageFactory(
        schedule_items=[
            ScheduleItem(title="Pause", start=at("12:00"), end=at("13:00")),
            ScheduleItem(
                title="Infostand", start=at("13:00"), room=hall, spans_all=False, position=1
            ),
        ]
    )

    def given(title, room, start, end=None):
        time = Occurrence(start=at(start), end=at(end) if end else None, room=room)
        session(conference, title, time)

    for hour, talk in enumerate(("V1", "V2", "V3"), start=9):
        given(talk, hall, f"{hour:02}:00", f"{hour:02}:30")
    given("Werkstatt", workshop, "09:00", "11:00")  # until V3 begins, not over it
    given("Kochen", kitchen, "10:00", "12:30")  # the break goes over all columns
    given("Offen", workshop, "11:00")  # nobody knows how long
    given("Nachmittag", hall, "13:00", "15:00")
    given("Lang", workshop, "13:00", "16:00")
    given("Ablösung", workshop, "14:00", "16:00")  # takes the room although it is not free
    given("Zum Schluss", kitchen, "15:00", "16:00")

    (day,) = layout(conference)

    rows = {titles([cell])[0]: cell.rows for slot in day.slots for cell in slot.cells}
    assert rows == {
        "V1": 1, "V2": 1, "V3": 1, "Werkstatt": 2, "Kochen": 2, "Offen": 1, "Pause": 1,
        # Two in one room at once need two rows, and what is beside them reaches over both.
        "Infostand": 1, "Nachmittag": 2, "Lang": 2, "Ablösung": 2, "Zum Schluss": 1,
    }  # fmt: skip
    assert day.is_stretched


def test_a_day_without_anything_long_is_not_stretched(in_rooms):
    long = in_rooms.get_children().get(title="G2").specific
    long.occurrences.update(end=at("15:00"))
    in_rooms.schedule_items.filter(title="Infostand").delete()
    (day,) = layout(in_rooms)
    assert not day.is_stretched


def test_two_sessions_in_one_room_at_once_are_both_there(in_rooms):
    room = layout(in_rooms)[0].rooms[0]
    session(in_rooms, "Doppelt", Occurrence(start=at("10:00"), room=room))

    (day,) = layout(in_rooms)

    assert [cell.column for cell in day.slots[0].cells] == [1, 2, 1, 2]


def test_what_overlaps_without_standing_beside_is_named():
    round_ = Round(start=at("11:00"), end=at("12:00"))
    conference = ConferencePageFactory(rounds=[round_])
    session(conference, "W1", Occurrence(round_uid=round_.uid, position=1))
    session(conference, "W2", Occurrence(round_uid=round_.uid, position=2))
    session(conference, "Lang", Occurrence(start=at("10:00"), end=at("11:30")))
    session(conference, "Danach", Occurrence(start=at("11:30")))
    session(
        conference, "Abgesagt", Occurrence(start=at("10:30"), end=at("11:15"), status="cancelled")
    )

    (day,) = layout(conference)

    beside = {
        titles([cell])[0]: {other.session.heading for other in cell.beside}
        for slot in day.slots
        for cell in slot.cells
    }
    assert beside == {
        # What began before is said once for the slot, not in each of its lines.
        "Lang": {"W1", "W2"},
        "W1": {"Danach"},
        "W2": {"Danach"},
        "Danach": set(),
        "Abgesagt": {"W1", "W2"},
    }


@pytest.fixture
def busy_day():
    """Ends are known only once."""
    conference = ConferencePageFactory(
        schedule_items=[ScheduleItem(title="Ankommen", start=at("09:00"))]
    )
    session(conference, "Rede", Occurrence(start=at("10:00"), end=at("10:30")))
    session(conference, "Gespräch", Occurrence(start=at("11:00")))
    session(conference, "Fällt aus", Occurrence(start=at("11:00"), status="cancelled"))
    session(conference, "Schluss", Occurrence(start=at("16:00")))
    return conference


@pytest.mark.parametrize(
    ("clock", "running", "upcoming"),
    [
        ("06:00", [], []),
        ("08:00", [], ["Ankommen"]),
        ("09:00", ["Ankommen"], ["Rede"]),
        ("10:29", ["Rede"], ["Gespräch"]),
        ("10:30", [], ["Gespräch"]),
        ("12:59", ["Gespräch"], ["Schluss"]),
        ("13:00", [], ["Schluss"]),
        ("17:59", ["Schluss"], []),
        ("18:00", [], []),
    ],
)
def test_what_is_on_now_and_next(busy_day, clock, running, upcoming):
    now = at(clock)

    found = running_and_next(layout(busy_day, now), now)

    assert tuple(map(titles, found)) == (running, upcoming)


def test_a_running_conference_says_what_is_on(client, time_machine):
    conference = ConferencePageFactory(
        schedule_items=[ScheduleItem(title="Pause", start=at("12:00"))]
    )
    time_machine.move_to(at("12:05"), tick=False)
    soup = BeautifulSoup(client.get(conference.get_url()).content, "html.parser")
    assert "Pause" in soup.find(attrs={"data-now-running": True}).get_text()
    assert soup.find("article").find(class_="badge--now")

    time_machine.move_to(at("12:05", dt.date(2024, 6, 5)), tick=False)
    soup = BeautifulSoup(client.get(conference.get_url()).content, "html.parser")
    assert not soup.find(attrs={"data-now": True})
    assert not soup.find(class_="badge--now")


def test_a_title_in_another_script_takes_the_language_that_is_spoken():
    conference = ConferencePageFactory()
    arabic = LanguageFactory(code="ar")
    session(conference, "العمل التطوعي", Occurrence(start=at("10:00")), languages=[arabic])
    session(conference, "ليلى", Occurrence(start=at("11:00")))
    session(conference, "Deutsch (عربي)", Occurrence(start=at("12:00")), languages=[arabic])

    entries = programme(conference, AnonymousUser()).occurrences()

    assert [entry.session.title_language for entry in entries] == ["ar", "", "de"]


def test_an_arabic_title_is_nowhere_said_to_be_german(client):
    time = {"start": at("12:00"), "end": at("13:00")}
    conference = publish(ConferencePageFactory())
    person = PersonFactory(has_consented=True)
    spoken = [Participation(name_as_shown="Layla", person=person)]
    title = "العمل التطوعي"
    arabic = publish(
        session(conference, title, Occurrence(**time), participations=spoken, slug="a")
    )
    other = publish(session(conference, "Daneben", Occurrence(**time)))
    row = arabic.occurrences.get()
    row.status = "cancelled"
    frame = f"{conference.get_url()}einbetten/"
    pages = [other.get_url(), person.get_absolute_url(), frame]
    found = [client.get(f"/en/{url.removeprefix('/de/')}") for url in pages]
    arabic.occurrences.set([row])
    publish(arabic)
    found.append(client.get(f"/en/{conference.get_url().removeprefix('/de/')}aenderungen/"))

    for page in found:
        text = BeautifulSoup(page.content, "html.parser").main.find(string=title)
        named = text.find_parent(attrs={"dir": True})
        assert (named["dir"], named.get("lang")) == ("auto", None)


def test_the_page_of_a_session_links_what_runs_beside_each_of_its_times(client):
    round_ = Round(start=at("12:00"), end=at("13:00"))
    conference = ConferencePageFactory(rounds=[round_])
    mine = session(
        conference, "Meine", Occurrence(round_uid=round_.uid), Occurrence(start=at("15:00"))
    )
    beside = session(conference, "Daneben", Occurrence(round_uid=round_.uid))
    late = session(conference, "Später", Occurrence(start=at("12:30")))
    session(conference, "Danach", Occurrence(start=at("13:00")))
    session(conference, "Davor", Occurrence(start=at("11:00")))
    session(conference, "Abgesagt", Occurrence(start=at("15:00"), status="cancelled"))
    session(conference, "Entwurf", Occurrence(start=at("15:00")), live=False)
    session(ConferencePageFactory(), "Woanders", Occurrence(start=at("15:00")))

    soup = BeautifulSoup(client.get(mine.get_url()).content, "html.parser")

    links = soup.find(class_="parallel-sessions").find_all("a")
    assert [(link.get_text(strip=True), link["href"]) for link in links] == [
        ("Daneben", beside.get_url()),
        ("Später", late.get_url()),
    ]


def test_neighbours_of_a_repeated_session_are_named_once(client):
    rounds = [Round(start=at("12:00")), Round(start=at("14:00"))]
    conference = ConferencePageFactory(rounds=rounds)
    mine, other = (
        session(conference, title, *(Occurrence(round_uid=round_.uid) for round_ in rounds))
        for title in ("Meine", "Daneben")
    )
    long = session(conference, "Lang", Occurrence(start=at("15:00"), end=at("17:00")))
    mine.occurrences.add(Occurrence(start=at("16:00")))
    mine.save()

    soup = BeautifulSoup(client.get(mine.get_url()).content, "html.parser")

    box = soup.find(class_="parallel-sessions")
    assert [link["href"] for link in box.find_all("a")] == [other.get_url(), long.get_url()]
    times = [[time["datetime"][11:16] for time in line.find_all("time")] for line in box("p")]
    assert times == [["12:00", "14:00"], ["16:00"]]
    # The day is said once where it is the same.
    assert [line.get_text() for line in box("p")] == ["04.06.2024 12:00, 14:00", "04.06.2024 16:00"]
    starts = [[time["datetime"][11:16] for time in names.find_all("time")] for names in box("ul")]
    assert starts == [[], ["15:00"]]


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_queries_of_the_page_do_not_depend_on_sessions(
    client, sessions, django_assert_num_queries
):
    room = RoomFactory()
    round_ = Round(start=at("12:00"))
    conference = ConferencePageFactory(
        rounds=[round_], schedule_items=[ScheduleItem(room=room) for _ in range(sessions)]
    )
    language = LanguageFactory(code="de")
    for number in range(sessions):
        session(
            conference,
            f"S{number}",
            Occurrence(round_uid=round_.uid, room=room),
            Occurrence(start=at("14:00"), room=room),
            languages=[language],
            interpretation=[language],
            participations=[Participation(name_as_shown="A", person=PersonFactory())],
        )
    url = conference.get_url()
    client.get(url)

    with django_assert_num_queries(33):
        client.get(url)
