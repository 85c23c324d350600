"""The public contract of the API."""

import uuid

import pytest

from knowledge.models import Contributor, Publisher
from search.api.schemas import SearchAnswer
from tests.factories.conference import ConferencePageFactory
from tests.factories.knowledge import (
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

BAD_PARAMETERS = [
    "page=0",
    "page=-1",
    "page=x",
    "page=1000000000",
    "page=600&page_size=20",
    "page_size=0",
    "page_size=101",
    "kind=nonsense",
    "sort=owner__email",
    "facets=owner",
    "ordering=owner__email",
    "lang=xx",
    "year_from=abc",
    "year_to=0",
    "type=%00",
    "tag=",
    "region=" + "x" * 300,
    "q=" + "x" * 10_000,
    "&".join(f"topic={number}" for number in range(50)),
]


@pytest.fixture
def shelf(index):
    health, berlin = TopicFactory(code="health"), RegionFactory(code="DE-BE")
    ResourceFactory(
        title="Leitfaden Beratung",
        import_id="r001",
        year=2021,
        topics=[health],
        regions=[berlin],
        tags=["Rat"],
        publishers=[Publisher(name="Verlag")],
        contributors=[Contributor(name="Ayşe Yılmaz")],
    )
    OrganisationFactory(name="Beratung e.V.", contact_email="x@example.org", region=berlin)
    ConferencePageFactory(title="Tagung Beratung")
    index(everything=True)


def test_search_keeps_the_contract(shelf, client):
    response = client.get("/api/v1/search", {"q": "leitfaden beratung", "kind": "resource"})

    assert response.status_code == 200
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    answer = response.json()
    assert answer["took_ms"] >= 0
    assert {name: answer[name] for name in ("total", "page", "page_size", "engine")} == {
        "total": 1,
        "page": 1,
        "page_size": 20,
        "engine": "tantivy",
    }
    assert answer["did_you_mean"] is None
    (hit,) = answer["hits"]
    assert uuid.UUID(hit.pop("id"))
    assert hit.pop("score") > 0
    assert hit.pop("url").startswith("http://testserver/de/material/")
    assert hit == {
        "import_id": "r001",
        "kind": "resource",
        "type": "guide",
        "title": "Leitfaden Beratung",
        "title_html": "<mark>Leitfaden</mark> <mark>Beratung</mark>",
        "snippet_html": "Eine Zusammenfassung.",
        "language": "de",
        "is_example": False,
        "file": None,
    }
    assert answer["facets"]["type"] == [
        {"value": "guide", "label": "Leitfaden", "count": 1, "selected": False}
    ]
    assert set(answer["facets"]) == {
        "kind",
        "type",
        "language",
        "region",
        "topic",
        "tag",
        "publisher",
        "year",
        "conference",
    }


def test_the_answer_is_what_the_description_says(shelf, client):
    answer = client.get("/api/v1/search", {"q": "beratung"}).json()

    assert SearchAnswer.model_validate(answer).model_dump() == answer


def test_only_facets_that_are_asked_for_are_counted(shelf, client):
    address = "/api/v1/search?q=beratung&facets=topic&facets=kind&region=DE-BE"

    facets = client.get(address).json()["facets"]

    assert sorted(facets) == ["kind", "topic"]
    assert [row["count"] for row in facets["topic"]] == [1]


def test_every_facet_of_the_answer_can_be_asked_for_alone(shelf, client):
    for name in client.get("/api/v1/search").json()["facets"]:
        answer = client.get(f"/api/v1/search?facets={name}")
        assert list(answer.json()["facets"]) == [name]


def test_filters_repeat_for_or(shelf, client):
    address = "/api/v1/search?kind=resource&kind=conference"
    assert client.get(address).json()["total"] == 2
    assert client.get(f"{address}&topic=health").json()["total"] == 1
    assert client.get("/api/v1/search?region=DE").json()["total"] == 2
    assert client.get("/api/v1/search?year_from=2021&year_to=2021").json()["total"] == 1
    assert client.get("/api/v1/search?tag=Rat&publisher=Verlag").json()["total"] == 1
    assert client.get("/api/v1/search?type=nonsense").json()["total"] == 0


def test_labels_and_addresses_follow_lang(shelf, client):
    answer = client.get("/api/v1/search?lang=en&kind=resource").json()

    assert answer["facets"]["type"][0]["label"] == "Guide"
    assert "/en/material/" in answer["hits"][0]["url"]


def test_pages_end_with_an_empty_one(shelf, client):
    answer = client.get("/api/v1/search?page=2&page_size=3").json()

    assert (answer["total"], answer["page"], answer["hits"]) == (3, 2, [])


@pytest.mark.parametrize("parameters", BAD_PARAMETERS)
def test_bad_parameters_answer_400_with_a_reason(shelf, client, parameters):
    response = client.get(f"/api/v1/search?{parameters}")

    assert response.status_code == 400
    assert isinstance(response.json()["detail"], str)
    assert response["Access-Control-Allow-Origin"] == "*"


def test_the_reason_names_the_parameter(client):
    assert client.get("/api/v1/search?kind=x").json()["detail"].startswith("kind: ")
    assert client.get("/api/v1/search?foo=1").json() == {"detail": "unknown parameter: foo"}
    assert client.get("/api/v1/suggest?lang=xx").json() == {"detail": "lang: must be one of de, en"}


def test_suggest(shelf, client):
    answer = client.get("/api/v1/suggest", {"q": "leit"}).json()

    (item,) = answer["suggestions"]
    assert (item["text"], item["kind"]) == ("Leitfaden Beratung", "resource")
    assert item["url"].startswith("http://testserver/de/material/")
    assert client.get("/api/v1/suggest").json() == {"suggestions": []}
    assert client.get("/api/v1/suggest?q=" + "x" * 2000).status_code == 400


def test_collections_list_and_show_single_items(shelf, client):
    for name, key in (
        ("resources", "id"),
        ("organisations", "id"),
        ("conferences", "id"),
        ("topics", "code"),
        ("regions", "code"),
    ):
        listed = client.get(f"/api/v1/{name}?page_size=1").json()
        assert listed["total"] >= 1, name
        (item,) = listed["items"]
        assert client.get(f"/api/v1/{name}/{item[key]}").json() == item
        assert client.get(f"/api/v1/{name}?page=99999").json()["items"] == []
        assert client.get(f"/api/v1/{name}?page=0").status_code == 400
        assert client.get(f"/api/v1/{name}?ordering=x").status_code == 400


def test_a_resource_has_what_its_page_shows(shelf, client):
    (item,) = client.get("/api/v1/resources").json()["items"]

    assert item["authors"] == ["Ayşe Yılmaz"]
    assert item["publishers"] == ["Verlag"]
    assert (item["regions"], item["topics"], item["tags"]) == (["DE-BE"], ["health"], ["Rat"])


def test_contact_addresses_are_no_part_of_the_api(shelf, client):
    assert "example.org" not in client.get("/api/v1/organisations").content.decode()


@pytest.mark.parametrize("path", ["resources", "organisations", "conferences"])
def test_unknown_and_private_items_answer_404(shelf, client, path):
    hidden = ResourceFactory(live=False)

    assert client.get(f"/api/v1/{path}/{uuid.uuid4()}").status_code == 404
    response = client.get(f"/api/v1/{path}/{hidden.public_id}")
    assert response.status_code == 404
    assert "detail" in response.json()
    assert client.get("/api/v1/topics/%00").status_code == 404


def test_the_description_names_every_address_and_the_page_loads_nothing_from_elsewhere(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]

    assert set(paths) == {
        "/api/v1/search",
        "/api/v1/suggest",
        *(f"/api/v1/{name}" for name in ("resources", "organisations", "conferences")),
        *(
            f"/api/v1/{name}/{{public_id}}"
            for name in ("resources", "organisations", "conferences")
        ),
        *(f"/api/v1/{name}" for name in ("topics", "regions")),
        *(f"/api/v1/{name}/{{code}}" for name in ("topics", "regions")),
    }
    page = client.get("/api/v1/docs").content.decode()
    assert "GET /api/v1/search" in page
    assert "//cdn" not in page
    assert 'src="http' not in page


@pytest.mark.parametrize("item_count", [1, 8])
def test_lists_need_the_same_number_of_queries_for_any_number_of_items(
    client, django_assert_num_queries, item_count
):
    health, berlin = TopicFactory(code="health"), RegionFactory(code="DE-BE")
    for number in range(item_count):
        publisher = OrganisationFactory(name=f"O {number}", topics=[health], region=berlin)
        ResourceFactory(
            topics=[health], tags=["Rat"], publishers=[Publisher(organisation=publisher)]
        )

    with django_assert_num_queries(9):
        client.get("/api/v1/resources")
    with django_assert_num_queries(5):
        client.get("/api/v1/organisations")
