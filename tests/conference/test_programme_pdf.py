"""The programme as PDF: readable by people and by their tools, whatever somebody writes into it."""

import pypdfium2
import pytest

from conference.exports.programme_pdf import programme_pdf
from conference.models import Occurrence, Participation, Round, ScheduleItem
from conference.queries import publication_of
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    at,
)

pytestmark = pytest.mark.django_db


def pages(content):
    document = pypdfium2.PdfDocument(content)
    return [document[number].get_textpage().get_text_range() for number in range(len(document))]


def words(content):
    return " ".join(" ".join(pages(content)).split())


def fetch(client, conference, query=""):
    response = client.get(f"{conference.get_url()}programm.pdf{query}")
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return response.content


def test_it_says_what_the_page_says(client):
    round_ = Round(title_as_shown="I. Runde", start=at("12:00"), end=at("12:45"))
    conference = ConferencePageFactory(
        title="Netze knüpfen",
        rounds=[round_],
        schedule_items=[ScheduleItem(title="Mittagspause", start=at("13:00"))],
        programme_note="Änderungen vorbehalten",
    )
    SessionPageFactory(
        parent=conference,
        title="Göçmen örgütleri: İyi örnekler",
        participations=[Participation(name_as_shown="Şirin Öztürk")],
        occurrences=[
            Occurrence(round_uid=round_.uid, label_as_shown="4.", room=RoomFactory(name="Saal")),
            Occurrence(start=at("15:00"), status="cancelled"),
        ],
    )
    SessionPageFactory(parent=conference, title="Noch ohne Zeit")

    text = words(fetch(client, conference))

    for part in (
        "Netze knüpfen",
        "Dienstag, 4. Juni 2024",
        "12:00",
        "I. Runde",
        "4. Göçmen örgütleri: İyi örnekler",
        "Şirin Öztürk",
        "Saal",
        "Mittagspause",
        "Abgesagt",
        "Änderungen vorbehalten",
        "Berlin",
        "Noch ohne Zeit",
        "1 / 1",
    ):
        assert part in text, part


def test_the_address_at_the_foot_can_be_read_and_typed(client):
    conference = ConferencePageFactory(title="Größe", slug="größe")
    assert "/größe/" in words(fetch(client, conference))


def test_it_is_tagged_has_a_title_and_names_its_language(client):
    conference = ConferencePageFactory(title="Netze", schedule_items=[ScheduleItem(title="Pause")])

    content = fetch(client, conference)

    assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == "Netze"
    assert b"pdfuaid:part" in content
    assert b"/MarkInfo" in content
    assert b"/Lang (de)" in content or b"/Lang(de)" in content


def test_arabic_letters_are_joined_and_not_boxes(client):
    conference = ConferencePageFactory()
    SessionPageFactory(
        parent=conference, title="العمل التطوعي", occurrences=[Occurrence(start=at("12:00"))]
    )

    content = fetch(client, conference)

    assert b"NotoSansArabic" in content
    assert "العمل" in words(content)


def test_letters_that_no_font_has_do_not_keep_the_pdf_from_being_made(client):
    conference = ConferencePageFactory(title="Keilschrift \U00012000 und \U0010fffd")

    assert "Keilschrift" in words(fetch(client, conference))


@pytest.mark.parametrize("evil", ["#panic()", "*x* $1$ <l> @r", '"]} \\ #let a = 1', "a\x01b\x1b"])
def test_texts_are_never_commands(client, evil):
    conference = ConferencePageFactory(
        title="T", schedule_items=[ScheduleItem(title=evil, start=at("12:00"), people=[evil])]
    )

    shown = words(fetch(client, conference))

    assert "".join(evil.split()).replace("\x01", "").replace("\x1b", "") in "".join(shown.split())


def test_the_filters_of_the_page_apply(client):
    conference = ConferencePageFactory()
    for title, format_ in (("Vortrag A", "talk"), ("Werkstatt B", "workshop")):
        SessionPageFactory(
            parent=conference,
            title=title,
            format=format_,
            occurrences=[Occurrence(start=at("12:00"))],
        )

    text = words(fetch(client, conference, "?format=talk"))

    assert "Vortrag A" in text
    assert "Werkstatt B" not in text


def test_everything_may_be_unknown_and_the_same_programme_gives_the_same_file():
    conference = ConferencePageFactory(
        date_start=None, rounds=[Round()], schedule_items=[ScheduleItem()]
    )
    SessionPageFactory(parent=conference, occurrences=[Occurrence()])
    publication = publication_of(conference, None)

    assert programme_pdf(publication) == programme_pdf(publication)


def test_a_long_day_goes_over_several_pages_and_loses_nothing(client):
    round_ = Round(title_as_shown="Runde", start=at("12:00"))
    conference = ConferencePageFactory(rounds=[round_])
    for number in range(60):
        SessionPageFactory(
            parent=conference,
            title=f"Nummer {number}! " + "mit einem langen Titel " * 6,
            occurrences=[Occurrence(round_uid=round_.uid, position=number)],
        )

    content = fetch(client, conference)

    assert len(pages(content)) > 1
    assert all(f"{number}!" in words(content) for number in range(60))
