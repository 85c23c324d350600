"""What is found where hardly anything has all the words, and which words are corrected."""

import pytest
from django.test import Client

from search.models import SynonymGroup
from search.spelling import make_vocabulary
from tests.factories.base import HomePageFactory
from tests.factories.knowledge import LanguageFactory, ResourceFactory


@pytest.fixture
def shelf(index):
    SynonymGroup.objects.all().delete()
    ResourceFactory(title="Datenanalyse für Vereine", year=2020)
    ResourceFactory(title="Werkstatt im Hof", year=2020)
    ResourceFactory(title="Werkstatt am Fluss", year=2021)
    index(everything=True)


@pytest.mark.django_db
def test_what_has_some_of_the_words_is_found_if_nothing_has_all(shelf, search):
    page = search("Werkstatt Datenanalyse")

    assert page.relaxed
    assert page.total == 3


@pytest.mark.django_db
def test_what_has_more_of_the_words_comes_first(index, search):
    SynonymGroup.objects.all().delete()
    ResourceFactory(title="Kochen, kochen und noch einmal kochen")
    ResourceFactory(title="Ein Abend zu vielem, auch zum Kochen, Tanzen und zu anderem")
    index(everything=True)

    page = search("kochen tanzen schwimmen")

    assert page.relaxed
    assert page.hits[0].item.title.startswith("Ein Abend")


@pytest.mark.django_db
def test_words_are_not_dropped_if_enough_has_all_of_them(index, search):
    for place in ("Hof", "Haus"):
        ResourceFactory(title=f"Werkstatt Datenanalyse im {place}")
    ResourceFactory(title="Werkstatt am Fluss")
    index(everything=True)

    page = search("Werkstatt Datenanalyse")

    assert not page.relaxed
    assert page.total == 2


@pytest.mark.django_db
def test_quoted_and_excluded_words_are_never_dropped(shelf, search):
    assert search('"Werkstatt" Datenanalyse "Fahrrad"').total == 0
    assert search("Werkstatt Datenanalyse -Hof").total == 2


@pytest.mark.django_db
def test_a_filter_does_not_change_what_the_words_find(shelf, search):
    total = search("Werkstatt Datenanalyse").total
    by_year = [
        search("Werkstatt Datenanalyse", year_from=year, year_to=year).total
        for year in (2020, 2021)
    ]

    assert sum(by_year) == total
    assert search("Werkstatt", year_from=2021).relaxed is False


@pytest.mark.django_db
def test_what_the_asker_can_read_is_found_though_others_have_more_words(index, titles):
    SynonymGroup.objects.all().delete()
    spanish = LanguageFactory(code="es")
    ResourceFactory(title="Mujeres que cruzan fronteras", language=spanish)
    SynonymGroup.objects.create(words=["mujeres", "Frauen"])
    SynonymGroup.objects.create(words=["migrantes", "Zugewanderte"])
    for number in range(3):
        ResourceFactory(title=f"Zugewanderte Frauen {number}")
    index(everything=True)

    assert titles("mujeres migrantes")[0] == "Mujeres que cruzan fronteras"


@pytest.mark.django_db
def test_the_page_says_that_words_may_be_missing(shelf, client: Client):
    HomePageFactory()

    assert (
        "These results have some of them"
        in client.get("/en/suche/", {"q": "Werkstatt Datenanalyse"}).content.decode()
    )
    assert (
        "These results have some of them"
        not in client.get("/en/suche/", {"q": "Werkstatt"}).content.decode()
    )


VOCABULARY = make_vocabulary(
    dict.fromkeys(
        (
            "Community",
            "Migranten",
            "Organisation",
            "Selbständig",
            "Volontariato",
            "Vereinsgründung",
            "Verein",
            "keine",
        ),
        1,
    )
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kommunity", "Community"),  # heard, not read
        ("migratnen", "Migranten"),  # turned round
        ("migratenorganisation", "Migrantenorganisation"),  # inside a compound
        ("selbstaendigkeit", "Selbständig"),  # no umlaut on the keyboard, another ending
        ("volontari", "Volontariato"),  # another ending
        ("vereinsgrundng", "Vereinsgründung"),
    ],
)
def test_a_misspelt_word_is_corrected(typed, meant):
    assert VOCABULARY.corrections(typed)[0].word.casefold() == meant.casefold()


@pytest.mark.parametrize("typed", ["", "xyz", "qwrtzpsdfg", "ki", "\u0627", "o" * 300])
def test_what_is_like_nothing_is_not_corrected(typed):
    assert VOCABULARY.corrections(typed) == []


@pytest.mark.django_db
def test_a_word_that_is_known_in_another_form_is_not_corrected(index, search):
    SynonymGroup.objects.all().delete()
    ResourceFactory(title="Die Rechte der Frauen")
    ResourceFactory(title="Der Frau, dem Mann")
    index(everything=True)

    page = search("Frau")

    assert page.did_you_mean is None
    assert page.total == 2


@pytest.mark.django_db
def test_a_typing_error_inside_a_compound_no_item_has_is_corrected(index, search):
    SynonymGroup.objects.all().delete()
    ResourceFactory(title="Migranten und ihre Organisation")
    index(everything=True)

    page = search("Migratenorganisation")

    assert page.did_you_mean == "Migrantenorganisation"
    assert page.total == 1
