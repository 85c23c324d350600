"""Lists of resources and organisations in the editors' admin."""

import csv
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import Revision

from knowledge.models import Contributor, Organisation, Resource
from tests.factories.accounts import EditorFactory
from tests.factories.knowledge import (
    LicenceFactory,
    OrganisationFactory,
    RegionFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db

RESOURCES = "wagtailsnippets_knowledge_resource:list"
ORGANISATIONS = "wagtailsnippets_knowledge_organisation:list"


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


def listed(client, name, **query):
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return {str(item) for item in response.context["object_list"]}


def test_list_shows_columns_and_marks_examples(client, editor):
    organisation = OrganisationFactory(name="Verein Beispiel")
    ResourceFactory(title="Satzung", organisation=organisation, is_example=True, year=2024)
    page = client.get(reverse(RESOURCES)).content.decode()
    for text in ("Satzung", "Verein Beispiel", "2024", "Guide", "German", "Example"):
        assert text in page


@pytest.mark.parametrize("name", [RESOURCES, ORGANISATIONS])
def test_list_of_many_takes_as_many_queries_as_list_of_one(
    client, editor, name, django_assert_max_num_queries, django_assert_num_queries
):
    counts = []
    for more in (1, 5):
        for _number in range(more):
            owner = OrganisationFactory(region=RegionFactory(code="DE-BE"))
            ResourceFactory(organisation=owner, licence=LicenceFactory(code="CC0-1.0"))
        with django_assert_max_num_queries(30) as captured:
            client.get(reverse(name))
        counts.append(len(captured))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "online"}, {"online", "changed"}),
        ({"status": "changed"}, {"changed"}),
        ({"status": "draft"}, {"draft"}),
        ({"status": "offline"}, {"offline"}),
        ({"status": "nonsense"}, {"online", "changed", "draft", "offline"}),
        ({"missing": "summary"}, {"draft"}),
        ({"missing": "licence"}, {"online", "changed", "draft", "offline"}),
        ({"year": "2020"}, {"online"}),
        ({"is_example": "true"}, {"offline"}),
        ({"organisation": "frauen"}, {"changed"}),
        ({"missing": "care"}, {"draft"}),
        ({"missing": "access"}, {"online", "changed", "draft", "offline"}),
    ],
)
def test_resources_can_be_filtered(client, editor, query, expected):
    ResourceFactory(title="online", year=2020)
    ResourceFactory(
        title="changed",
        has_unpublished_changes=True,
        organisation=OrganisationFactory(name="Frauenverein"),
    )
    old = ResourceFactory(title="draft", live=False, summary="")
    Resource.objects.filter(pk=old.pk).update(updated_at="2020-01-01T00:00Z")
    offline = ResourceFactory(title="offline", is_example=True)
    offline.unpublish()
    assert listed(client, RESOURCES, **query) == expected


def test_filter_by_vocabulary_finds_each_item_once(client, editor):
    first, second = TopicFactory(), TopicFactory()
    ResourceFactory(title="both", topics=[first, second])
    ResourceFactory(title="none")
    response = client.get(reverse(RESOURCES), {"topic": [first.code, second.code]})
    assert [item.title for item in response.context["object_list"]] == ["both"]


def test_filter_by_country_finds_the_items_of_its_states(client, editor):
    ResourceFactory(title="Berlin", regions=[RegionFactory(code="DE-BE")])
    ResourceFactory(title="Wien", regions=[RegionFactory(code="AT-9")])
    assert listed(client, RESOURCES, region="DE") == {"Berlin"}


def test_organisations_can_be_filtered(client, editor):
    OrganisationFactory(name="full", verification="verified", region=RegionFactory(code="DE-BE"))
    OrganisationFactory(name="empty", description="")
    assert listed(client, ORGANISATIONS, missing="description") == {"empty"}
    assert listed(client, ORGANISATIONS, missing="region") == {"empty"}
    assert listed(client, ORGANISATIONS, verification="verified") == {"full"}
    assert listed(client, ORGANISATIONS, language="ar") == set()


@pytest.mark.parametrize(
    "words", ["vereins", "satzung VEREIN", "özge", "ÖZGE", "Frauen gründen", "DE-77"]
)
def test_search_finds_every_word_in_title_summary_people_and_number(client, editor, words):
    ResourceFactory(
        title="Mustersatzung für Vereine",
        summary="Für Gründungen im Vereinsrecht",
        import_id="DE-77",
        organisation=OrganisationFactory(name="Frauen gründen e. V."),
        contributors=[Contributor(name="Özge Yılmaz")],
    )
    ResourceFactory(title="Anderes")
    assert listed(client, RESOURCES, q=words) == {"Mustersatzung für Vereine"}


@pytest.mark.parametrize("name", [RESOURCES, ORGANISATIONS])
@pytest.mark.parametrize(
    "query",
    [
        {"q": "\x00"},
        {"q": "x" * 10_000},
        {"q": "%' OR 1=1 --"},
        {"p": "-1"},
        {"p": "1000000000"},
        {"ordering": "contact_email"},
        {"ordering": "-nonsense"},
        {"topic": "nonsense"},
        {"region": "99999999999999999999"},
        {"region": "\x00"},
        {"year": "9" * 40},
        {"year": "two"},
        {"export": "exe"},
    ],
)
def test_nonsense_in_the_address_is_no_error(client, editor, name, query):
    OrganisationFactory()
    ResourceFactory()
    assert client.get(reverse(name), query).status_code == 200


def test_items_can_be_sorted_by_every_column(client, editor):
    ResourceFactory(title="b")
    ResourceFactory(title="a")
    response = client.get(reverse(RESOURCES), {"ordering": "title"})
    assert [item.title for item in response.context["object_list"]] == ["a", "b"]
    for column in response.context["table"].columns.values():
        if column.sort_key:
            assert client.get(reverse(RESOURCES), {"ordering": f"-{column.sort_key}"})


def test_a_saved_draft_comes_to_the_top(client, editor):
    first = ResourceFactory(title="first")
    ResourceFactory(title="second")
    first.save_revision()
    response = client.get(reverse(RESOURCES))
    assert [item.title for item in response.context["object_list"]] == ["first", "second"]


def test_table_of_organisations_holds_no_addresses_and_no_formulas(client, editor):
    OrganisationFactory(
        name="=cmd|' /C calc'!A0",
        contact_email="secret@example.org",
        street="Geheimweg 1",
        city="Berlin",
        location_precision="region",
    )
    response = client.get(reverse(ORGANISATIONS), {"export": "csv"})
    table = b"".join(response.streaming_content).decode()
    (row,) = csv.DictReader(StringIO(table))
    assert row["name"] == "'=cmd|' /C calc'!A0"
    assert row["place"] == ""
    for private in ("secret@example.org", "Geheimweg"):
        assert private not in table


def test_table_of_resources_as_spreadsheet(client, editor, django_assert_max_num_queries):
    for number in range(3):
        ResourceFactory(title=f"=1+{number}", summary="bell\x07", topics=[TopicFactory(code="law")])
    with django_assert_max_num_queries(25):
        response = client.get(reverse(RESOURCES), {"export": "xlsx"})
        content = b"".join(response.streaming_content)
    rows = list(load_workbook(BytesIO(content)).active.rows)
    assert [cell.value for cell in rows[0]][:3] == ["uuid", "id", "title"]
    assert len(rows) == 4
    assert rows[1][2].data_type == "s"
    assert rows[1][3].value == "bell "


def test_status_column_says_what_editors_need_to_know(client, editor):
    ResourceFactory(title="planned", live=False)
    planned = Resource.objects.get(title="planned")
    revision = planned.save_revision()
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at="2099-01-01T00:00Z")
    assert listed(client, RESOURCES, status="scheduled") == {"planned"}
    assert "scheduled" in client.get(reverse(RESOURCES)).content.decode()


def test_chooser_of_organisations_finds_by_name(client, editor):
    OrganisationFactory(name="Frauenverein")
    OrganisationFactory(name="Sportverein")
    url = reverse("wagtailsnippetchoosers_knowledge_organisation:choose_results")
    page = client.get(url, {"q": "Frauen"}).content.decode()
    assert "Frauenverein" in page
    assert "Sportverein" not in page
    assert Organisation.objects.count() == 2
