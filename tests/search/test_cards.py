"""Results as cards: what each kind of item shows of itself, and what it must not show."""

import datetime as dt
import uuid

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString

from knowledge.models import Publisher
from search.cards import cards, shown_date
from search.service import ResultHit
from search.sources.base import Found, FoundFile
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, VenueFactory
from tests.factories.knowledge import (
    LanguageFactory,
    LicenceFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def card(index, client):
    """The only card found for a query."""

    def finding(query, path="/de/suche/"):
        index(everything=True)
        (found,) = client.get(path, {"q": query}).context["page"].hits
        return found

    return finding


def html_of(hit, **changes):
    public_id = str(uuid.uuid4())
    fields = {"key": f"resource:{public_id}", "kind": "resource", "public_id": public_id}
    item = Found(**{**fields, "title": "Titel", "url": "/u/", "language": "de", **hit})
    shown = ResultHit(item, SafeString(item.title), SafeString("Text"), **changes)
    (found,) = cards([shown], "de")
    return render_to_string("components/card_hit.html", {"hit": found})


def test_a_resource_names_its_public_publishers_and_an_open_licence(card):
    hidden = OrganisationFactory(name="Verborgen", live=False)
    publishers = [
        Publisher(organisation=hidden),
        Publisher(name="Verlag Eins"),
        Publisher(organisation=OrganisationFactory(name="Haus Zwei")),
        Publisher(name="Verlag Drei"),
    ]
    licence = LicenceFactory(code="CC-BY-4.0", labels={"de": "CC BY 4.0"}, is_open=True)
    ResourceFactory(title="Ratgeber", year=2021, licence=licence, publishers=publishers)

    found = card("Ratgeber")

    assert (found.date, found.licence) == ("2021", "CC BY 4.0")
    assert found.publishers == ("Verlag Eins", "Haus Zwei")


def test_a_licence_that_forbids_is_no_mark(card):
    licence = LicenceFactory(code="all-rights-reserved", is_open=False)
    ResourceFactory(title="Ratgeber", licence=licence)

    assert card("Ratgeber").licence == ""


def test_an_organisation_names_place_and_languages(card):
    OrganisationFactory(
        name="Beratungshaus",
        city="Köln",
        region=RegionFactory(code="DE-NW", labels={"de": "Nordrhein-Westfalen"}),
        languages_spoken=[LanguageFactory(code="ar"), LanguageFactory(code="de")],
        description="<p>Wir helfen &amp; hören zu.</p>",
    )

    found = card("Beratungshaus")

    assert found.where == "Köln, Nordrhein-Westfalen"
    assert sorted(found.languages) == ["Arabisch", "Deutsch"]
    assert found.snippet_html == "Wir helfen &amp; hören zu."


@pytest.mark.parametrize("precision", ["district", "region"])
def test_a_place_that_is_not_to_be_shown_is_not(card, precision):
    OrganisationFactory(name="Schutzhaus", city="Geheimstadt", location_precision=precision)

    assert card("Schutzhaus").where == ""


def test_a_conference_names_day_and_place(card):
    venue = VenueFactory(name="Haus der Kulturen", city="Bern")
    ConferencePageFactory(title="Fachtagung", venue=venue, date_start=dt.date(2024, 6, 4))

    found = card("Fachtagung")

    assert (found.date, found.where) == ("4. Juni 2024", "Haus der Kulturen, Bern")


def test_a_session_names_its_format_and_its_conference(card):
    conference = ConferencePageFactory(title="Fachtagung Netz", date_start=dt.date(2024, 6, 4))
    SessionPageFactory(
        title="Datenanalyse", parent=conference, format="workshop", people_as_shown="Ada Öz"
    )

    found = card("Datenanalyse")

    assert (found.type_label, found.date) == ("Workshop", "4. Juni 2024")
    assert (found.where, found.snippet_html) == ("Fachtagung Netz", "Ada Öz")


def test_a_hit_in_a_file_says_where():
    html = html_of({}, file_label="Leitfaden.pdf", file_page=12)

    assert '<p class="card__place">' in html
    assert "12" in html
    assert "<bdi>Leitfaden.pdf</bdi>" in html
    assert "Leitfaden.docx" in html_of({}, file_label="Leitfaden.docx")
    assert "card__place" not in html_of({})


def test_files_are_marked_once_for_each_kind():
    files = (FoundFile(1, "Heft", "pdf"), FoundFile(2, "Anhang", "pdf"), FoundFile(3, "Ohne"))
    html = html_of({"files": (*files, FoundFile(4, "Vorlage", "docx"))})

    assert html.count("<span>PDF</span>") == html.count("<span>DOCX</span>") == 1


def test_foreign_texts_carry_language_and_direction():
    html = html_of({"language": "ar", "title": "دليل", "where": "Salle", "where_language": "fr"})

    assert html.count('lang="ar" dir="rtl"') == 2
    assert '<bdi lang="fr" dir="ltr">Salle</bdi>' in html
    assert "Arabisch" in html
    assert "lang=" not in html_of({})


def test_long_words_may_break_and_nothing_unsafe_gets_in():
    html = html_of({"title": "<mark>Migrant*innenorganisation</mark>", "where": "<b>"})

    assert "Migrant*innen\u00adorganisation</mark>" in html
    assert "&lt;b&gt;" in html


@pytest.mark.parametrize("item_count", [1, 9])
def test_cards_need_the_same_number_of_queries_for_any_number_of_results(
    index, search, django_assert_num_queries, item_count
):
    for number in range(item_count):
        publisher = OrganisationFactory(
            name=f"Haus {number}", languages_spoken=[LanguageFactory(code="ar")]
        )
        ResourceFactory(title=f"Heft {number}", publishers=[Publisher(organisation=publisher)])
    index(everything=True)
    hits = search("", page_size=100).hits
    assert len(hits) == 2 * item_count

    with django_assert_num_queries(2), translation.override("de"):
        cards(hits, "de")


def test_exact_dates_are_written_out():
    assert shown_date(dt.date(2024, 6, 4))
    assert shown_date(2020) == "2020"
    assert shown_date(None) == ""


def test_a_snippet_does_not_repeat_the_kind_above_the_title(card):
    SessionPageFactory(title="Gemeinsam lernen", format="workshop")

    found = card("lernen")

    assert found.type_label == "Workshop"
    assert found.snippet_html == ""
