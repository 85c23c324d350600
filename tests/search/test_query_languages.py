"""In which language a query is read, and which items come first for it."""

import pytest

from search.query.languages import guess, is_function_word
from tests.factories.knowledge import LanguageFactory, ResourceFactory

INTERFACE = ("de", "en")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("mujeres migrantes", "es"),
        ("droits des femmes", "fr"),
        ("kadın hakları", "tr"),
        ("ev kirası", "tr"),
        ("bénévole", "fr"),
        ("volontari", "it"),
        ("پناهندگان", "fa"),
        ("تمويل المشاريع", "ar"),
        ("пошук житла", "uk"),
        ("поиск жилья", "ru"),
        ("Migrantenselbstorganisation", "de"),
        ("Social Media im Verein", "de"),
        ("women rights", "en"),
        ("salud mental", "es"),
        ("DaZ Kurs", "de"),
    ],
)
def test_words_tell_the_language(text, language):
    found = guess(text, INTERFACE)

    assert found.preferred[0] == language
    assert found.read[0] == language


@pytest.mark.parametrize(
    "text", ["", "   ", "12 2024", "MSO", "Xyzzyq", "🙂", "\x00", "ـ", "i" * 300]
)
def test_what_tells_nothing_is_read_in_the_language_of_the_pages(text):
    assert guess(text, ("en", "de")).read[-1]
    assert set(guess(text, ("en", "de")).preferred) <= {"en", "ar", "fa"}


def test_a_word_in_capitals_is_no_pronoun():
    assert is_function_word("it", INTERFACE)
    assert not is_function_word("IT", INTERFACE)


@pytest.mark.django_db
def test_words_of_a_language_find_its_other_forms(index, titles):
    ResourceFactory(title="La mujer migrante", language=LanguageFactory(code="es"))
    ResourceFactory(title="Kiracı hakları ve kira", language=LanguageFactory(code="tr"))
    index(everything=True)

    assert titles("mujeres migrantes") == ["La mujer migrante"]
    assert titles("kirası") == ["Kiracı hakları ve kira"]


@pytest.mark.django_db
def test_what_can_be_read_comes_first(index, titles):
    french = LanguageFactory(code="fr")
    ResourceFactory(title="Migration mondiale", language=french)
    ResourceFactory(title="Ein Kurs über vieles, auch Migration")
    index(everything=True)

    assert titles("Migration")[-1] == "Migration mondiale"


@pytest.mark.django_db
def test_what_exists_in_the_language_of_the_query_comes_first(index, titles):
    work = ResourceFactory(title="Ein Verein für alle, mit vielem mehr im Titel")
    ResourceFactory(
        title="Dernek",
        language=LanguageFactory(code="tr"),
        translation_key=work.translation_key,
    )
    ResourceFactory(title="Dernek und Verein")
    index(everything=True)

    assert titles("dernek")[0] == work.title
