"""What stays of a conference: files, recordings, results, and what is said where there are none."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import (
    ConferenceDocumentation,
    Occurrence,
    Round,
    SessionDocumentation,
    SessionPage,
)
from conference.queries.documentation import documentation_of
from conference.services.documentation import add_documentation
from tests.factories.accounts import EditorFactory
from tests.factories.base import DocumentFactory, ImageFactory
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at, publish
from tests.factories.knowledge import LanguageFactory, LicenceFactory

pytestmark = pytest.mark.django_db
YOUTUBE = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
MP4 = b"\x00\x00\x00\x18ftypisom" + b"\x00" * 12
VTT = b"WEBVTT\n\n00:00.000 --> 00:02.000\nGuten Tag\n"


def read(client, page, language="en"):
    response = client.get(page.get_url().replace("/de/", f"/{language}/", 1))
    assert response.status_code == 200
    return response, BeautifulSoup(response.content, "html.parser")


def words(element):
    return " ".join(element.get_text(" ").split())


def session_with(*rows, **fields):
    return SessionPageFactory(documentation=list(rows), **fields)


def test_an_item_says_what_it_is_and_what_may_be_done_with_it(client):
    session = session_with(
        SessionDocumentation(
            title="Vortrag",
            document=DocumentFactory(),
            language=LanguageFactory(code="de"),
            licence=LicenceFactory(url="https://example.org/licence"),
            creators="Ada Łoś",
            date=dt.date(2024, 6, 4),
            archive_url="https://web.archive.org/x",
        )
    )

    _response, soup = read(client, session)
    item = soup.find(class_="documentation").li

    assert item.a["href"].endswith("/file.pdf")
    for expected in ("Vortrag", "Slides", "PDF, 301", "German", "Ada Łoś", "June 4, 2024"):
        assert expected in words(item)
    assert item.find("a", rel="license")["href"] == "https://example.org/licence"
    assert item.find("a", href="https://web.archive.org/x")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("de", "Videoaufzeichnung nicht vorhanden"), ("en", "Video recording")],
)
def test_that_there_is_no_recording_is_said(client, language, expected):
    session = session_with(SessionDocumentation(kind="recording", availability="none"))

    _response, soup = read(client, session, language)

    assert expected in words(soup.find(class_="documentation"))
    assert soup.find(class_="player") is None


def test_a_recording_elsewhere_is_a_link_and_an_offer_that_names_who_gets_data(client):
    session = session_with(
        SessionDocumentation(kind="recording", title="Film", url=YOUTUBE, duration_seconds=3750)
    )

    response, soup = read(client, session)
    item = soup.find(class_="documentation").li
    offer = item.find(class_="player")

    assert item.a["href"] == YOUTUBE
    assert "1:02:30" in words(item)
    assert offer.has_attr("hidden")
    assert offer["data-player"].startswith("https://www.youtube-nocookie.com/embed/")
    assert "Google" in words(offer)
    assert soup.find("iframe") is None
    assert "frame-src https://www.youtube-nocookie.com" in response["Content-Security-Policy"]


def test_pages_without_a_player_may_show_no_frame(client):
    session = session_with(
        SessionDocumentation(kind="recording", url="https://example.org/film"),
        SessionDocumentation(kind="slides", url=YOUTUBE),
        SessionDocumentation(kind="recording", url=YOUTUBE, is_public=False),
    )

    response, soup = read(client, session)

    assert soup.find(class_="player") is None
    assert "frame-src" not in response["Content-Security-Policy"]
    assert "player.js" not in response.content.decode()


def test_transcripts_and_captions_stand_at_their_recording():
    def row(kind, title):
        return SessionDocumentation(kind=kind, title=title, url="https://example.org/")

    session = session_with(
        row("transcript", "T0"),
        row("slides", "S"),
        row("recording", "R1"),
        row("captions", "C1"),
        row("audio", "R2"),
        row("transcript", "T2"),
    )

    shown = documentation_of(session)

    assert [item.row.title for item in shown] == ["S", "R1", "R2"]
    beside = [[part.row.title for part in item.beside] for item in shown]
    assert beside == [[], ["T0", "C1"], ["T2"]]


def test_a_transcript_without_recording_stands_by_itself():
    session = session_with(SessionDocumentation(kind="transcript", url="https://example.org/"))

    assert [item.row.kind for item in documentation_of(session)] == ["transcript"]


def test_a_film_of_ours_is_played_in_the_page_with_its_captions(client):
    film = DocumentFactory(file=ContentFile(MP4, "film.mp4"))
    captions = DocumentFactory(file=ContentFile(VTT, "de.vtt"))
    session = session_with(
        SessionDocumentation(kind="recording", document=film),
        SessionDocumentation(
            kind="captions", document=captions, language=LanguageFactory(code="de")
        ),
    )

    _response, soup = read(client, session)

    assert captions.content_type_sniffed == "text/vtt"
    assert soup.find("video")["src"] == film.url
    assert soup.find("track")["src"] == captions.url
    assert soup.find("track")["srclang"] == "de"


def test_a_photo_has_its_description_and_goes_while_it_is_not_to_be_had(client):
    photo = {"kind": "photo", "image": ImageFactory(credit="Eva"), "description": "Zwei Frauen"}
    session = session_with(
        SessionDocumentation(**photo), SessionDocumentation(**photo, availability="expected")
    )

    _response, soup = read(client, session)
    pictures = soup.find(class_="documentation").find_all("img")

    assert [picture["alt"] for picture in pictures] == ["Zwei Frauen"]
    assert "Eva" in words(soup.find("figcaption"))


def test_results_stand_at_session_round_and_conference(client):
    round_ = Round(title_as_shown="I. Runde", start=at("12:00"), results="<p>Aus der Runde</p>")
    conference = ConferencePageFactory(
        rounds=[round_],
        results="<p>Aus der Tagung</p>",
        documentation=[ConferenceDocumentation(kind="press", url="https://example.org/")],
    )
    session = session_with(
        SessionDocumentation(url="https://example.org/"),
        parent=conference,
        title="Datenanalyse",
        results="<p>Aus dem Workshop</p>",
        occurrences=[Occurrence(round_uid=round_.uid), Occurrence(start=at("15:00"))],
    )
    SessionPageFactory(parent=conference, title="Ohne alles", occurrences=[Occurrence()])

    _response, there = read(client, conference)
    _response, here = read(client, session)

    documented = words(there.find("section", attrs={"aria-labelledby": "documented-sessions"}))
    assert "Datenanalyse Results Slides" in documented
    assert "Ohne alles" not in documented
    assert {"Aus der Runde", "Aus der Tagung"} <= {words(p) for p in there.find_all("p")}
    assert {"Aus der Runde", "Aus dem Workshop"} <= {words(p) for p in here.find_all("p")}


def test_more_documented_sessions_cost_no_more_queries(client):
    def documented(parent):
        return session_with(
            SessionDocumentation(url="https://example.org/"), parent=parent, results="<p>R</p>"
        )

    conference = ConferencePageFactory()
    documented(conference)
    client.get(conference.get_url())
    with CaptureQueriesContext(connection) as few:
        client.get(conference.get_url())
    for _number in range(8):
        documented(conference)
    with CaptureQueriesContext(connection) as many:
        client.get(conference.get_url())

    assert len(many) == len(few)


def put_aside(rows):
    rows[0].is_public = False
    return rows


def take_out(rows):
    return rows[1:]


@pytest.mark.parametrize("change", [put_aside, take_out])
def test_the_copies_of_a_picture_that_is_not_shown_any_more_go(
    client, change, django_capture_on_commit_callbacks
):
    pictures = [SessionDocumentation(kind="photo", image=ImageFactory()) for _number in range(2)]
    session = publish(session_with(*pictures))
    read(client, session)
    gone, kept = (row.image.renditions.get().file.name for row in session.documentation.all())

    with django_capture_on_commit_callbacks(execute=True):
        session.documentation.set(change(list(session.documentation.all())))
        publish(session)

    assert [default_storage.exists(name) for name in (gone, kept)] == [False, True]


def test_added_documentation_waits_in_a_draft():
    session = publish(session_with(SessionDocumentation(url="https://example.org/1")))
    editor = EditorFactory()

    draft = add_documentation(
        page=session, row=SessionDocumentation(url="https://example.org/2"), by=editor
    )

    assert [row.url for row in draft.documentation.all()] == [
        "https://example.org/1",
        "https://example.org/2",
    ]
    stored = SessionPage.objects.get(pk=session.pk)
    assert stored.documentation.count() == 1
    assert stored.latest_revision.user == editor
    stored.latest_revision.publish()
    assert stored.documentation.count() == 2


def test_documentation_without_target_or_for_a_locked_page_is_refused():
    session = SessionPageFactory()
    with pytest.raises(ValidationError):
        add_documentation(page=session, row=SessionDocumentation())
    session.locked, session.locked_by = True, EditorFactory()
    session.save()
    with pytest.raises(PermissionError):
        add_documentation(
            page=session, row=SessionDocumentation(url="https://example.org/"), by=EditorFactory()
        )
