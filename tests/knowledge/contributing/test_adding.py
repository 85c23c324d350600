"""A member adds a resource: from a file or a link to what waits for review."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from knowledge.enums import SubmissionState
from knowledge.models import DraftFile, Resource, ResourceDraft, Standing, Submission
from knowledge.services.metadata.facts import Facts, Party, Source
from knowledge.views import drafts as pages
from nexsm.base.models import Document
from tests.factories.knowledge import (
    MembershipFactory,
    OrganisationFactory,
    ResourceFactory,
    TopicFactory,
)
from tests.knowledge.contributing.conftest import CONTENT, Browser

pytestmark = pytest.mark.django_db


def test_from_a_file_to_review_in_five_pages(browser, pdf_file):
    file = pdf_file(title="Vereine gründen", author="Ayşe Kaya; Miteinander e.V.", language="de")
    draft = browser.begin(file=file)
    page = browser.client.get(browser.address(draft, "inhalt")).content.decode()
    assert 'value="Vereine gründen"' in page
    assert "Aus der Datei übernommen" in page

    browser.send_step(draft, "inhalt", CONTENT)
    browser.send_step(
        draft, "urheber", {"persons": "Ayşe Kaya\nKaya, Deniz", "organisations": "Miteinander e.V."}
    )
    topic = TopicFactory(code="law")
    browser.send_step(draft, "themen", {"topics": [topic.code], "tags": "Recht, Verein, recht"})
    answer = browser.send(draft, message="Danke!")

    assert answer.status_code == 302
    resource = Resource.objects.get()
    submission = Submission.objects.get()
    assert (submission.state, submission.submitted_by) == (SubmissionState.WAITING, browser.user)
    assert submission.messages.get().text == "Danke!"
    assert resource.latest_revision == submission.revision
    assert (resource.live, resource.created_by, resource.title) == (
        False,
        browser.user,
        "Vereine gründen",
    )
    assert [(row.name, row.kind) for row in resource.contributors.all()] == [
        ("Ayşe Kaya", "person"),
        ("Kaya, Deniz", "person"),
        ("Miteinander e.V.", "organisation"),
    ]
    assert [row.document.filename for row in resource.files.all()] == ["leitfaden.pdf"]
    assert list(resource.topics.all()) == [topic]
    assert sorted(tag.name for tag in resource.tags.all()) == ["Recht", "Verein"]
    assert not DraftFile.objects.exists()


def test_a_link_fills_in_what_stands_there(browser, web):
    web["https://example.org/kurs"] = [
        Facts(
            Source.PAGE,
            title="Ehrenamt",
            authors=(Party("Amina Haddad", "person"),),
            licence="https://creativecommons.org/licenses/by/4.0/",
            kinds=(("schema_org", "Course"),),
        )
    ]
    draft = browser.begin(link="example.org/kurs")

    assert draft.values["url"] == "https://example.org/kurs"
    assert draft.values["title"] == "Ehrenamt"
    assert (draft.values["type"], draft.values["licence"]) == ("course", "CC-BY-4.0")
    page = browser.client.get(browser.address(draft, "inhalt")).content.decode()
    assert "Von der Webseite übernommen" in page


def test_a_doi_is_taken_as_one(browser, web):
    web["10.1234/abc"] = [Facts(Source.DOI, title="Studie", doi="10.1234/abc")]
    draft = browser.begin(link="https://doi.org/10.1234/abc")

    assert (draft.value("doi"), draft.value("url"), draft.value("title")) == (
        "10.1234/abc",
        "",
        "Studie",
    )


def test_a_link_that_does_not_answer_holds_nobody_up(browser, web):
    draft = browser.begin(link="https://example.org/weg")
    page = browser.client.get(browser.address(draft, "inhalt")).content.decode()

    assert draft.value("url") == "https://example.org/weg"
    assert "antwortet gerade niemand" in page


def test_neither_file_nor_link_is_needed(browser):
    draft = browser.fill(browser.begin())
    browser.send(draft)

    assert Submission.objects.get().title == CONTENT["title"]


def test_what_was_filled_in_is_confirmed_before_it_can_be_sent(browser, pdf_file):
    draft = browser.begin(file=pdf_file(title="Vereine gründen"))
    answer = browser.send(draft)

    assert answer.url == browser.address(draft, "inhalt")
    assert not Resource.objects.exists()


def test_not_more_than_six_fields_must_be_filled_in(browser):
    draft = browser.begin()
    required = 0
    for step in ("datei", "inhalt", "urheber", "themen"):
        form = browser.client.get(browser.address(draft, step)).context["form"]
        required += sum(field.field.required for field in form.visible_fields())
    draft = browser.fill(draft)
    form = browser.check(draft).context["form"]
    required += sum(field.field.required for field in form.visible_fields())

    assert required <= 6


def test_the_same_form_sent_twice_makes_one_draft(browser, pdf_file):
    key = str(uuid4())
    file = pdf_file(title="Eins")
    browser.begin(key=key, file=file)
    file.seek(0)
    browser.begin(key=key, file=file)

    assert ResourceDraft.objects.count() == 1
    assert Document.objects.count() == 1


def test_sent_twice_is_one_submission(browser):
    draft = browser.fill(browser.begin())
    browser.send(draft)
    answer = browser.send(draft)

    assert answer.status_code == 302
    assert Submission.objects.count() == 1
    assert Resource.objects.count() == 1
    assert Submission.objects.get().messages.count() == 1


def test_in_the_name_of_an_organisation(browser):
    mine = MembershipFactory(user=browser.user, role="editor").organisation
    draft = browser.begin()
    browser.fill(draft)
    browser.send_step(draft, "urheber", {"on_behalf": str(mine.public_id)})
    browser.send(draft)

    assert Resource.objects.get().organisation == mine
    assert Submission.objects.get().organisation == mine


@pytest.mark.parametrize("role", ["member", None])
def test_not_in_the_name_of_others(browser, role):
    other = OrganisationFactory()
    if role:
        MembershipFactory(user=browser.user, organisation=other, role=role)
    MembershipFactory(user=browser.user, role="owner")
    draft = browser.begin()
    answer = browser.send_step(draft, "urheber", {"on_behalf": str(other.public_id)})

    assert answer.status_code == 200
    draft.refresh_from_db()
    assert draft.value("on_behalf") == ""


def test_a_right_that_was_lost_meanwhile_does_not_count(browser):
    membership = MembershipFactory(user=browser.user, role="owner")
    draft = browser.begin()
    browser.fill(draft)
    browser.send_step(draft, "urheber", {"on_behalf": str(membership.organisation.public_id)})
    membership.delete()
    answer = browser.send(draft, message="Mein Text")

    assert answer.status_code == 200
    assert "für diese Organisation" in answer.content.decode()
    assert "Mein Text" in answer.content.decode()
    assert not Resource.objects.exists()


def test_whoever_left_the_organisation_of_a_draft_sends_it_herself(browser):
    membership = MembershipFactory(user=browser.user, role="editor")
    draft = browser.fill(browser.begin())
    browser.send_step(draft, "urheber", {"on_behalf": str(membership.organisation.public_id)})
    membership.delete()

    refused = browser.send(draft).content.decode()
    makers = browser.address(draft, "urheber")
    assert f'<a href="{makers}">Wer fügt es hinzu?' in refused
    assert str(membership.organisation.public_id) not in refused
    page = browser.client.get(makers).content.decode()
    assert re.search(r'name="on_behalf" value=""[^>]* checked', page)
    browser.send_step(draft, "urheber", {"on_behalf": ""})
    browser.send(draft)

    resource = Resource.objects.get()
    assert (resource.organisation, resource.created_by) == (None, browser.user)


def test_a_trusted_organisation_is_published_at_once(browser):
    membership = MembershipFactory(user=browser.user, role="owner")
    Standing.objects.create(organisation=membership.organisation, trust="trusted")
    draft = browser.begin()
    browser.fill(draft)
    browser.send_step(draft, "urheber", {"on_behalf": str(membership.organisation.public_id)})
    browser.send(draft)

    assert Resource.objects.get().live


EXTRA = {
    "is_superuser": "1",
    "live": "on",
    "status": "published",
    "visibility": "members",
    "owner": "1",
    "created_by": "1",
    "organisation": "2",
    "is_example": "on",
    "public_id": str(uuid4()),
    "import_id": "x",
    "first_published_at": "2020-01-01",
    "translation_key": str(uuid4()),
    "files": "1",
    "done_steps": "[]",
    "sources": "{}",
    "body": "x",
    "withdrawn_reason": "x",
}


def test_extra_fields_do_nothing(browser):
    other = OrganisationFactory()
    extra = {**EXTRA, "organisation": str(other.pk)}
    draft = browser.begin(**extra)
    browser.send_step(draft, "inhalt", {**CONTENT, **extra})
    browser.send_step(draft, "urheber", extra)
    browser.send_step(draft, "themen", extra)
    browser.send(draft, **extra)

    resource = Resource.objects.get()
    browser.user.refresh_from_db()
    assert not browser.user.is_superuser
    assert not resource.live
    assert (resource.visibility, resource.is_example) == ("public", False)
    assert (resource.organisation, resource.created_by) == (None, browser.user)
    assert resource.first_published_at is None
    assert str(resource.public_id) == str(draft.public_id)
    assert str(resource.translation_key) != extra["translation_key"]
    assert resource.import_id is None
    assert not resource.body
    assert list(resource.files.all()) == []


def test_foreign_drafts_are_not_there(browser):
    draft = browser.fill(browser.begin())
    other = Browser()
    for name, arguments in (
        ("draft_step", [draft.public_id, "inhalt"]),
        ("draft_check", [draft.public_id]),
        ("draft_compare", [draft.public_id]),
        ("draft_discard", [draft.public_id]),
        ("draft_same", [draft.public_id, uuid4()]),
    ):
        address = reverse(f"knowledge:{name}", args=arguments)
        assert other.client.get(address).status_code == 404
        if name != "draft_same":
            assert other.client.post(address, CONTENT).status_code == 404
    start = reverse("knowledge:draft_start")
    assert other.client.post(start, {"key": draft.public_id}).status_code == 404


def test_files_of_a_draft_are_for_its_author_only(browser, pdf_file):
    draft = browser.begin(file=pdf_file())
    document = Document.objects.get()

    shown = browser.client.get(document.url)
    assert shown.status_code == 200
    shown.close()
    assert Browser().client.get(document.url).status_code == 404
    address = browser.address(draft, "datei")
    browser.client.post(address, {**browser.hidden(draft, "datei"), "remove": document.public_id})
    assert not Document.objects.exists()


def test_deleting_a_draft_deletes_its_files(browser, pdf_file):
    draft = browser.begin(file=pdf_file())
    browser.client.post(reverse("knowledge:draft_discard", args=[draft.public_id]))

    assert not ResourceDraft.objects.exists()
    assert not Document.objects.exists()


def test_whoever_left_an_organisation_sees_no_new_text_of_it(browser):
    membership = MembershipFactory(user=browser.user, role="editor")
    resource = ResourceFactory(
        title="Alt", organisation=membership.organisation, created_by=browser.user
    )
    resource.title = "Noch geheim"
    resource.save_revision()
    address = reverse("knowledge:contribute")
    assert "Noch geheim" in browser.client.get(address).content.decode()
    membership.delete()

    page = browser.client.get(address).content.decode()

    assert "Alt" in page
    assert "Noch geheim" not in page


def test_links_are_looked_at_so_often_only(browser, web, monkeypatch):
    monkeypatch.setattr(pages, "LINKS_AN_HOUR", 1)
    web["https://example.org/kurs"] = [Facts(Source.PAGE, title="Kurs")]
    first, second = (browser.begin(link="https://example.org/kurs") for _ in range(2))

    assert first.value("title") == "Kurs"
    assert second.value("title") == ""
    assert second.value("url") == first.value("url")


@pytest.mark.parametrize(
    ("field", "said"), [("title", "den Titel ein"), ("summary", "worum es geht")]
)
def test_what_cannot_be_seen_is_as_good_as_empty(browser, field, said):
    draft = browser.begin()
    answer = browser.client.post(
        browser.address(draft, "inhalt"), CONTENT | {field: "\u200d\u200d"}
    )

    assert answer.status_code == 200
    assert said in answer.context["form"].errors[field][0]
