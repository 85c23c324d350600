"""Files of what is not online yet: nobody else's business until it is sent, and not to be deleted then."""

from contextlib import closing

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from knowledge.models import Language, Resource, ResourceType, Submission
from knowledge.services import submission_appeals, submissions
from nexsm.base.models import Document
from tests.factories.accounts import EditorFactory, SuperuserFactory
from tests.factories.knowledge import LanguageFactory, ResourceTypeFactory
from tests.knowledge.metadata import samples

from .conftest import CONTENT


@pytest.fixture(params=[EditorFactory, SuperuserFactory], ids=["editor", "superuser"])
def admin(request, db):
    """The browser of somebody who works on all documents."""
    client = Client()
    client.force_login(request.param())
    return client


@pytest.fixture
def draft(browser, pdf_file):
    return browser.fill(browser.begin(file=pdf_file(title="Geheimes")))


def delete(admin, document):
    return admin.post(reverse("wagtaildocs:delete", args=[document.pk]))


def status(client, address):
    with closing(client.get(address)) as answer:
        return answer.status_code


def test_a_file_nobody_has_sent_is_in_no_list_of_editors(admin, draft):
    document = Document.objects.get()
    for name in ("wagtaildocs:index", "wagtaildocs_chooser:choose"):
        page = admin.get(reverse(name))
        assert page.status_code == 200
        assert document.title not in page.content.decode()


def test_a_file_nobody_has_sent_can_be_opened_by_its_owner_only(admin, browser, draft):
    address = Document.objects.get().url
    assert status(browser.client, address) == 200
    assert status(admin, address) == 404


def test_a_file_nobody_has_sent_cannot_be_changed_or_deleted(admin, draft):
    document = Document.objects.get()
    answer = admin.get(reverse("wagtaildocs:edit", args=[document.pk]))
    assert answer.status_code == 302
    delete(admin, document)
    assert Document.objects.exists()


def test_what_is_sent_can_be_read_but_its_file_stays(admin, browser, draft):
    browser.send(draft)
    document = Document.objects.get()
    assert document.title in admin.get(reverse("wagtaildocs:index")).content.decode()
    assert status(admin, document.url) == 200
    delete(admin, document)
    assert Document.objects.exists()
    submissions.approve(submission=Submission.objects.get(), by=SuperuserFactory())
    assert Resource.objects.get().files.get().document == document


def test_a_file_of_a_refused_version_stays_while_an_objection_is_open(admin, browser, draft):
    browser.send(draft)
    sent = Submission.objects.get()
    submissions.refuse(submission=sent, by=SuperuserFactory(), reason="Werbung.")
    submission_appeals.appeal(submission=sent, text="Nein.", by=browser.user)
    resource = Resource.objects.get()
    resource.files.clear()  # only the refused version has it now
    resource.save()
    resource.save_revision()
    delete(admin, Document.objects.get())
    assert sent.revision.as_object().files.count() == 1


def test_a_file_that_nothing_needs_can_be_deleted(admin, db):
    document = Document.objects.create(
        title="Rest", file=SimpleUploadedFile("rest.pdf", samples.pdf())
    )
    delete(admin, document)
    assert not Document.objects.exists()


def test_a_type_that_only_a_sent_version_has_cannot_be_deleted(admin, browser):
    kind = ResourceTypeFactory(code="zine")
    browser.send(browser.fill(browser.begin(), type="zine"))
    answer = admin.post(reverse(kind.snippet_viewset.get_url_name("delete"), args=[kind.pk]))
    assert answer["Location"] == reverse(kind.snippet_viewset.get_url_name("list"))
    assert ResourceType.objects.filter(pk=kind.pk).exists()
    page = admin.get(answer["Location"]).content.decode()
    assert "wartet" in page or "waits to be published" in page


def test_a_language_that_only_a_file_of_a_sent_version_has_cannot_be_deleted(admin, browser, draft):
    browser.send(draft)
    language = LanguageFactory(code="gsw")
    revision = Submission.objects.get().revision
    revision.content["files"][0]["language"] = language.pk
    revision.save(update_fields=["content"])
    admin.post(reverse(language.snippet_viewset.get_url_name("delete"), args=[language.pk]))
    assert Language.objects.filter(pk=language.pk).exists()


def test_a_type_that_nothing_has_can_be_deleted(admin, browser):
    kind = ResourceTypeFactory(code="zine")
    browser.send(browser.fill(browser.begin()))
    admin.post(reverse(kind.snippet_viewset.get_url_name("delete"), args=[kind.pk]))
    assert not ResourceType.objects.filter(pk=kind.pk).exists()
    assert CONTENT["type"] != "zine"
