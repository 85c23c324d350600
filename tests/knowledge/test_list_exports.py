"""Lists as files: the same items, the same filters, nothing that is not for everybody."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import UserFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory, ResourceTypeFactory

pytestmark = pytest.mark.django_db


def rows_of(response):
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_file_holds_what_the_list_shows_in_its_order(client):
    ResourceFactory(title="Zebra")
    ResourceFactory(title="Apfel")
    ResourceFactory(title="Film", type=ResourceTypeFactory(code="video"))
    ResourceFactory(title="Entwurf", live=False)
    ResourceFactory(title="Intern", visibility="members")

    response = client.get("/de/material/export/csv/?type=guide&sort=title")

    assert [row["title"] for row in rows_of(response)] == ["Apfel", "Zebra"]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="nexsm-material.csv"'
    assert response["X-Robots-Tag"] == "noindex"


def test_people_who_are_signed_in_get_what_they_may_read(client):
    ResourceFactory(title="Intern", visibility="members")
    client.force_login(UserFactory())
    assert [row["title"] for row in rows_of(client.get("/de/material/export/csv/"))] == ["Intern"]


def test_organisations_are_exported_with_their_filters(client):
    OrganisationFactory(name="Gruppe", kind="online-community")
    OrganisationFactory(name="Verein")
    response = client.get("/de/organisationen/export/csv/?kind=organisation")
    assert [row["name"] for row in rows_of(response)] == ["Verein"]


def test_the_list_links_to_its_files_with_its_filters(client):
    ResourceFactory()
    html = client.get("/de/material/?type=guide&page=1").content.decode()
    assert 'href="/de/material/export/ris/?type=guide"' in html


def test_the_number_of_queries_does_not_grow_with_the_list(client):
    def number():
        with CaptureQueriesContext(connection) as queries:
            rows_of(client.get("/de/material/export/csv/"))
        return len(queries)

    ResourceFactory.create_batch(2)
    few = number()
    ResourceFactory.create_batch(20)
    assert number() == few
