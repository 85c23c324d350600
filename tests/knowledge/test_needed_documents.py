"""Documents that editors cannot delete yet: the admin says what needs them."""

import pytest
from django.urls import reverse

from knowledge.models import ResourceFile
from nexsm.base.media import holds
from nexsm.base.models import Document
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.base import DocumentFactory
from tests.factories.knowledge import ResourceFactory

pytestmark = pytest.mark.django_db
NEEDED = "cannot be deleted yet"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


@pytest.fixture
def document():
    return DocumentFactory(title="Satzung")


def edit_page(document):
    return reverse("wagtaildocs:edit", args=[document.pk])


def delete_page(document):
    return reverse("wagtaildocs:delete", args=[document.pk])


def several(document):
    address = reverse("wagtail_bulk_action", args=["base", "document", "delete"])
    return f"{address}?id={document.pk}"


def edit_address(resource):
    return reverse("wagtailsnippets_knowledge_resource:edit", args=[resource.pk])


@pytest.fixture
def waiting(document):
    """An entry online without the document; the version that waits has it."""
    resource = ResourceFactory(title="Handbuch")
    resource.files.add(ResourceFile(document=document))
    resource.save_revision()
    return resource


def test_the_page_of_a_document_says_what_waits_with_it(client, editor, document, waiting):
    ResourceFactory(title="Ohne Datei").save_revision()
    text = client.get(edit_page(document)).text
    assert NEEDED in text
    assert "Handbuch" in text
    assert edit_address(waiting) in text
    assert "Ohne Datei" not in text
    assert delete_page(document) not in text


def test_whoever_tries_to_delete_it_comes_to_the_reason(client, editor, document, waiting):
    for send in (client.get, client.post):
        response = send(delete_page(document), follow=True)
        assert response.redirect_chain == [(edit_page(document), 302)]
        assert "“Satzung” is still needed" in response.text
        assert edit_address(waiting) in response.text
    assert Document.objects.get() == document


def test_whoever_deletes_several_reads_the_reason_there(client, editor, document, waiting):
    text = client.get(several(document)).text
    assert NEEDED in text
    assert edit_address(waiting) in text
    client.post(several(document))
    assert Document.objects.get() == document


def test_nothing_is_said_and_it_is_deleted_once_nothing_needs_it(client, editor, document):
    for page in (edit_page(document), delete_page(document), several(document)):
        response = client.get(page)
        assert response.status_code == 200
        assert NEEDED not in response.text
    assert delete_page(document) in client.get(edit_page(document)).text
    client.post(delete_page(document))
    assert not Document.objects.exists()


def test_what_an_editor_may_not_open_is_counted_and_not_named(client, editor, document):
    # No page of the admin is about a person to whom she could go.
    hidden = UserFactory(name="Geheim")

    def with_it(wanted):
        return [hidden] if wanted == document else []

    holds.need(with_it)
    try:
        text = client.get(edit_page(document)).text
    finally:
        holds._needs.unregister(with_it)
    assert NEEDED in text
    assert "1 entry you may not open" in text
    assert "Geheim" not in text


def test_what_is_online_with_it_is_named_by_the_page_that_asks(client, editor, document):
    resource = ResourceFactory(title="Handbuch", files=[ResourceFile(document=document)])
    usage = reverse("wagtaildocs:document_usage", args=[document.pk])
    text = client.get(delete_page(document)).text
    assert "prevent it from being deleted" in text
    assert usage in text
    assert edit_address(resource) in client.get(usage).text
    client.post(delete_page(document))
    assert Document.objects.get() == document


def test_who_may_not_work_with_documents_learns_nothing(client, document, waiting):
    client.force_login(UserFactory())
    for page in (edit_page(document), delete_page(document), several(document)):
        response = client.get(page, follow=True)
        assert "Handbuch" not in response.text
        assert NEEDED not in response.text
    assert Document.objects.get() == document
