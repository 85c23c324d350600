"""The member's page about what she has sent."""

import pytest

from knowledge.enums import SubmissionState
from knowledge.services import submissions
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(submission):
    return f"/de/mitmachen/einreichungen/{submission.public_id}/"


@pytest.fixture
def member(client, owner):
    client.force_login(owner)
    return owner


def text_of(client, url):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_state_stands_there_in_words(client, member, url, submission, reviewer):
    assert "Es wird geprüft" in text_of(client, url)
    submissions.request_changes(
        submission=submission, by=reviewer, notes={"title": "Kürzer bitte"}, message="Fast!"
    )
    page = text_of(client, url)
    assert "Bitte ändern Sie etwas" in page
    assert "Kürzer bitte" in page
    assert "Titel" in page
    assert "Fast!" in page
    submissions.refuse(submission=submission, by=reviewer, reason="Das ist Werbung.")
    page = text_of(client, url)
    assert "Es wird nicht veröffentlicht" in page
    assert "Das ist Werbung." in page
    assert "Sehen Sie es anders?" in page


@pytest.mark.usefixtures("member")
def test_the_published_page_is_linked(client, url, submission, reviewer, resource):
    submissions.approve(submission=submission, by=reviewer)
    page = text_of(client, url)
    assert "Es ist veröffentlicht" in page
    assert f"/de/material/{resource.pk}-" in page


def test_the_history_shows_who_and_when(client, member, url, submission, reviewer):
    submissions.approve(submission=submission, by=reviewer)
    page = text_of(client, url)
    assert "Rosa Redaktion" in page
    assert page.count("<time datetime=") == 2


def test_people_without_a_name_are_not_named_by_their_address(
    client, member, url, submission, reviewer
):
    reviewer.name = ""
    reviewer.save()
    submissions.answer(submission=submission, by=reviewer, text="Hallo")
    page = text_of(client, url)
    assert reviewer.email not in page
    assert "Jemand aus der Redaktion" in page


def test_writing_to_the_editors(client, member, url, submission):
    assert client.post(url, {"text": ""}).status_code == 200
    assert client.post(url, {"text": "Wann?"}).status_code == 302
    assert submission.messages.last().text == "Wann?"


def test_too_many_messages_are_stopped_and_the_text_stays(client, member, url, monkeypatch):
    monkeypatch.setattr("knowledge.views.submissions.ANSWERS_PER_HOUR", 0)
    response = client.post(url, {"text": "Mein langer Text"})
    assert response.status_code == 200
    assert "Mein langer Text" in response.content.decode()


def test_taking_it_back_needs_a_click(client, member, url, submission):
    assert client.get(f"{url}zuruecknehmen/").status_code == 200
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING
    client.post(f"{url}zuruecknehmen/")
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WITHDRAWN
    assert client.get(f"{url}zuruecknehmen/").status_code == 302


def test_what_belongs_to_others_does_not_exist(client, url, organisation):
    strangers = [UserFactory(), MembershipFactory(role="owner").user]
    strangers.append(MembershipFactory(organisation=organisation, role="member").user)
    for stranger in strangers:
        client.force_login(stranger)
        for address in (url, f"{url}zuruecknehmen/"):
            assert client.get(address).status_code == 404
            assert client.post(address, {"text": "x"}).status_code == 404


@pytest.mark.usefixtures("member")
def test_the_page_asks_no_more_for_a_longer_conversation(
    client, url, submission, reviewer, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        for _time in range(number):
            submissions.answer(submission=submission, by=reviewer, text="Hallo")
        with django_assert_max_num_queries(80) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.usefixtures("member")
def test_a_note_leads_to_the_page_where_its_field_is_changed(
    client, url, submission, reviewer, resource
):
    notes = {"contributors": "Wer noch?", "cover_image": "Zu dunkel."}
    submissions.request_changes(submission=submission, by=reviewer, notes=notes)
    change = f"/de/mitmachen/material/bearbeiten/{resource.public_id}/"

    page = text_of(client, url)

    assert f'href="{change}?feld=contributors"' in page
    assert f'href="{change}"' in page
    assert client.post(f"{change}?feld=contributors").url.endswith("/urheber/")
    assert client.post(f"{change}?feld=nothing").url.endswith("/pruefen/")
