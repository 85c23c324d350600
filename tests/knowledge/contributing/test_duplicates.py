"""What is probably here already is shown before it is sent, and nothing hidden is told."""

import pytest
from django.urls import reverse

from knowledge.models import Resource, ResourceFile, Submission
from knowledge.queries.duplicates import Reason, Sought, probable_duplicates
from tests.factories.accounts import UserFactory
from tests.factories.base import DocumentFactory
from tests.factories.knowledge import ResourceFactory
from tests.knowledge.contributing.conftest import CONTENT

pytestmark = pytest.mark.django_db


def found(sought, **options):
    options.setdefault("viewer", UserFactory())
    return [(one.resource.title, one.reason) for one in probable_duplicates(sought, **options)]


@pytest.mark.parametrize(
    "title",
    [
        "Leitfaden für die Vereinsgründung",
        "leitfaden für die Vereinsgründung.",
        "Vereinsgründung: Leitfaden für die",
        "Leitfaden für die Vereinsgründungen",
    ],
)
def test_a_near_title(title):
    ResourceFactory(title="Leitfaden für die Vereinsgründung")
    ResourceFactory(title="Leitfaden für die Steuererklärung")

    assert found(Sought(title=title)) == [("Leitfaden für die Vereinsgründung", Reason.TITLE)]


def test_the_same_doi_file_or_link():
    document = DocumentFactory()
    ResourceFactory(title="A", doi="10.1234/ABC")
    ResourceFactory(title="B", files=[ResourceFile(document=document)])
    ResourceFactory(title="C", url="http://www.example.org/c")
    sought = Sought(
        title="Ganz anders",
        doi="10.1234/abc",
        url="https://example.org/c/",
        file_hashes=(document.file_hash,),
    )

    assert found(sought) == [("A", Reason.DOI), ("B", Reason.FILE), ("C", Reason.LINK)]


def test_nothing_is_told_of_what_others_have_not_published():
    document = DocumentFactory()
    ResourceFactory(
        title="Geheimer Leitfaden",
        live=False,
        doi="10.1/x",
        files=[ResourceFile(document=document)],
    )
    sought = Sought("Geheimer Leitfaden", doi="10.1/x", file_hashes=(document.file_hash,))

    assert found(sought) == []


def test_ones_own_that_waits_counts():
    user = UserFactory()
    ResourceFactory(title="Mein Leitfaden", live=False, created_by=user)

    assert found(Sought("Mein Leitfaden"), viewer=user) == [("Mein Leitfaden", Reason.TITLE)]


def test_without_a_title_nothing_is_near():
    ResourceFactory(title="Leitfaden")

    assert found(Sought()) == []


def test_it_can_be_sent_once_the_person_has_said_that_it_is_something_else(browser):
    there = ResourceFactory(title=CONTENT["title"])
    draft = browser.fill(browser.begin())
    page = browser.check(draft).content.decode()
    assert "Gibt es das hier schon?" in page
    assert 'name="message"' not in page  # it would be lost with the answer to the question

    answer = browser.send(draft, message="Bitte!")
    assert "Bitte sagen Sie zuerst" in answer.content.decode()
    assert "Bitte!" in answer.content.decode()
    assert Resource.objects.count() == 1
    browser.client.post(
        reverse("knowledge:draft_check", args=[draft.public_id]), {"different": there.public_id}
    )
    assert 'name="message"' in browser.check(draft).content.decode()
    browser.send(draft)
    assert Submission.objects.count() == 1


def test_the_one_that_is_meant_leads_to_it(browser):
    there = ResourceFactory(title=CONTENT["title"])
    draft = browser.fill(browser.begin())
    address = reverse("knowledge:draft_same", args=[draft.public_id, there.public_id])

    assert there.get_absolute_url() in browser.client.get(address).content.decode()
    hidden = ResourceFactory(title="Anderes", live=False)
    address = reverse("knowledge:draft_same", args=[draft.public_id, hidden.public_id])
    assert browser.client.get(address).status_code == 404


@pytest.mark.parametrize("value", ["", "x", "1", "\0"])
def test_nonsense_instead_of_an_item(browser, value):
    draft = browser.fill(browser.begin())
    address = reverse("knowledge:draft_check", args=[draft.public_id])

    assert browser.client.post(address, {"different": value}).status_code == 404
