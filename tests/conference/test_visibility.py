"""Who sees what, and that the index follows the same rule."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation
from wagtail.models import PageViewRestriction

from conference.eligibility import indexable_conferences, indexable_sessions, is_indexable
from conference.models import ConferencePage, Occurrence, SessionDocumentation, SessionPage
from conference.queries import (
    conferences_visible_to,
    next_or_last_conference,
    programme,
    sessions_visible_to,
)
from tests.factories.base import ContentPageFactory, DocumentFactory, default_home, language_locale
from tests.factories.conference import ConferencePageFactory, SessionPageFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def lock(page):
    PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="geheim"
    )


@pytest.fixture
def room_full():
    """One conference of every kind, each with a published and a draft session."""
    conferences = {
        "public": ConferencePageFactory(),
        "draft": ConferencePageFactory(live=False),
        "locked": ConferencePageFactory(),
    }
    sessions = {}
    for name, conference in conferences.items():
        sessions[f"{name} public"] = SessionPageFactory(parent=conference)
        sessions[f"{name} draft"] = SessionPageFactory(parent=conference, live=False)
    sessions["public locked"] = SessionPageFactory(parent=conferences["public"])
    lock(conferences["locked"])
    lock(sessions["public locked"])
    return conferences, sessions


def test_only_published_public_pages_are_visible(room_full):
    conferences, sessions = room_full

    assert list(conferences_visible_to(VISITOR)) == [conferences["public"]]
    assert list(sessions_visible_to(VISITOR)) == [sessions["public public"]]
    assert list(sessions_visible_to(None)) == [sessions["public public"]]


def test_predicate_and_querysets_agree_on_what_may_be_indexed(room_full):
    for model, eligible in (
        (ConferencePage, indexable_conferences()),
        (SessionPage, indexable_sessions()),
    ):
        everything = model.objects.all()
        assert everything.count() > 1
        assert {page.pk for page in everything if is_indexable(page)} == {
            page.pk for page in eligible
        }


def test_a_restriction_far_above_counts_for_both():
    session = SessionPageFactory()
    lock(default_home())

    assert not is_indexable(session)
    assert not is_indexable(session.get_parent().specific)
    assert not indexable_sessions().exists()
    assert not indexable_conferences().exists()


def test_other_and_unsaved_pages_are_not_indexable():
    assert not is_indexable(ContentPageFactory())
    assert not is_indexable(ConferencePage(live=True))


def test_draft_and_locked_sessions_are_missing_in_the_programme(room_full):
    conferences, sessions = room_full
    for session in sessions.values():
        session.occurrences.set([Occurrence()])
        session.save()

    shown = [entry.session.id for entry in programme(conferences["public"], VISITOR).occurrences()]

    assert shown == [sessions["public public"].public_id]


def test_pages_of_hidden_things_answer_404_or_ask_for_the_password(client, room_full):
    _conferences, sessions = room_full

    def status(name):
        return client.get(sessions[name].get_url()).status_code

    assert status("public public") == 200
    assert status("public draft") == 404
    assert status("draft public") == 404
    locked = client.get(sessions["public locked"].get_url())
    assert "password" in locked.content.decode()
    assert sessions["public locked"].title not in locked.content.decode()


def test_the_sitemap_names_no_session_of_a_hidden_conference(client, room_full):
    _conferences, sessions = room_full
    listed = client.get("/sitemap-seiten.xml").content.decode()
    shown = {name for name, page in sessions.items() if f"/{page.slug}/" in listed}
    assert shown == {"public public"}


@pytest.mark.parametrize(
    ("parent", "row", "status"),
    [
        ("public public", {}, 200),
        ("public public", {"is_public": False}, 404),
        ("public public", {"availability": "expected"}, 404),
        ("public draft", {}, 404),
        ("public locked", {}, 404),
        ("draft public", {}, 404),
        ("locked public", {}, 404),
    ],
)
def test_a_file_of_the_documentation_opens_once_visitors_see_it(
    client, room_full, parent, row, status
):
    _conferences, sessions = room_full
    document = DocumentFactory()
    session = sessions[parent]
    session.documentation.set([SessionDocumentation(document=document, **row)])
    session.save()

    response = client.get(document.url)

    response.close()
    assert response.status_code == status


def test_the_next_conference_comes_before_a_later_one():
    ConferencePageFactory(date_start=dt.date(2030, 1, 1))
    soon = ConferencePageFactory(date_start=dt.date(2029, 1, 1))
    ConferencePageFactory(date_start=dt.date(2024, 6, 4))

    assert next_or_last_conference(VISITOR, dt.date(2028, 1, 1)) == soon


def test_a_conference_counts_until_its_last_day():
    running = ConferencePageFactory(date_start=dt.date(2024, 6, 4), date_end=dt.date(2024, 6, 6))
    ConferencePageFactory(date_start=dt.date(2025, 6, 4))

    assert next_or_last_conference(VISITOR, dt.date(2024, 6, 6)) == running


def test_without_a_coming_conference_the_latest_is_shown():
    ConferencePageFactory(date_start=dt.date(2022, 6, 4))
    latest = ConferencePageFactory(date_start=dt.date(2024, 6, 4))
    ConferencePageFactory(date_start=dt.date(2025, 6, 4), live=False)
    ConferencePageFactory(date_start=dt.date(2025, 6, 4), state="cancelled")
    ConferencePageFactory(date_start=None)

    assert next_or_last_conference(VISITOR, dt.date(2026, 1, 1)) == latest


def test_without_any_conference_there_is_none():
    assert next_or_last_conference(VISITOR) is None


@pytest.mark.parametrize(
    ("day", "is_upcoming"), [(dt.date(2999, 1, 1), True), (dt.date(2020, 1, 1), False)]
)
def test_the_home_page_shows_the_conference(client, day, is_upcoming):
    conference = ConferencePageFactory(date_start=day, venue_as_shown="Saal, Berlin")

    response = client.get("/en/")

    card = response.context["conference"]
    assert card.title == conference.title
    assert card.venue == "Saal, Berlin"
    assert card.url.startswith("/en/konferenzen/")
    assert response.context["conference_is_upcoming"] is is_upcoming


def test_the_home_page_does_without_a_conference(client):
    default_home()

    response = client.get("/de/")

    assert response.status_code == 200
    assert response.context["conference"] is None


def test_the_next_conference_is_shown_in_the_active_language_where_it_is_translated():
    conference = ConferencePageFactory(date_start=dt.date(2999, 1, 1))
    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    english.save_revision().publish()

    with translation.override("en"):
        assert next_or_last_conference(VISITOR).locale.language_code == "en"
    with translation.override("de"):
        assert next_or_last_conference(VISITOR).locale.language_code == "de"


def test_a_translation_with_a_password_is_not_shown_instead():
    conference = ConferencePageFactory(date_start=dt.date(2999, 1, 1))
    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    english.save_revision().publish()
    english.view_restrictions.create(restriction_type="password", password="geheim")

    with translation.override("en"):
        assert next_or_last_conference(VISITOR).pk == conference.pk
