"""Pages of people: what a programme printed of them, and nothing without their consent."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Contact, Participation
from conference.queries import people_visible_to, person_context
from nexsm.accounts import privacy
from nexsm.accounts.privacy.inventory import inventory
from tests.factories.accounts import UserFactory
from tests.factories.base import ImageFactory, language_locale
from tests.factories.conference import ConferencePageFactory, PersonFactory, SessionPageFactory
from tests.factories.knowledge import LanguageFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def speaking(person, **printed):
    """A row of a session for this person."""
    return Participation(person=person, **{"name_as_shown": person.name, **printed})


@pytest.fixture
def ada():
    """Somebody who agreed to everything and speaks in one public session."""
    person = PersonFactory(
        name="Ada Łoś",
        has_consented=True,
        biography="Forscht über Häfen.",
        biography_language=LanguageFactory(code="de"),
        photo=ImageFactory(description="Ada am Hafen", credit="Foto: Eva"),
        organisation=OrganisationFactory(name="Hafenverein"),
        website="https://ada.example.org/",
        links=["https://social.example.org/@ada"],
    )
    conference = ConferencePageFactory(title="Tagung im Hafen", slug="hafen")
    SessionPageFactory(
        title="Ankommen",
        parent=conference,
        participations=[
            speaking(
                person,
                prefix="Dr.",
                name_as_shown="Ada Los",
                affiliation_as_shown="Uni Bremen",
                role="speaker",
            )
        ],
    )
    return person


def read(client, person, language="de"):
    url = person.get_absolute_url().replace("/de/", f"/{language}/", 1)
    response = client.get(url)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_a_page_shows_the_person_and_what_was_printed_of_her(client, ada):
    soup = read(client, ada, "en")
    words = " ".join(soup.main.get_text(" ").split())

    assert soup.h1.get_text(strip=True) == "Ada Łoś"
    assert soup.main.find("img")["alt"] == "Ada am Hafen"
    for expected in (
        "Forscht über Häfen.",
        "Tagung im Hafen",
        "Ankommen",
        "Uni Bremen",
        "Speaker",
        "printed as: Dr. Ada Los",
        "Hafenverein",
        "ada.example.org",
        "social.example.org",
        "Foto: Eva",
    ):
        assert expected in words


def test_the_address_keeps_its_identity_when_the_name_changes(client, ada):
    before = ada.get_absolute_url()
    ada.name = "Ada Nowak"
    ada.save()

    answer = client.get(before)

    assert answer.status_code == 301
    assert answer["Location"] == ada.get_absolute_url()
    assert ada.get_absolute_url().endswith("-ada-nowak/")


def test_programme_session_and_contacts_lead_to_the_page(client, ada):
    session = ada.participations.get().session
    conference = session.get_parent().specific
    conference.contacts.set([Contact(person=ada, name_as_shown="A. Łoś")])
    conference.save()

    for page in (session, conference):
        links = BeautifulSoup(client.get(page.get_url()).content, "html.parser").main.find_all("a")
        assert ada.get_absolute_url() in [link["href"] for link in links]


def test_without_consent_nothing_leads_to_a_page_and_none_is_there(client, ada):
    url, session = ada.get_absolute_url(), ada.participations.get().session
    ada.has_consented = False
    ada.save()

    for language in ("de", "en"):
        for path in (url, reverse("conference:person", args=[ada.public_id, "old-name"])):
            assert client.get(path.replace("/de/", f"/{language}/", 1)).status_code == 404
    page = client.get(session.get_url()).content.decode()
    assert "Ada Los" in page
    assert str(ada.public_id) not in page
    assert "Hafen" not in page.replace("Tagung im Hafen", "")
    assert str(ada.public_id) not in client.get("/sitemap-personen.xml").content.decode()


def take_the_tick_away(person):
    person.has_consented = False
    person.save()


def take_tick_and_photo_away(person):
    person.has_consented, person.photo = False, None
    person.save()


def exchange_the_photo(person):
    person.photo = ImageFactory()
    person.save()


def delete(person):
    person.delete()


@pytest.mark.parametrize(
    "change", [take_the_tick_away, take_tick_and_photo_away, exchange_the_photo, delete]
)
def test_the_copies_of_a_photo_that_is_not_shown_any_more_go(
    client, ada, change, django_capture_on_commit_callbacks
):
    cache.clear()  # Wagtail keeps copies by number, and numbers come again in tests
    path = read(client, ada).main.find("img")["src"]
    stored = path.removeprefix("/media/")
    assert default_storage.exists(stored)

    with django_capture_on_commit_callbacks(execute=True):
        change(ada)

    assert not default_storage.exists(stored)
    assert client.get(path).status_code == 404


def test_with_the_account_the_page_goes_and_the_printed_name_stays(client, ada):
    ada.user = UserFactory()
    ada.save()
    url, session = ada.get_absolute_url(), ada.participations.get().session
    assert client.get(url).status_code == 200
    (told,) = inventory(ada.user).stays
    assert "Seite mit Text, Foto und Links" in told.reason

    privacy.erase(user=ada.user)

    assert client.get(url).status_code == 404
    page = client.get(session.get_url()).content.decode()
    assert "Ada Los" in page
    assert str(ada.public_id) not in page


@pytest.mark.parametrize("state", ["draft session", "draft conference", "no session"])
def test_a_page_does_not_tell_of_a_programme_that_is_not_out(client, state):
    person = PersonFactory(has_consented=True)
    conference = ConferencePageFactory(live=state != "draft conference")
    if state != "no session":
        SessionPageFactory(
            parent=conference, live=state != "draft session", participations=[speaking(person)]
        )

    assert client.get(person.get_absolute_url()).status_code == 404
    assert not people_visible_to(VISITOR).exists()


def test_a_session_that_is_not_public_is_left_out_of_the_page(client, ada):
    SessionPageFactory(title="Geheim", live=False, participations=[speaking(ada)])

    assert "Geheim" not in read(client, ada).get_text()


def test_an_organisation_that_is_not_public_is_left_out(client, ada):
    ada.organisation.live = False
    ada.organisation.save()

    assert "Hafenverein" not in read(client, ada).get_text()


def test_conferences_come_latest_first_and_a_translation_stands_for_its_source(client, ada):
    later = ConferencePageFactory(title="Später", date_start=dt.date(2026, 5, 1))
    SessionPageFactory(title="Weiter", parent=later, participations=[speaking(ada)])
    session = ada.participations.get(session__title="Ankommen").session
    english = session.copy_for_translation(language_locale("en"), copy_parents=True)
    english.title = "Arriving"
    english.save_revision().publish()

    def shown(language):
        soup = read(client, ada, language).main
        return [heading.get_text(strip=True) for heading in soup.find_all(["h2", "h3"])]

    assert shown("de") == ["Später", "Weiter", "Tagung im Hafen", "Ankommen"]
    assert shown("en") == ["Später", "Weiter", "Tagung im Hafen", "Arriving"]


def test_more_sessions_cost_no_more_queries(ada):
    with CaptureQueriesContext(connection) as few:
        person_context(ada, VISITOR)
    conference = ada.participations.get().session.get_parent().specific
    for _number in range(6):
        SessionPageFactory(parent=conference, participations=[speaking(ada)])
        SessionPageFactory(participations=[speaking(ada)])

    with CaptureQueriesContext(connection) as many:
        context = person_context(ada, VISITOR)

    assert sum(len(there.sessions) for there in context["conferences"]) == 13
    assert len(many) == len(few)


def test_links_have_to_be_addresses_on_the_web():
    person = PersonFactory.build(links=["javascript:alert(1)"])

    with pytest.raises(ValidationError) as problem:
        person.full_clean()

    assert "links" in problem.value.message_dict
