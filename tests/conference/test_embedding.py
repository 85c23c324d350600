"""The programme on other sites, and the links by which it leaves this one."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import override_settings

from conference.models import Occurrence, Participation, Round, ScheduleItem
from knowledge.models import Language
from tests.factories.conference import (
    ConferencePageFactory,
    RoomFactory,
    SessionPageFactory,
    at,
    publish,
)

pytestmark = pytest.mark.django_db
HOST = "http://localhost:8000"


@pytest.fixture
def conference():
    round_ = Round(start=at("12:00"))
    page = publish(
        ConferencePageFactory(
            title='Tagung "A" & B',
            slug="tagung",
            rounds=[round_],
            schedule_items=[ScheduleItem(kind="break", start=at("13:00"), people=["Küchenteam"])],
        )
    )
    publish(
        SessionPageFactory(
            parent=page,
            title="Beratung",
            occurrences=[Occurrence(round_uid=round_.uid, room=RoomFactory(name="Saal"))],
            participations=[Participation(name_as_shown="Amina")],
        )
    )
    english = SessionPageFactory(
        parent=page, title="Advice", occurrences=[Occurrence(start=at("14:00"), status="cancelled")]
    )
    english.languages.set([Language.objects.get(code="en")])
    publish(english)
    return page


def words(content):
    return " ".join(BeautifulSoup(content, "html.parser").find("main").get_text(" ").split())


def test_the_frame_shows_the_programme_and_nothing_around_it(client, conference):
    response = client.get(conference.get_url() + "einbetten/")
    soup = BeautifulSoup(response.content, "html.parser")

    text = words(response.content)
    assert "12:00 Beratung Amina Saal" in text
    assert "13:00 Pause Küchenteam" in text
    assert "14:00 Advice Abgesagt" in text
    assert soup.find_all(["script", "form", "nav", "header", "iframe"]) == []
    assert soup.find("base")["target"] == "_blank"
    assert {link["href"][0] for link in soup.find_all("a")} == {"/"}


def test_other_sites_may_show_the_frame_and_no_other_page(client, conference):
    frame = client.get(conference.get_url() + "einbetten/")
    page = client.get(conference.get_url())

    assert "frame-ancestors *" in frame["Content-Security-Policy"]
    assert "default-src 'none'" in frame["Content-Security-Policy"]
    assert "X-Frame-Options" not in frame
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "Set-Cookie" not in frame
    assert not frame.cookies


@override_settings(EMBED_FRAME_ANCESTORS=["https://verein.example.org"])
def test_the_sites_can_be_chosen(client, conference):
    frame = client.get(conference.get_url() + "einbetten/")

    assert "frame-ancestors https://verein.example.org" in frame["Content-Security-Policy"]


def test_the_frame_follows_the_filters(client, conference):
    text = words(client.get(conference.get_url() + "einbetten/?language=en").content)

    assert "Advice" in text
    assert "Beratung" not in text
    nothing = words(client.get(conference.get_url() + "einbetten/?language=xx").content)
    assert "Nichts im Programm passt" in nothing


def ask(client, **parameters):
    return client.get("/oembed", parameters)


def test_oembed_gives_the_frame_for_the_address_of_a_conference(client, conference):
    head = BeautifulSoup(client.get(conference.get_url()).content, "html.parser").head
    [link] = head.find_all("link", type="application/json+oembed")

    response = client.get(link["href"])

    answer = response.json()
    frame = BeautifulSoup(answer["html"], "html.parser").iframe
    assert (answer["type"], answer["version"]) == ("rich", "1.0")
    assert answer["title"] == 'Tagung "A" & B'
    assert frame["src"] == f"{HOST}{conference.get_url()}einbetten/"
    assert frame["title"] == 'Programm: Tagung "A" & B'
    assert client.get(frame["src"].removeprefix(HOST)).status_code == 200
    assert "Set-Cookie" not in response


def test_oembed_keeps_to_the_language_and_the_room_there_is(client, conference):
    url = f"{HOST}/en/konferenzen/tagung/"

    answer = ask(client, url=url, maxwidth="400", maxheight="1").json()

    assert (answer["width"], answer["height"]) == (400, 200)
    assert f'src="{url}einbetten/"' in answer["html"]
    assert "Programme: Tagung" in answer["html"]


@pytest.mark.parametrize("name", ["größe", "gr%C3%B6%C3%9Fe"])
def test_oembed_knows_an_address_as_written_and_as_copied(client, name):
    ConferencePageFactory(slug="größe")

    answer = ask(client, url=f"{HOST}/de/konferenzen/{name}/").json()

    assert f'src="{HOST}/de/konferenzen/gr%C3%B6%C3%9Fe/einbetten/"' in answer["html"]


@pytest.mark.parametrize(
    "url",
    [
        f"{HOST}/de/konferenzen/entwurf/",
        f"{HOST}/de/konferenzen/tagung/beratung/",
        f"{HOST}/xx/konferenzen/tagung/",
        f"{HOST}/de/anderswo/tagung/",
        f"{HOST}/",
        "https://example.org/de/konferenzen/tagung/",
        "http://[",
        "javascript:alert(1)",
    ],
)
def test_oembed_knows_no_other_address(client, conference, url):
    ConferencePageFactory(slug="entwurf", live=False)

    assert ask(client, url=url).status_code == 404


def test_oembed_says_what_it_cannot_do(client, conference):
    url = HOST + conference.get_url()

    assert ask(client, url=url, format="xml").status_code == 501
    assert ask(client).status_code == 400
    assert ask(client, url=url, maxwidth="²").json()["width"] == 800


def test_the_page_offers_calendars_files_changes_and_the_code(client, conference, time_machine):
    time_machine.move_to(at("09:00"), tick=False)
    response = client.get(conference.get_url() + "?language=en")
    section = BeautifulSoup(response.content, "html.parser").find(class_="take-along")
    url = conference.get_url()

    links = [link["href"] for link in section.find_all("a")]
    assert links == [
        f"{url}programm.ics?language=en",
        f"webcal://localhost:8000{url}programm.ics?language=en",
        f"{url}aenderungen/",
        f"{url}schedule.xml",
        f"{url}schedule.json",
    ]
    for link in links:
        if not link.startswith("webcal:"):
            assert client.get(link).status_code == 200
    code = BeautifulSoup(section.find("textarea").text, "html.parser").iframe
    assert code["src"] == f"{HOST}{url}einbetten/"
    assert code["title"] == 'Programm: Tagung "A" & B'


def test_what_is_over_is_no_more_to_attend_or_to_subscribe_to(client, conference, time_machine):
    def offered():
        soup = BeautifulSoup(client.get(conference.get_url()).content, "html.parser")
        links = [link["href"].partition(":")[0] for link in soup.select(".take-along a")]
        return "webcal" in links, soup.find(attrs={"data-hint": True}).get_text()

    time_machine.move_to(at("09:00"), tick=False)
    before = offered()
    time_machine.move_to(at("09:00", dt.date(2024, 6, 6)), tick=False)

    assert before == (True, "Wählen Sie „Merken“ bei allem, wo Sie dabei sein möchten.")
    assert offered() == (False, "Wählen Sie „Merken“ bei allem, was Sie wiederfinden möchten.")


def test_the_page_of_a_session_offers_its_times(client, conference):
    session = conference.get_children().first().specific

    soup = BeautifulSoup(client.get(session.get_url()).content, "html.parser")

    [link] = soup.find_all("a", type="text/calendar")
    assert client.get(link["href"])["Content-Type"] == "text/calendar; charset=utf-8"
