"""Conferences in the search: sessions by what the programme says of them, people, documentation."""

import datetime as dt
import uuid

import pytest
from django.contrib.auth.models import AnonymousUser

from conference.models import (
    ConferenceDocumentation,
    Occurrence,
    Participation,
    Round,
    SessionDocumentation,
)
from search.suggest import suggest
from tests.factories.base import DocumentFactory
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    SessionPageFactory,
    publish,
)
from tests.factories.knowledge import LanguageFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.es), "down"]


@pytest.fixture
def room():
    """Two conferences with a session each."""
    round_ = Round(label="Runde II", title_as_shown="Austauschrunde")
    first = ConferencePageFactory(
        title="Hafentagung", date_start=dt.date(2024, 6, 4), rounds=[round_]
    )
    second = ConferencePageFactory(title="Bergtagung", date_start=dt.date(2025, 6, 4))
    arabic = LanguageFactory(code="ar", labels={"de": "Arabisch", "en": "Arabic"})
    session = SessionPageFactory(
        title="Ankommen",
        parent=first,
        format="workshop",
        track="Nachbarschaft",
        languages=[arabic],
        occurrences=[Occurrence(round_uid=round_.uid)],
        participations=[
            Participation(name_as_shown="Taissyia Sutormina", affiliation_as_shown="Uni Bremen")
        ],
        documentation=[
            SessionDocumentation(kind="recording", title="Mitschnitt", url="https://example.org/1"),
            SessionDocumentation(title="Verborgenes", url="https://example.org/2", is_public=False),
        ],
    )
    SessionPageFactory(title="Weggehen", parent=second, format="talk")
    return first, second, session


@pytest.mark.parametrize(
    "words",
    [
        "Sutormina",
        "Uni Bremen",
        "Workshop",
        "Nachbarschaft",
        "Arabisch",
        "Arabic",
        "Hafentagung Ankommen",
        "Austauschrunde",
        "Runde II",
        "Mitschnitt",
    ],
)
def test_a_session_is_found_by_what_the_programme_says_of_it(room, index, titles, words):
    index(everything=True)

    assert titles(words, chosen={"kind": ("session",)}) == ["Ankommen"]


def test_documentation_that_is_not_shown_finds_nothing(room, index, titles):
    index(everything=True)

    assert titles('"Verborgenes"') == []


def test_changed_documentation_is_found_after_publishing(room, index, titles):
    _first, _second, session = room
    index(everything=True)
    session.documentation.add(SessionDocumentation(title="Protokoll", url="https://example.org/3"))
    session.save_revision()
    index()
    assert titles("Protokoll") == []

    session.latest_revision.publish()
    index()

    assert titles("Protokoll") == ["Ankommen"]


def test_results_of_rounds_and_links_of_a_conference_find_it(index, titles):
    ConferencePageFactory(
        title="Tagung",
        rounds=[Round(label="I", results="<p>Einigkeit</p>")],
        documentation=[
            ConferenceDocumentation(title="Zeitungsbericht", url="https://example.org/")
        ],
    )
    index(everything=True)

    assert titles("Einigkeit") == titles("Zeitungsbericht") == ["Tagung"]


@pytest.fixture(params=ENGINES)
def update(request, index, settings):
    """Brings the index of each engine up to date; "down": the database answers."""
    if request.param == "elasticsearch":
        host = request.getfixturevalue("elasticsearch_url").split("://", 1)[1]
        settings.SEARCH_URL = (
            f"elasticsearch://{host}/{request.getfixturevalue('elasticsearch_prefix')}"
        )
    if request.param == "down":
        settings.SEARCH_URL = "elasticsearch://127.0.0.1:1/nobody"
        return lambda **_options: None
    return index


def test_a_conference_is_a_filter_for_itself_and_its_sessions(room, update, titles):
    first, second, _session = room
    OrganisationFactory(name="Tagungsverein")
    ResourceFactory(title="Tagung planen")
    update(everything=True)

    def of(*conferences):
        chosen = {"conference": tuple(str(page.public_id) for page in conferences)}
        return sorted(titles("", chosen=chosen))

    assert of(first) == ["Ankommen", "Hafentagung"]
    assert of(first, second) == ["Ankommen", "Bergtagung", "Hafentagung", "Weggehen"]
    for nonsense in (uuid.uuid4(), "x"):
        assert titles("", chosen={"conference": (str(nonsense),)}) == []


def test_facets_name_conferences_and_years_with_counts(room, index, search):
    first, _second, _session = room
    index(everything=True)

    page = search("", chosen={"conference": (str(first.public_id),)})
    facets = {group.name: group.options for group in page.facets}

    found = {(option.label, option.count, option.selected) for option in facets["conference"]}
    assert found == {("Hafentagung", 2, True), ("Bergtagung", 2, False)}
    assert [(option.value, option.count) for option in facets["year"]] == [("2024", 2)]


def test_a_withdrawn_conference_is_not_named_by_the_facet(room, index, search):
    first, _second, _session = room
    index(everything=True)
    first.unpublish()

    page = search("", chosen={"conference": (str(first.public_id),)})
    options = next(group.options for group in page.facets if group.name == "conference")

    assert "Hafentagung" not in [option.label for option in options]


def test_the_conference_can_be_asked_for_by_page_and_api(room, index, client):
    first, _second, _session = room
    index(everything=True)
    address = f"conference={first.public_id}"

    answer = client.get(f"/api/v1/search?kind=session&{address}&year_from=2024&lang=en").json()
    page = client.get(f"/de/suche/?{address}").content.decode()

    assert [hit["title"] for hit in answer["hits"]] == ["Ankommen"]
    assert {
        "value": str(first.public_id),
        "label": "Hafentagung",
        "count": 1,
        "selected": True,
    } in (answer["facets"]["conference"])
    assert f'name="conference" value="{first.public_id}" checked' in page


def speaker(session, **fields):
    person = PersonFactory(**fields)
    session.participations.add(Participation(name_as_shown=person.name, person=person))
    return person, publish(session)


def test_people_who_agreed_are_found_as_pages_and_suggested(room, update, search):
    _first, _second, session = room
    ada, _session = speaker(
        session,
        name="Ada Łoś",
        other_names=["Ada Losch"],
        biography="Forscht über Häfen.",
        has_consented=True,
    )
    update()

    for words in ("Łoś", "Losch"):
        hits = {hit.item.title: hit.item for hit in search(words).hits}
        assert hits["Ada Łoś"].url == ada.get_absolute_url()
        assert hits["Ada Łoś"].kind == "page"
        assert hits["Ada Łoś"].type_label == "Person"


def test_consent_decides_at_once_and_for_good(room, index, search, titles):
    _first, _second, session = room
    person, _session = speaker(
        session, name="Eva Nowak", other_names=["Evchen"], biography="Hafenforscherin"
    )
    index(everything=True)
    assert titles("Nowak") == ["Ankommen"]
    assert titles("Evchen") == titles("Hafenforscherin") == []

    person.has_consented = True
    person.save()
    index()
    assert set(titles("Nowak")) == {"Ankommen", "Eva Nowak"}
    assert set(titles("Evchen")) == {"Ankommen", "Eva Nowak"}
    assert "Eva Nowak" in [item.text for item in suggest("Evch", "de", VISITOR)]

    person.has_consented = False
    person.save()
    # Not even while the index still holds her.
    assert "Eva Nowak" not in titles("Nowak")
    assert search("Nowak").total == 1
    assert [item.text for item in suggest("Eva N", "de", VISITOR)] == ["Ankommen"]
    index()
    assert titles("Evchen") == titles("Hafenforscherin") == []


def test_people_come_and_go_with_their_sessions(room, index, titles):
    _first, _second, session = room
    _person, session = speaker(session, name="Eva Nowak", has_consented=True)
    index()
    assert "Eva Nowak" in titles("Nowak")

    session.unpublish()
    index()

    assert titles("Nowak") == []


def test_words_of_files_still_find_their_session(room, index, titles):
    _first, _second, session = room
    document = DocumentFactory(title="Vortrag vom Vormittag")
    session.documentation.add(SessionDocumentation(document=document))
    publish(session)
    index()

    assert titles("Vormittag") == ["Ankommen"]
