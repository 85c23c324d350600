"""Members meet the limits in their own forms: said at the field, with everything typed still there."""

import uuid

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse

from knowledge.forms.profile import ProfileForm
from knowledge.models import DraftFile, Resource
from knowledge.services.drafts import filling
from knowledge.services.publication import withdraw
from nexsm.base.media import quota
from nexsm.base.models import Document, Image
from tests.base import media_corpus as made
from tests.factories.accounts import EditorFactory
from tests.factories.knowledge import MembershipFactory
from tests.knowledge.contributing.conftest import Browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_is_read_from_files(monkeypatch):
    monkeypatch.setattr(filling, "fill_from_document", lambda **_draft_and_document: [])


@pytest.fixture
def membership():
    return MembershipFactory(role="owner")


@pytest.fixture
def browser(membership):
    return Browser(membership.user)


def pdf():
    return SimpleUploadedFile("leitfaden.pdf", made.PDF)


def test_a_member_without_space_is_told_so_and_keeps_the_link(browser, settings, stored):
    settings.UPLOAD_MEMBER_BYTES = 10
    data = {"key": str(uuid.uuid4()), "link": "https://example.org/kept", "file": pdf()}
    page = browser.client.post(reverse("knowledge:draft_start"), data)
    text = page.content.decode()
    assert page.status_code == 200
    assert "Ihre Dateien belegen" in text
    assert "https://example.org/kept" in text
    assert not Document.objects.exists()
    assert not DraftFile.objects.exists()
    assert stored() == []


def test_an_upload_of_a_member_counts_for_her(browser):
    browser.begin(file=pdf())
    assert quota.usage_of_member(browser.user).used == len(made.PDF)


def test_what_is_sent_for_an_organisation_counts_for_it(browser, membership, settings):
    organisation = membership.organisation.public_id
    draft = browser.begin(file=pdf())
    browser.fill(draft)
    browser.send_step(draft, "urheber", {"on_behalf": str(organisation)})
    settings.UPLOAD_ORGANISATION_BYTES = 10
    page = browser.send(draft)
    assert "Die Dateien dieser Organisation belegen" in page.content.decode()
    assert not Resource.objects.exists()

    settings.UPLOAD_ORGANISATION_BYTES = len(made.PDF)
    assert browser.send(draft).status_code == 302
    assert quota.usage_of_organisation(organisation).used == len(made.PDF)


def test_a_file_is_not_counted_twice_for_the_same_organisation(membership, settings):
    organisation = membership.organisation.public_id
    document = Document.objects.create(title="x", file=ContentFile(made.PDF, "x.pdf"))
    settings.UPLOAD_ORGANISATION_BYTES = len(made.PDF)
    for _ in range(2):
        with transaction.atomic():
            quota.assign([document], organisation_id=organisation)
        document.refresh_from_db()
    other = Document.objects.create(title="x", file=ContentFile(made.PDF, "x.pdf"))
    with pytest.raises(ValidationError), transaction.atomic():
        quota.assign([other], organisation_id=organisation)


def test_a_logo_counts_for_the_organisation_and_is_refused_at_its_field(
    browser, membership, settings
):
    organisation = membership.organisation
    form = ProfileForm(instance=organisation, initial={"seen": organisation.latest_revision_id})
    sent = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in sent.items() if value not in (None, False, "")}
    sent |= {"tags": "", "city": "Neustadt"}
    path = reverse("knowledge:organisation_profile", args=[organisation.public_id])

    def logo():
        return {"new_logo": SimpleUploadedFile("logo.png", made.picture("PNG"))}

    settings.UPLOAD_ORGANISATION_BYTES = 10
    page = browser.client.post(path, sent | logo())
    assert "Organisation belegen" in page.context["form"].errors["new_logo"][0]
    assert page.context["form"]["city"].value() == "Neustadt"
    assert not Image.objects.exists()

    settings.UPLOAD_ORGANISATION_BYTES = 10_000
    assert browser.client.post(path, sent | logo()).status_code == 302
    image = Image.objects.get()
    assert quota.usage_of_organisation(organisation.public_id).used == image.file_size


@pytest.fixture
def anybody(client):
    """Asks for a file as anonymous and as another member, also with what only its owner could know."""
    other = Browser().client

    def statuses(document):
        known = [None, f'"{document.get_file_hash()}"', "*"]
        found = set()
        for who in (client, other):
            for etag in known:
                headers = {"if-none-match": etag} if etag else {}
                answer = who.get(document.url, headers=headers)
                answer.close()
                found.add(answer.status_code)
        return found

    return statuses


def test_the_file_of_a_draft_is_there_for_nobody_else_also_not_as_unchanged(browser, anybody):
    browser.begin(file=pdf())
    document = Document.objects.get()
    answer = browser.client.get(document.url)
    answer.close()
    assert answer.status_code == 200
    assert anybody(document) == {404}


def test_a_file_follows_its_item_from_draft_to_withdrawn(browser, anybody):
    draft = browser.begin(file=pdf())
    browser.fill(draft)
    browser.send(draft)
    resource, document = Resource.objects.get(), Document.objects.get()
    assert anybody(document) == {404}
    resource.latest_revision.publish()
    assert anybody(document) == {200, 304}
    resource.refresh_from_db()
    withdraw(item=resource, by=EditorFactory(), reason="Veraltet")
    assert anybody(document) == {404}
