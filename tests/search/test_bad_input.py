"""Any string as a query: a page or a clear refusal, never an error, nothing hidden found."""

import pytest
from django.contrib.auth.models import AnonymousUser

from search.asking import MAX_WORDS_LOOKED_FOR, SearchRequest, ask, understand
from search.engines import get_engine
from search.sight import SightOf
from search.spelling import make_vocabulary
from tests.factories.base import HomePageFactory
from tests.factories.knowledge import ResourceFactory
from tests.odd_queries import ODD

# Half a character cannot be sent in an address.
SENDABLE = [text for text in ODD if "\ud800" not in text]


@pytest.fixture
def shelf(index):
    HomePageFactory()
    ResourceFactory(title="Verein und Migration", summary="Über Migrant*innen und ihre Vereine.")
    index(everything=True)


@pytest.mark.django_db
@pytest.mark.parametrize("text", SENDABLE, ids=range(len(SENDABLE)))
@pytest.mark.parametrize("address", ["/de/suche/", "/api/v1/search", "/api/v1/suggest"])
def test_any_query_gets_a_page_or_a_refusal(shelf, client, address, text):
    answer = client.get(address, {"q": text[:8_000]})

    assert answer.status_code in {200, 400}
    if address == "/de/suche/":
        assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    ["key:resource", "kind:resource", "serves:de", "digest:a", "_id:1", "/ver.*/"],
)
def test_no_field_but_those_for_visitors_can_be_named(shelf, search, text):
    assert search(text).total == 0


@pytest.mark.django_db
def test_a_star_is_no_wildcard(shelf, search):
    assert search("vere*").did_you_mean != "*"
    assert search("*").total == 0


@pytest.mark.django_db
def test_a_long_query_asks_the_engine_a_bounded_number_of_times(shelf, monkeypatch):
    engine = get_engine()
    asked = []
    ask_engine = type(engine).search

    def counted(self, *args, **kwargs):
        asked.append(1)
        return ask_engine(self, *args, **kwargs)

    monkeypatch.setattr(type(engine), "search", counted)
    search = understand(SearchRequest(" ".join(f"unbekannt{n}" for n in range(500))))
    ask(engine, search, SightOf(AnonymousUser()))

    # As typed, each word, corrected, with words missing; the last three may count without filters, too.
    assert len(asked) <= MAX_WORDS_LOOKED_FOR + 6


def test_words_no_language_has_are_not_corrected():
    vocabulary = make_vocabulary({"Verein": 3, "o" * 80: 1})

    assert vocabulary.corrections("o" * 79) == []
