"""What still runs when something else begins is said where it cannot be drawn."""

import pypdfium2
import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser

from conference.exports.programme_pdf import programme_pdf
from conference.models import Occurrence, Participation, Round, ScheduleItem
from conference.queries import programme, programme_layout, publication_of
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    VenueFactory,
    at,
    publish,
)
from tests.factories.knowledge import LanguageFactory

pytestmark = pytest.mark.django_db


def session(conference, title, start, end=None, **values):
    pages = {name: values.pop(name) for name in ("participations", "languages") if name in values}
    moments = {"start": start and at(start), "end": end and at(end)}
    time = Occurrence(**moments, **values)
    return SessionPageFactory(parent=conference, title=title, occurrences=[time], **pages)


def going_on(conference):
    (day,) = programme_layout(programme(conference, AnonymousUser()))
    return [
        (slot.start.text, [cell.entry.session.heading for cell in slot.going_on])
        for slot in day.slots
    ]


def not_drawn(conference):
    (day,) = programme_layout(programme(conference, AnonymousUser()))
    return [[cell.entry.session.heading for cell in slot.not_drawn] for slot in day.slots]


def rooms(number):
    venue = VenueFactory()
    return [RoomFactory(name=f"R{place}", venue=venue, sort_order=place) for place in range(number)]


def test_a_round_says_what_began_before_it_whatever_the_rooms():
    """Its columns are positions: nothing can reach into them."""
    rounds = [
        Round(start=at(start), end=at(end))
        for start, end in (("10:00", "11:00"), ("11:30", "12:30"), ("13:00", "14:00"))
    ]
    pause = ScheduleItem(title="Pause", start=at("11:00"), end=at("11:30"))
    conference = ConferencePageFactory(rounds=rounds, schedule_items=[pause])
    one, other = rooms(2)
    for number, round_ in enumerate(rounds):
        session(conference, f"Kurz {number}", None, round_uid=round_.uid, position=1, room=one)
    session(conference, "Lang", None, "13:00", round_uid=rounds[0].uid, position=2, room=other)

    assert going_on(conference) == [
        ("10:00", []), ("11:00", ["Lang"]), ("11:30", ["Lang"]), ("13:00", []),
    ]  # fmt: skip


def test_rooms_that_wrap_say_it_too():
    conference = ConferencePageFactory()
    for number, room in enumerate(rooms(9)):
        session(conference, f"S{number}", "10:00", "13:00" if number == 4 else "11:00", room=room)
        session(conference, f"T{number}", "11:00", "12:00", room=room if number != 4 else None)

    assert going_on(conference) == [("10:00", []), ("11:00", ["S4"])]


@pytest.mark.parametrize(("number", "named"), [(3, 3), (4, 0)])
def test_where_starts_are_staggered_nothing_is_repeated_in_every_slot(number, named):
    conference = ConferencePageFactory()
    places = rooms(number + 1)
    for place, room in enumerate(places[:-1]):
        session(conference, f"S{place}", "10:00", "11:00", room=room)
    session(conference, "Später", "10:30", "11:30", room=places[-1])

    assert len(going_on(conference)[1][1]) == named


def test_only_what_takes_place_and_has_an_end_after_it_goes_on():
    stand = ScheduleItem(title="Infostand", start=at("09:00"), end=at("18:00"), spans_all=False)
    conference = ConferencePageFactory(schedule_items=[stand])
    session(conference, "Abgesagt", "09:00", "12:00", status="cancelled")
    session(conference, "Offen", "09:00")
    session(conference, "Vorbei", "09:00", "10:00")
    session(conference, "Danach", "10:00", "11:00")
    session(conference, "Irgendwann", None)

    slots = [
        slot
        for day in programme_layout(programme(conference, AnonymousUser()))
        for slot in day.slots
    ]
    assert [slot.going_on for slot in slots] == [(), (), ()]


def test_what_reaches_down_is_drawn_until_a_break_goes_over_all_rooms():
    pause = ScheduleItem(title="Pause", start=at("12:00"), end=at("13:00"))
    conference = ConferencePageFactory(schedule_items=[pause])
    hall, workshop = rooms(2)
    session(conference, "V1", "10:00", "11:00", room=hall)
    session(conference, "V2", "11:00", "12:00", room=hall)
    session(conference, "Lang", "10:00", "12:30", room=workshop)

    assert going_on(conference) == [("10:00", []), ("11:00", ["Lang"]), ("12:00", ["Lang"])]
    assert not_drawn(conference) == [[], [], ["Lang"]]


def one_of_two_is_drawn():
    """What has no room reaches down nowhere; the workshop beside it does."""
    conference = publish(ConferencePageFactory())
    hall, workshop = rooms(2)
    for title, start, end, room in (
        ("Infotisch", "10:00", "12:30", None),
        ("Werkstatt", "10:00", "12:00", workshop),
        ("Vortrag", "11:00", "12:00", hall),
    ):
        publish(session(conference, title, start, end, room=room))
    return conference


def test_what_is_not_drawn_is_said_beside_what_is(client):
    conference = one_of_two_is_drawn()

    soup = BeautifulSoup(client.get(conference.get_url()).content, "html.parser")

    assert going_on(conference) == [("10:00", []), ("11:00", ["Infotisch", "Werkstatt"])]
    assert not_drawn(conference) == [[], ["Infotisch"]]
    # The list says both; the grid hides that line, and one of its cells says what it lacks.
    (line,) = soup.select(".slot__going-on--drawn")
    assert [link.get_text() for link in line.find_all("a")] == ["Infotisch", "Werkstatt"]
    (inside,) = soup.select(".cell .cell__going-on")
    assert [link.get_text() for link in inside.find_all("a")] == ["Infotisch"]
    assert inside.find_next("h4").get_text() == "Vortrag"


def test_the_pdf_says_what_is_not_drawn_beside_what_is():
    content = programme_pdf(publication_of(one_of_two_is_drawn(), None))

    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    words = " ".join(text.split())
    assert "Läuft noch: Infotisch (bis 12:30)" in words
    assert words.count("Werkstatt") == 1


def test_what_reached_down_until_the_next_in_its_room_is_said_from_there_on():
    conference = ConferencePageFactory()
    hall, workshop, studio = rooms(3)
    session(conference, "Kurz", "10:00", "13:00", room=hall)
    session(conference, "Lang", "10:00", "13:00", room=workshop)
    session(conference, "Davor", "11:00", "12:00", room=studio)
    session(conference, "Dazwischen", "12:00", "13:00", room=hall)

    assert not_drawn(conference) == [[], [], ["Kurz"]]


def test_what_is_no_session_reaches_down_and_hides_nothing():
    hall, workshop, studio = rooms(3)
    stand = ScheduleItem(
        title="Stand", start=at("10:00"), end=at("12:00"), spans_all=False, room=studio
    )
    conference = ConferencePageFactory(schedule_items=[stand])
    session(conference, "Überall", "10:00", "12:00")
    session(conference, "Erst", "10:00", "11:00", room=workshop)
    session(conference, "Dann", "11:00", "12:00", room=hall)

    assert not_drawn(conference) == [[], ["Überall"]]


def test_the_page_links_what_goes_on_in_its_own_language_and_says_until_when(client):
    conference = publish(ConferencePageFactory())
    title = "العمل التطوعي"
    arabic = LanguageFactory(code="ar")
    long = publish(session(conference, title, "10:00", "12:00", languages=[arabic]))
    publish(session(conference, "Danach", "11:00", "12:00"))

    soup = BeautifulSoup(client.get(conference.get_url()).content, "html.parser")

    (line,) = soup.find_all(class_="slot__going-on")
    assert line.a["href"] == f"#o-{long.occurrences.get().uid}"
    assert (line.a["lang"], line.a["dir"], line.a.get_text()) == ("ar", "rtl", title)
    assert line.time.get_text() == "12:00"
    # Read after the time of the slot and before what begins then.
    assert line.find_previous("time").get_text() == "11:00"
    assert "Danach" in line.find_next("h4").get_text()


def positions(content):
    """Where each word stands on the first sheet: left and top, from below."""
    text = pypdfium2.PdfDocument(content)[0].get_textpage()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    return {text.get_text_bounded(*box).strip(): (box[0], box[3]) for box in boxes}


def test_in_the_pdf_rooms_are_columns_and_what_is_long_reaches_down():
    conference = ConferencePageFactory()
    hall, workshop = rooms(2)
    people = [Participation(name_as_shown=f"Vorname{number} Nachname") for number in range(20)]
    session(conference, "Werkstatt", "09:00", "12:00", room=workshop, participations=people)
    for hour in (9, 10, 11):
        session(conference, f"Kurz{hour}", f"{hour:02}:00", f"{hour + 1:02}:00", room=hall)

    found = positions(programme_pdf(publication_of(conference, None)))

    left, top = found["Werkstatt"]
    assert found["R1"][0] == pytest.approx(left, abs=2)
    talks = [found[f"Kurz{hour}"] for hour in (9, 10, 11)]
    assert [x for x, _y in talks] == pytest.approx([found["R0"][0]] * 3, abs=2)
    assert talks[0][1] == pytest.approx(top, abs=2)
    # Twenty names take more lines than a short talk: the next one begins beside them.
    last = min(y for text, (x, y) in found.items() if "Nachname" in text and x >= left - 2)
    assert last < talks[1][1] < top


def test_the_pdf_says_what_it_cannot_draw():
    rounds = [Round(title_as_shown="Runde", start=at("11:00"), end=at("12:00"))]
    conference = ConferencePageFactory(rounds=rounds)
    session(conference, "Sprechstunde", "10:00", "11:30")
    session(conference, "Kurz", None, round_uid=rounds[0].uid)

    content = programme_pdf(publication_of(conference, None))

    text = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_range()
    assert "Läuft noch: Sprechstunde (bis 11:30)" in " ".join(text.split())
