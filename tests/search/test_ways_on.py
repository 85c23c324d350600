"""What is offered when nothing is found."""

import pytest

from search import service
from search.asking import SearchRequest
from search.breaker import breaker
from search.engines import EngineUnavailable, get_engine
from search.models import SynonymGroup
from search.ways_on import nearest_topics
from tests.factories.base import HomePageFactory
from tests.factories.knowledge import LanguageFactory, ResourceFactory, TopicFactory

pytestmark = pytest.mark.django_db

ADDRESS = "/de/suche/"


@pytest.fixture
def shelf(index):
    HomePageFactory()
    SynonymGroup.objects.all().delete()
    health, housing = TopicFactory(code="health"), TopicFactory(code="housing")
    ResourceFactory(title="Beratung in Köln", year=2020, topics=[health])
    ResourceFactory(title="Beratung in Bonn", year=2021, topics=[housing])
    ResourceFactory(title="Beratung intern", year=2021, visibility="members", topics=[health])
    ResourceFactory(title="Beratung Entwurf", year=2021, live=False, topics=[health])
    index(everything=True)


def ways(client, **query):
    return client.get(ADDRESS, query).context["ways"]


def test_without_a_filter_there_would_be_hits_and_the_number_is_right(shelf, client):
    found = ways(client, q="Beratung", topic="health", year_from="2021")

    assert [way.total for way in found.filters] == [1, 1]
    for way in found.filters:
        assert client.get(way.url).context["total"] == way.total


def test_a_filter_that_changes_nothing_is_not_offered(shelf, client):
    assert ways(client, q="Fahrrad", topic="health").filters == []


def test_without_a_word_there_would_be_hits_and_the_number_is_right(shelf, client):
    found = ways(client, q='Beratung "Fahrrad" "in Köln" -Bonn')

    assert [(way.label, way.total) for way in found.words] == [('Beratung "in Köln" -Bonn', 1)]
    page = client.get(found.words[0].url)
    assert page.context["total"] == 1


def test_a_single_word_is_not_taken_away(shelf, client):
    assert ways(client, q="Fahrrad").words == []


def test_the_engine_is_asked_a_bounded_number_of_times(shelf, client, monkeypatch):
    asked = []
    count = service.count
    monkeypatch.setattr("search.ways_on.count", lambda request: asked.append(1) or count(request))
    ways(client, q="eins zwei drei vier fünf sechs", topic=["a", "b", "c"], tag=["d", "e", "f"])

    assert len(asked) == 7


def test_without_an_engine_the_page_still_answers(shelf, client, monkeypatch):
    def refuse(*args, **kwargs):
        raise EngineUnavailable("away")

    monkeypatch.setattr(type(get_engine()), "search", refuse)
    page = client.get(ADDRESS, {"q": "Fahrrad weg"})

    assert page.status_code == 200
    assert page.context["ways"] is None
    breaker.worked()
    assert service.count(SearchRequest("Beratung")) is None


@pytest.mark.parametrize(
    ("text", "first"),
    [("Gesundheit Fahrrad", "Gesundheit"), ("Gesundhiet", "Gesundheit"), ("sağlık", "Gesundheit")],
)
def test_topics_close_by_are_offered_in_the_language_of_the_page(text, first):
    TopicFactory(code="near", labels={"de": "Gesundheit", "en": "Health"}, synonyms=["sağlık"])

    assert nearest_topics(text, "de")[0].label == first
    assert len(nearest_topics("Gesundheit Wohnen Bildung Frauen Jugend Kultur", "de")) <= 3


@pytest.mark.parametrize("text", ["", "***", "und", "-Gesundheit", "xqzv", "\0"])
def test_nothing_close_by_means_no_topic(text):
    assert nearest_topics(text, "de") == []


def test_the_page_leads_to_the_form_for_what_is_missing_without_a_cookie(shelf, client):
    page = client.get(ADDRESS, {"q": "Fahrrad & Rad"})

    assert 'href="/de/suche/fehlt/?q=Fahrrad+%26+Rad"' in page.content.decode()
    assert not page.cookies


def test_versions_in_other_languages_are_offered_with_the_right_number(index, client):
    HomePageFactory()
    german = ResourceFactory(title="Beratung")
    ResourceFactory(
        title="Danışma",
        body=[("paragraph", "<p>Dilekçe örneği</p>")],
        language=LanguageFactory(code="tr", labels={"de": "Türkisch"}),
        source_version=german,
        translation_key=german.translation_key,
    )
    index(everything=True)

    (way,) = ways(client, q="Dilekçe").languages

    assert (way.label, way.total) == ("Türkisch", 1)
    assert client.get(way.url).context["total"] == 1
