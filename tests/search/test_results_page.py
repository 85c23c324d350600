"""The results page in the browser's eyes: any address answers."""

import re

import pytest

from search import views
from tests.factories.knowledge import LanguageFactory, RegionFactory, ResourceFactory

pytestmark = pytest.mark.django_db

NASTY_ADDRESSES = [
    "?page=-1",
    "?page=0",
    "?page=1000000000",
    "?page=1e9",
    "?page=١",
    "?page=9999999999999999999999",
    "?q=%00",
    "?q=" + "x" * 10_000,
    "?q=%22%22%22((%5B",
    "?q=%F0%9F%A6%8A",
    "?q=%ff%fe",
    "?q=a&q=b",
    "?sort=nonsense&kind=nonsense&type=%00&region=" + "y" * 500,
    "?year_from=-5&year_to=99999",
    "?year_from=2021&year_to=1999",
    "?unknown=1&q=Beratung",
    "?" + "&".join(f"tag={number}" for number in range(200)),
]


@pytest.fixture
def shelf(index):
    berlin = RegionFactory(code="DE-BE")
    ResourceFactory(
        title="Beratung <b>fett</b>", summary='Rat & "Tat"', regions=[berlin], is_example=True
    )
    ResourceFactory(title="Consulting", language=LanguageFactory(code="en"), year=2020)
    index(everything=True)


@pytest.mark.parametrize("address", NASTY_ADDRESSES)
def test_any_address_answers(shelf, client, address):
    response = client.get(f"/de/suche/{address}")

    assert response.status_code == 200
    assert response["X-Robots-Tag"] == "noindex"


def test_what_the_template_gets(shelf, client):
    response = client.get("/de/suche/", {"q": "Beratung", "region": "DE"})

    context = response.context
    page = context["page"]
    assert (context["q"], page.total, page.did_you_mean, context["notice"]) == (
        "Beratung",
        1,
        None,
        "",
    )
    (hit,) = page.hits
    assert hit.title_html == "<mark>Beratung</mark> &lt;b&gt;fett&lt;/b&gt;"
    assert hit.snippet_html == "Rat &amp; &quot;Tat&quot;"
    assert (hit.kind, hit.language, hit.language_dir, hit.language_label) == (
        "resource",
        "de",
        "ltr",
        "",
    )
    assert hit.is_example
    assert hit.url.startswith("/de/material/")
    assert context["sort"] == "relevance"
    assert [item["remove_url"] for item in context["active_filters"]] == ["/de/suche/?q=Beratung"]
    assert (context["page_number"], context["page_count"]) == (1, 1)
    assert "<b>fett</b>" not in response.content.decode()


def test_years_can_be_removed_one_by_one(shelf, client):
    context = client.get("/de/suche/?year_from=2019&year_to=2021&page=1").context

    assert [item["remove_url"] for item in context["active_filters"]] == [
        "/de/suche/?year_to=2021",
        "/de/suche/?year_from=2019",
    ]
    assert context["page"].total == 1


def test_the_interface_language_decides_addresses_and_marks(shelf, client):
    response = client.get("/en/suche/", {"q": "consulting"})

    (hit,) = response.context["page"].hits
    assert hit.url.startswith("/en/material/")
    assert hit.language_label == ""
    assert hit.date == "2020"
    (hit,) = client.get("/de/suche/", {"q": "consulting"}).context["page"].hits
    assert hit.language_label == "Englisch"


def test_no_cookie_and_no_session_for_visitors(shelf, client):
    assert not client.get("/de/suche/", {"q": "Beratung"}).cookies


def test_suggestions_for_the_search_field(shelf, client):
    response = client.get("/de/suche/vorschlaege/", {"q": "bera"})

    (item,) = response.json()["suggestions"]
    assert item["text"] == "Beratung <b>fett</b>"
    assert client.post("/de/suche/").status_code == 405

    assert (item["kind"], item["label"], item["language"]) == ("resource", "Material", "de")
    assert response.json()["status"]
    assert client.get("/de/suche/vorschlaege/", {"q": "***"}).json()["status"] == ""


def page_text(response):
    return response.content.decode()


def test_title_and_heading_say_how_much_was_found_and_for_what(shelf, client):
    html = page_text(client.get("/en/suche/", {"q": "Beratung <i>"}))

    assert "<title>1 result for “Beratung &lt;i&gt;” – Search · NexSM</title>" in html
    heading = re.search(r'<h2[^>]*id="total"[^>]*>(.*?)</h2>', html, re.DOTALL)[1]
    assert "1 result for “<bdi>Beratung &lt;i&gt;</bdi>”" in heading
    assert html.count("<h1") == 1
    assert "<title>Search · NexSM</title>" in page_text(client.get("/en/suche/"))


def test_a_page_further_on_says_so_in_its_title(index, client):
    for number in range(21):
        ResourceFactory(title=f"Beratung {number}")
    index(everything=True)

    html = page_text(client.get("/en/suche/", {"q": "Beratung", "page": 2}))

    assert "<title>21 results for “Beratung”, page 2 – Search" in html


def test_filters_stay_when_the_words_change(shelf, client):
    html = page_text(client.get("/de/suche/?q=Beratung&region=DE&type=guide&page=1&unknown=x"))

    form = re.search(r'<form class="search-box.*?</form>', html, re.DOTALL)[0]
    kept = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)
    assert kept == [("type", "guide"), ("region", "DE")]


def test_the_link_to_a_search_holds_what_makes_it_and_nothing_else(shelf, client):
    address = "/de/suche/?page=1&year_from=&year_to=2030&q=Beratung&kind=nonsense&region=DE&x=1&sort=title"

    html = page_text(client.get(address))

    assert (
        client.get(address)
        .context["permalink"]
        .endswith("/de/suche/?q=Beratung&region=DE&year_to=2030&sort=title")
    )
    assert 'data-copy="' in html
    assert 'data-copy="' not in page_text(client.get("/de/suche/"))


def test_the_page_travels_packed_only_for_visitors(shelf, client, django_user_model):
    response = client.get("/de/suche/", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert {"Cookie", "Accept-Encoding"} <= set(response["Vary"].split(", "))
    # Packed together with words from the address, the token in the page could be guessed.
    client.force_login(django_user_model.objects.create(email="m@example.org"))
    response = client.get("/de/suche/", headers={"accept-encoding": "gzip"})
    assert not response.has_header("Content-Encoding")


def test_results_that_cannot_be_turned_to_are_named(shelf, client, monkeypatch):
    monkeypatch.setattr(views, "MAX_WINDOW", 1)

    response = client.get("/de/suche/")

    assert response.context["is_cut"]
    assert response.context["page_obj"].paginator.num_pages == 1
