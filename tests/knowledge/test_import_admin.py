"""Imports and exports in the admin."""

import pytest
from django.urls import reverse

from knowledge.models import Organisation, Resource
from tests.factories.accounts import EditorFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory
from tests.knowledge.import_pages import columns, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


def test_editors_import_resources_and_organisations(client, editor):
    start = reverse("knowledge_import")
    for kind, model in (("resource", Resource), ("organisation", Organisation)):
        response = client.get(reverse("knowledge_import_example", args=[kind, "csv"]))
        answer = upload(client, response.content, start, kind=kind)
        columns(client, answer)
        assert client.get(answer.url).status_code == 200
        client.post(answer.url, {"step": "import", "publish": "on"})
        assert model.objects.filter(live=True, import_source="csv").exists()


@pytest.mark.parametrize("kind", ["resource", "organisation"])
def test_editors_export_everything(client, editor, kind):
    ResourceFactory(title="Entwurf", live=False)
    OrganisationFactory(name="Entwurf", live=False)
    response = client.get(reverse("knowledge_export", args=[kind, "csv"]))
    assert b"Entwurf" in b"".join(response.streaming_content)
    assert client.get(reverse("knowledge_export", args=[kind, "exe"])).status_code == 404


def test_imports_of_the_admin_are_closed_to_members(client):
    client.force_login(MembershipFactory(role="owner").user)
    for name, arguments in (
        ("knowledge_import", []),
        ("knowledge_export", ["resource", "csv"]),
        ("knowledge_import_example", ["resource", "csv"]),
    ):
        assert client.get(reverse(name, args=arguments)).status_code in {302, 403}
