"""Nothing that is not public leaves the site through the search: one fixture, every outlet."""

import socket

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.http import QueryDict

from knowledge.models import Publisher, Resource
from knowledge.services.publication import withdraw
from search.models import ShownText
from search.service import SearchRequest
from search.suggest import suggest
from search.ways_on import ways_on
from tests.factories.base import HomePageFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory
from tests.matrix.patterns import routes
from tests.search.private_items import (
    MARK,
    SHARED,
    Secrets,
    add_to_public_items,
    make_items_to_hide,
    make_private_items,
    make_public_items,
)

pytestmark = pytest.mark.django_db

ENGINES = ["tantivy", pytest.param("elasticsearch", marks=pytest.mark.es), "down"]
KINDS = ("resource", "organisation", "conference", "session", "page")
# Addresses of the search and of the API that need nothing but a language.
OUTLETS = [
    route.replace("<lang>", "de")
    for route in routes()
    if route.startswith(("<lang>/suche/", "api/v1/")) and "<" not in route.replace("<lang>", "")
]
NOWHERE = "gibtesnirgends"
QUESTIONS = ("q=Nach", f"q={SHARED}", f"q={SHARED}+{NOWHERE}")


@pytest.fixture
def secret():
    return Secrets()


@pytest.fixture(params=ENGINES)
def update(request, index, settings):
    """Brings the index up to date, if there is one; else the database answers."""
    cache.clear()
    HomePageFactory()
    if request.param == "elasticsearch":
        host = request.getfixturevalue("elasticsearch_url").split("://", 1)[1]
        prefix = request.getfixturevalue("elasticsearch_prefix")
        settings.SEARCH_URL = f"elasticsearch://{host}/{prefix}"
    if request.param == "down":
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{probe.getsockname()[1]}/nobody"
        return lambda **_options: None
    return index


def said(client, addresses):
    """Address → what the site answers there."""
    answers = {}
    for address in addresses:
        response = client.get(address)
        # A question too many is refused; a crash would not be.
        assert response.status_code in {200, 400}, address
        answers[address] = response.content.decode().casefold()
    return answers


def all_addresses(pages):
    """Everywhere the search speaks without being asked for a secret, and pages with similar items."""
    for outlet in OUTLETS:
        yield f"/{outlet}"
        if any(word in outlet for word in ("suche", "search", "suggest")):
            yield from (f"/{outlet}?{question}" for question in QUESTIONS)
    for kind in KINDS:
        yield f"/de/suche/?kind={kind}"
        yield f"/api/v1/search?kind={kind}&page_size=100"
    for order in ("newest", "title", "relevance"):
        yield f"/en/suche/?q={SHARED}&sort={order}"
    yield from ("/de/suche/?language=tr", "/de/suche/?language=ar", "/de/suche/?tag=Haus")
    yield from pages


def betrayed_by(client, pages):
    """Outlets that say a word they must not."""
    answers = said(client, all_addresses(pages))
    return [address for address, text in answers.items() if MARK in text]


def answers_to(word, search):
    """What betrays an item when somebody guesses its word, in every way of asking for it."""
    for query in (word, word[:-1]):
        page = search(query)
        counts = [option.count for group in page.facets for option in group.options]
        if page.total or page.hits or counts or MARK in (page.did_you_mean or ""):
            yield f"search {query}: {page.total}, {page.did_you_mean}"
    for name in ("tag", "publisher"):
        if search("", chosen={name: (word,)}).total:
            yield f"filter {name}={word}"
    if suggest(word[:8], "de", AnonymousUser()):
        yield f"suggestion for {word[:8]}"


def ways_to(word):
    """Ways on at zero hits that lead to an item that is not public."""
    ways = ways_on(SearchRequest(f"{word} {NOWHERE}"), QueryDict(), [])
    return [f"way to {way.label}" for way in (*ways.words, *ways.topics) if MARK in way.label]


def betrayals(secret, search, client, pages):
    """Everything that betrays one of the secrets."""
    lines = betrayed_by(client, pages)
    for word in secret:
        lines += [*answers_to(word, search), *ways_to(word)]
    return lines


def pages_of(hits):
    return [hit.item.url for hit in hits]


def test_what_is_not_public_is_in_no_answer_of_the_search(update, secret, search, client):
    public = make_public_items()
    original = make_private_items(public, secret)
    add_to_public_items(public, secret)
    update(everything=True)

    shown = search(SHARED, page_size=100)

    names = ("verbinden", "e. V.", "tagt", "im Gespräch", "hier", original.title.split(" ", 1)[1])
    assert {hit.item.title for hit in shown.hits} == {f"{SHARED} {name}" for name in names}
    assert shown.total == len(names)
    assert len(secret) > 60
    assert betrayals(secret, search, client, pages_of(shown.hits)) == []


def test_what_was_public_is_in_no_answer_before_and_after_the_index_knows(
    update, secret, search, client
):
    public = make_public_items()
    hide = make_items_to_hide(secret, public["resource"].topics.first())
    update(everything=True)
    before = search(SHARED, page_size=100)
    pages = [hit.item.url for hit in before.hits if MARK not in hit.item.title]
    is_indexed = not before.degraded
    assert before.total == len(before.hits) == 11
    # The same questions do betray what is public.
    said_by = set(betrayed_by(client, pages))
    assert {f"/de/suche/?q={SHARED}", f"/api/v1/search?q={SHARED}", "/api/v1/resources"} <= said_by
    if is_indexed:
        assert {"/de/suche/vorschlaege/?q=Nach", "/api/v1/suggest?q=Nach", pages[0]} <= said_by
        assert [word for word in secret if not list(answers_to(word, search))] == []
        assert [word for word in secret if not ways_to(word)] == []

    hide()

    assert search(SHARED, page_size=100).total == len(pages) == 5
    assert betrayals(secret, search, client, pages) == []

    update()

    assert search(SHARED, page_size=100).total == 5
    assert betrayals(secret, search, client, pages) == []
    assert not ShownText.objects.filter(text__contains=MARK).exists()


@pytest.mark.parametrize("update", ENGINES[:2], indirect=True)
def test_a_correction_never_names_a_word_that_is_no_longer_public(update, search):
    kept = ResourceFactory(title="Flimmerquast")
    for number in range(2):
        ResourceFactory(title=f"Flimmerquasi {number}")
    update(everything=True)
    assert search("Flimmerquas").did_you_mean == "Flimmerquasi"

    for gone in Resource.objects.exclude(pk=kept.pk):
        withdraw(item=gone, reason="Überholt.")

    assert search("Flimmerquas").did_you_mean == kept.title
    update()
    assert search("Flimmerquas").did_you_mean == kept.title
    # As many documents as before: what the engine remembers of them looks current.
    for number in range(2):
        ResourceFactory(title=f"Anderes {number}")
    update(everything=True)
    assert search("Flimmerquas").did_you_mean == kept.title


@pytest.mark.parametrize("update", ["down"], indirect=True)
def test_the_database_does_not_tell_who_published_in_hiding(update, search):
    hidden = OrganisationFactory(name="Verborgen", live=False)
    known = OrganisationFactory(name="Bekannt")
    for publisher in (Publisher(organisation=hidden), Publisher(organisation=known)):
        ResourceFactory(publishers=[publisher])
    ResourceFactory(publishers=[Publisher(organisation=known, name="Verlag")])

    totals = {
        name: search(chosen={"publisher": (name,)}).total
        for name in ("Verborgen", "Bekannt", "Verlag")
    }

    assert totals == {"Verborgen": 0, "Bekannt": 1, "Verlag": 1}
