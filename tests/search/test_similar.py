"""Similar items: what is alike comes, what is not public never does, and no page depends on it."""

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.enums import Visibility
from nexsm.base.similar import similar_items
from search.breaker import FAILURES, breaker
from search.similar import group_of, likeness, similar
from search.sources import collect
from tests.factories.base import ContentPageFactory
from tests.factories.conference import ConferencePageFactory, SessionPageFactory
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db
anonymous = AnonymousUser()


@pytest.fixture
def like(index):
    """Titles of what is like an item, best first, with a fresh index."""

    def finding(item, viewer=anonymous, **options):
        index(everything=True)
        return [found.title for found in similar(item, "de", viewer, **options)]

    return finding


def test_shared_topics_tags_and_words_decide(like):
    health, housing = TopicFactory(code="health"), TopicFactory(code="housing")
    one = ResourceFactory(title="Hebammen finden", topics=[health], tags=["Geburt"])
    ResourceFactory(title="Ganz anders", topics=[housing], tags=["Miete"])
    ResourceFactory(title="Arztbesuch", topics=[health])
    ResourceFactory(title="Hebamme für Geflüchtete finden", topics=[health], tags=["Geburt"])
    ResourceFactory(title="Wochenbett", topics=[health], tags=["Geburt"])

    assert like(one) == ["Hebamme für Geflüchtete finden", "Wochenbett", "Arztbesuch"]


def test_its_own_kind_comes_first(like):
    health = TopicFactory(code="health")
    house = OrganisationFactory(name="Haus A", topics=[health])
    ResourceFactory(title="Heft", topics=[health])
    OrganisationFactory(name="Verein B", topics=[health])

    assert like(house) == ["Verein B", "Heft"]


def test_one_word_in_common_is_chance(like):
    one = ResourceFactory(title="Verein, Satzung und Kasse gut führen", topics=[])
    ResourceFactory(title="Verein der Woche", topics=[])
    ResourceFactory(title="Satzung und Kasse", topics=[])

    assert like(one) == ["Satzung und Kasse"]


def test_stop_words_are_no_likeness(like):
    one = ResourceFactory(title="Wie und was für die Kinder")
    ResourceFactory(title="Wie und was für die Alten")

    assert like(one) == []


def test_a_short_title_without_topics_still_finds(like):
    conference = ConferencePageFactory(title="Tagung")
    session = SessionPageFactory(title="Datenanalyse mit KI", parent=conference)
    SessionPageFactory(title="KI im Verein", parent=conference)

    assert like(session) == ["KI im Verein"]


def test_versions_of_the_same_work_are_not_like_it_but_help_to_find(like):
    health = TopicFactory(code="health")
    german = ResourceFactory(title="Hebammen", topics=[health])
    ResourceFactory(
        title="Trouver une sage-femme",
        language=LanguageFactory(code="fr"),
        translation_key=german.translation_key,
        topics=[health],
    )
    ResourceFactory(title="La sage-femme", language=LanguageFactory(code="fr"))

    assert like(german) == ["La sage-femme"]


def test_what_is_not_public_is_like_nothing(like, django_user_model):
    health = TopicFactory(code="health")
    one = ResourceFactory(title="Hebammen", topics=[health])
    ResourceFactory(title="Entwurf", topics=[health], live=False)
    ResourceFactory(title="Intern", topics=[health], visibility=Visibility.MEMBERS)
    hidden = ResourceFactory(title="Geheim", topics=[health], visibility=Visibility.MEMBERS)
    member = django_user_model.objects.create(email="m@example.org")

    assert like(one) == like(one, member) == []
    assert like(hidden, member) == []


def test_what_was_withdrawn_since_is_not_shown(index, like):
    health = TopicFactory(code="health")
    one = ResourceFactory(title="Hebammen", topics=[health])
    other = ResourceFactory(title="Zurückgezogen", topics=[health])
    assert like(one) == ["Zurückgezogen"]
    type(other).objects.filter(pk=other.pk).update(live=False)

    assert similar(one, "de", anonymous) == []


def test_at_most_as_many_as_asked_for_and_no_more_queries(index, django_assert_num_queries):
    health = TopicFactory(code="health")
    one = ResourceFactory(title="Hebammen", topics=[health], tags=["Geburt"])
    for number in range(3):
        ResourceFactory(title=f"Heft {number}", topics=[health], tags=["Geburt"])
    index(everything=True)
    similar(one, "de", anonymous)
    with django_assert_num_queries(10):
        assert len(similar(one, "de", anonymous)) == 3
    for number in range(20):
        ResourceFactory(title=f"Weiteres {number}", topics=[health], tags=["Geburt"])
    index(everything=True)
    similar(one, "de", anonymous)
    with django_assert_num_queries(10):
        assert len(similar(one, "de", anonymous)) == 4
    assert len(similar(group_of(one), "de", anonymous, limit=2)) == 2


def test_an_engine_that_is_away_gives_an_empty_list_and_is_left_alone(settings):
    settings.SEARCH_URL = "tantivy:///nowhere"
    one = ResourceFactory(title="Hebammen", topics=[TopicFactory(code="health")])

    for _round in range(FAILURES):
        assert similar(one, "de", anonymous) == []

    assert not breaker.allows
    assert similar(one, "de", anonymous) == []


def test_every_indexed_kind_has_a_group_and_others_have_none():
    conference = ConferencePageFactory(title="Tagung")
    items = [
        ResourceFactory(),
        OrganisationFactory(),
        conference,
        SessionPageFactory(title="Sitzung", parent=conference),
        ContentPageFactory(title="Seite"),
    ]

    groups = [group_of(item) for item in items]

    assert {document.group for document in collect(groups)} == set(groups)
    assert group_of(anonymous) == ""
    assert similar("nonsense:1", "de", anonymous) == []
    assert likeness([], "resource:1") is None


def test_pages_show_what_is_like_them(index, client):
    health = TopicFactory(code="health")
    one = ResourceFactory(title="Hebammen", topics=[health])
    house = OrganisationFactory(name="Haus der Geburt", topics=[health])
    session = SessionPageFactory(
        title="Hebammen stärken", parent=ConferencePageFactory(title="Tagung")
    )
    index(everything=True)

    def shown_on(path):
        response = client.get(path)
        assert response.status_code == 200
        return [str(card.title_html) for card in response.context["similar_items"]]

    assert shown_on(one.get_absolute_url()) == ["Haus der Geburt", "Hebammen stärken"]
    assert shown_on(house.get_absolute_url()) == ["Hebammen"]
    assert shown_on(session.get_url()) == ["Hebammen"]


def test_without_the_search_resources_with_the_same_topics_are_shown(settings, client):
    settings.SEARCH_URL = "null://"
    health = TopicFactory(code="health")
    one = ResourceFactory(title="Hebammen", topics=[health])
    other = ResourceFactory(title="Arztbesuch", topics=[health])

    context = client.get(one.get_absolute_url()).context

    assert context["similar_items"] == []
    assert context["similar_resources"] == [other]


def test_a_page_is_shown_without_a_visitor(index, rf):
    one = ResourceFactory(title="Hebammen")
    index(everything=True)

    assert similar_items(one, rf.get("/")) == []
