"""What a search answers: facets, pages, spelling, suggestions, cost."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import translation

from knowledge.models import Publisher
from search.suggest import suggest
from tests.factories.base import ContentPageFactory
from tests.factories.conference import ConferencePageFactory, SessionPageFactory
from tests.factories.knowledge import (
    LanguageFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
    ResourceTypeFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(index):
    """Six resources of two types in three years, an organisation, a page."""
    study = ResourceTypeFactory(code="study")
    health, housing = TopicFactory(code="health"), TopicFactory(code="housing")
    berlin = RegionFactory(code="DE-BE")
    for number in range(6):
        ResourceFactory(
            title=f"Beratung {number}",
            summary="Was in der Beratung hilft",
            year=2020 + number % 3,
            topics=[health] if number < 4 else [housing],
            tags=["Hilfe"] if number % 2 else ["Rat"],
            publishers=[Publisher(name="Verlag Eins")] if number else [],
            regions=[berlin] if number == 5 else [],
            **({"type": study} if number < 2 else {}),
        )
    OrganisationFactory(name="Beratung e.V.", topics=[health], region=berlin)
    ContentPageFactory(title="Unsere Beratung")
    index(everything=True)


def counts(page, name):
    group = next(group for group in page.facets if group.name == name)
    return {option.value: option.count for option in group.options}


def test_facets_count_what_a_choice_would_leave(shelf, search):
    page = search("Beratung", chosen={"type": ("study",)})

    assert page.total == 2
    assert counts(page, "type") == {"guide": 4, "study": 2, "organisation": 1}
    assert counts(page, "topic") == {"health": 2}
    assert counts(page, "kind") == {"resource": 2}
    assert counts(page, "year") == {"2021": 1, "2020": 1}


def test_every_count_is_what_choosing_it_gives(shelf, search):
    for group in search("Beratung").facets:
        for option in group.options:
            if group.name == "year":
                year = int(option.value)
                chosen = search("Beratung", year_from=year, year_to=year)
            else:
                chosen = search("Beratung", chosen={group.name: (option.value,)})
            assert chosen.total == option.count, (group.name, option.value)


def test_values_of_one_facet_widen_and_facets_narrow(shelf, search):
    both = search("", chosen={"type": ("study", "organisation")})
    narrow = search("", chosen={"type": ("study", "organisation"), "topic": ("health",)})
    narrower = search("", chosen={"type": ("study", "organisation"), "kind": ("organisation",)})

    assert (both.total, narrow.total, narrower.total) == (3, 3, 1)


def test_labels_come_from_the_database_and_the_choice_is_shown_even_with_no_hits(shelf, search):
    page = search("gibtesnicht", chosen={"region": ("DE-BE",), "tag": ("Unbekannt",)})

    region = next(group for group in page.facets if group.name == "region").options[0]
    assert (region.label, region.count, region.selected) == ("Berlin", 0, True)
    tag = next(group for group in page.facets if group.name == "tag").options[0]
    assert (tag.label, tag.selected) == ("Unbekannt", True)


def test_order(shelf, search):
    titles = [hit.item.title for hit in search("", sort="title").hits]
    years = [hit.item.shown_date for hit in search("", chosen={"kind": ("resource",)}).hits]

    assert titles == sorted(titles)
    assert years == [2022, 2022, 2021, 2021, 2020, 2020]


def test_pages_hold_every_hit_once_and_end(shelf, search):
    pages = [search("Beratung", page=number, page_size=3) for number in (1, 2, 3)]

    keys = [hit.item.key for page in pages for hit in page.hits]
    assert len(set(keys)) == len(keys) == pages[0].total == 8
    assert pages[0].page_count == 3
    beyond = search("Beratung", page=10**9, page_size=3)
    assert (beyond.number, [hit.item.key for hit in beyond.hits]) == (3, keys[6:])
    assert search("Beratung", page=50, page_size=3, clamp=False).hits == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Beratunk", "Beratung"), ("berattung", "beratung"), ("Bratung hilft", "Beratung hilft")],
)
def test_typing_errors_find_and_are_named(shelf, search, typed, meant):
    page = search(typed)

    assert page.did_you_mean == meant
    assert page.total > 0
    assert "<mark>Beratung</mark>" in page.hits[0].title_html


@pytest.mark.parametrize("text", ['"Beratunk"', "Xylophonkonzert", "Beratung -Beratung"])
def test_quoted_and_strange_words_are_not_corrected(shelf, search, text):
    page = search(text)

    assert (page.total, page.did_you_mean) == (0, None)


def test_the_whole_title_wins(index, titles):
    ResourceFactory(title="Sprache und Sprachen lernen mit Sprache", summary="Sprache " * 30)
    ResourceFactory(title="Sprache")
    index(everything=True)

    assert titles("sprache")[0] == "Sprache"


@pytest.mark.parametrize(
    "typed", ["Migrantin", "Migrant*innen", "MigrantInnen", "migranten", "Migrant:in"]
)
def test_every_gender_spelling_finds_the_same_items(index, search, typed):
    for number, word in enumerate(["Migrantinnen", "Migrant*innen", "Migrant_innen"]):
        ResourceFactory(title=f"{word} {number}")
    index(everything=True)

    assert search(typed).total == 3


def test_other_languages_are_found_and_not_hidden(index, search):
    ResourceFactory(title="المنظمات والعمل", language=LanguageFactory(code="ar"))
    ResourceFactory(title="Працевлаштування мігрантів", language=LanguageFactory(code="uk"))
    index(everything=True)

    assert search("العمل").hits[0].item.language == "ar"
    assert search("мігранти").hits[0].title_html == "Працевлаштування <mark>мігрантів</mark>"
    assert search("", ui_language="en").total == 2


def test_suggestions_begin_words_anywhere_in_a_name(shelf):
    anonymous = AnonymousUser()
    found = suggest("beratu", "de", anonymous)

    assert found[0].text.startswith("Beratung")
    assert "Unsere Beratung" in [item.text for item in suggest("berat uns", "de", anonymous)]
    assert [item.kind for item in suggest("gesund", "de", anonymous)] == ["topic"]
    with translation.override("en"):  # the language asked for counts, not the thread's
        assert [item.text for item in suggest("gesund", "de", anonymous)] == ["Gesundheit"]
        assert suggest("gesund", "en", anonymous) == []
    assert suggest("", "de", anonymous) == suggest("***", "de", anonymous) == []
    assert len(suggest("b", "de", anonymous)) <= 8


@pytest.mark.parametrize("item_count", [1, 12])
def test_a_search_needs_the_same_number_of_queries_for_any_number_of_hits(
    index, search, django_assert_num_queries, item_count
):
    health, berlin = TopicFactory(code="health"), RegionFactory(code="DE-BE")
    conference = ConferencePageFactory(title="Beratung")
    for number in range(item_count):
        ResourceFactory(title=f"Beratung {number}", topics=[health], regions=[berlin])
        OrganisationFactory(name=f"Beratung {number}", topics=[health], region=berlin)
        SessionPageFactory(title=f"Beratung {number}", parent=conference)
        ContentPageFactory(title=f"Beratung {number}")
    index(everything=True)
    search("Beratung")

    with django_assert_num_queries(17):
        page = search("Beratung", page_size=100)

    assert len(page.hits) == 4 * item_count + 1
