"""The page of one submission for editors."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from knowledge.enums import SubmissionState
from knowledge.models import Contributor, Resource, ResourceFile, Submission
from knowledge.services import submissions
from tests.factories.accounts import EditorFactory
from tests.factories.base import DocumentFactory, ImageFactory
from tests.factories.knowledge import (
    LicenceFactory,
    MembershipFactory,
    ResourceFactory,
    TopicFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, db):
    user = EditorFactory(name="Edda Redaktion")
    client.force_login(user)
    return user


@pytest.fixture
def url(submission):
    return reverse("nexsm_review_item", args=[submission.pk])


def press(client, url, submission, action, **data):
    return client.post(url, {"action": action, "seen": submission.revision_id, **data})


def test_what_differs_from_the_published_version_is_marked(client, editor, resource, owner):
    topic = TopicFactory(code="house", labels={"de": "Haus", "en": "House"})
    resource.summary = "Eine <b>andere</b> Zusammenfassung."
    resource.topics.set([topic])
    resource.contributors.add(Contributor(name="Ada Lovelace"))
    resource.licence = LicenceFactory(code="cc-by")
    resource.save_revision(user=owner)
    sent = submissions.submit(item=resource, by=owner)

    response = client.get(reverse("nexsm_review_item", args=[sent.pk]))

    changed = {row.name: str(row.html) for row, _note in response.context["changed"]}
    assert set(changed) == {"title", "summary", "topics", "contributors", "licence"}
    assert "<del>Alt</del>" in changed["title"]
    assert "<ins>Neu</ins>" in changed["title"]
    assert "<b>" not in changed["summary"]
    assert "<ins>House</ins>" in changed["topics"]
    assert "Ada Lovelace" in changed["contributors"]
    same = {row.name for row, _note in response.context["same"]}
    assert {"type", "language", "organisation"} <= same


def test_of_a_new_entry_everything_is_shown(client, editor, owner, organisation):
    item = ResourceFactory(
        title="<script>alert(1)</script>", organisation=organisation, live=False, tags=["recht"]
    )
    item.save_revision(user=owner)
    sent = submissions.submit(item=item, by=owner)

    response = client.get(reverse("nexsm_review_item", args=[sent.pk]))

    changed = {row.name: str(row.html) for row, _note in response.context["changed"]}
    assert {"title", "summary", "type", "language", "tags", "organisation"} <= set(changed)
    assert "<script>alert" not in response.content.decode()
    assert "Verein A" in changed["organisation"]


def test_a_profile_is_shown_too(client, editor, organisation, owner):
    organisation.description = "<p>Ganz <b>neu</b></p>"
    organisation.save_revision(user=owner)
    sent = submissions.submit(item=organisation, by=owner)

    response = client.get(reverse("nexsm_review_item", args=[sent.pk]))

    changed = {row.name: str(row.html) for row, _note in response.context["changed"]}
    assert set(changed) == {"description"}
    assert "neu" in changed["description"]


def test_publishing(client, editor, url, submission, resource):
    response = press(client, url, submission, "publish")
    assert response.url == reverse("nexsm_review")
    assert Resource.objects.get(pk=resource.pk).title == "Neu"


def test_asking_for_changes_with_notes_at_fields(client, editor, url, submission):
    press(client, url, submission, "changes", **{"note-title": "Kürzer bitte", "message": "Danke!"})
    submission.refresh_from_db()
    assert submission.state == SubmissionState.CHANGES
    assert list(submission.messages.values_list("field", "text"))[1:] == [
        ("", "Danke!"),
        ("title", "Kürzer bitte"),
    ]


@pytest.mark.parametrize("action", ["changes", "refuse"])
def test_nothing_happens_without_words_and_what_was_typed_stays(
    action, client, editor, url, submission
):
    data = {"note-title": "Getippt"} if action == "refuse" else {"message": "  "}
    response = press(client, url, submission, action, **data)
    assert response.status_code == 200
    assert response.context["decision"].non_field_errors()
    assert action != "refuse" or "Getippt" in response.content.decode()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING


def test_refusing_with_a_reason_and_looking_again(client, editor, url, submission):
    press(client, url, submission, "refuse", message="Das ist Werbung.")
    submission.refresh_from_db()
    assert (submission.state, submission.reason) == (SubmissionState.REFUSED, "Das ist Werbung.")
    press(client, url, submission, "reopen")
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING


@pytest.mark.usefixtures("editor")
def test_a_newer_version_is_shown_before_it_is_published(client, url, submission, resource, owner):
    resource.title = "Noch neuer"
    resource.save_revision(user=owner)
    submissions.submit(item=resource, by=owner)

    response = press(client, url, submission, "publish", message="Schön!")

    page = response.content.decode()
    assert "Noch neuer" in page
    assert "Schön!" in page
    assert Resource.objects.get(pk=resource.pk).title == "Alt"
    newer = Submission.objects.get()
    assert f'value="{newer.revision_id}"' in page
    press(client, url, newer, "publish")
    assert Resource.objects.get(pk=resource.pk).title == "Noch neuer"


def test_a_page_without_the_number_of_the_version_publishes_nothing(client, editor, url, resource):
    client.post(url, {"action": "publish"})
    assert Resource.objects.get(pk=resource.pk).title == "Alt"


def test_looking_after_it(client, editor, url, submission):
    press(client, url, submission, "take")
    submission.refresh_from_db()
    assert submission.assigned_to == editor
    press(client, url, submission, "give_back")
    submission.refresh_from_db()
    assert submission.assigned_to is None


def test_an_answer_without_a_decision(client, editor, url, submission):
    assert press(client, url, submission, "answer", text=" ").status_code == 200
    press(client, url, submission, "answer", text="Eine Frage")
    assert submission.messages.last().text == "Eine Frage"


@pytest.mark.parametrize("action", ["", "delete", "look"])
def test_unknown_and_unfitting_actions_change_nothing(action, client, editor, url, submission):
    assert press(client, url, submission, action).status_code == 200
    submission.refresh_from_db()
    assert (submission.state, submission.looked_at) == (SubmissionState.WAITING, None)


def test_what_does_not_exist_is_not_found(client, editor):
    assert client.get(reverse("nexsm_review_item", args=[999999])).status_code == 404


def test_an_item_that_was_deleted_can_still_be_closed(client, editor, url, submission, resource):
    resource.delete()
    assert client.get(url).status_code == 200
    press(client, url, submission, "refuse", message="Gelöscht.")
    submission.refresh_from_db()
    assert submission.state == SubmissionState.REFUSED


@pytest.mark.usefixtures("editor")
def test_the_page_asks_no_more_for_a_longer_conversation(
    client, url, submission, owner, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        for _time in range(number):
            submissions.answer(submission=submission, by=owner, text="Hallo")
        with django_assert_max_num_queries(150) as asked:
            client.get(url)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_the_history_names_everybody(client, editor, url, submission):
    other = MembershipFactory(
        organisation=submission.organisation, role="editor", user__name="Bilge"
    ).user
    submissions.answer(submission=submission, by=other, text="Ich auch")
    page = client.get(url).content.decode()
    assert "Ada" in page
    assert "Bilge" in page


@pytest.mark.usefixtures("editor")
def test_what_may_be_here_already_is_said(client, owner, organisation):
    there = ResourceFactory(title="Leitfaden für neue Vereine")
    item = ResourceFactory(
        title="Leitfaden für neue Vereine", organisation=organisation, live=False
    )
    item.save_revision(user=owner)
    sent = submissions.submit(item=item, by=owner)

    response = client.get(reverse("nexsm_review_item", args=[sent.pk]))

    assert [found for found, _url in response.context["duplicates"]] == [there]


def test_files_links_and_pictures_of_a_resource_can_be_opened(client, editor, owner, organisation):
    document = DocumentFactory(title="Leitfaden")
    item = ResourceFactory(
        organisation=organisation,
        live=False,
        url="https://example.org/a?b=1&c=2",
        files=[ResourceFile(document=document)],
        cover_image=ImageFactory(),
        cover_alt="Ein Tisch",
    )
    item.save_revision(user=owner)
    sent = submissions.submit(item=item, by=owner)

    page = BeautifulSoup(
        client.get(reverse("nexsm_review_item", args=[sent.pk])).content, "html.parser"
    )

    links = [link.get("href") for link in page.find_all("a")]
    assert document.url in links
    assert item.url in links
    assert page.find("img", alt="Ein Tisch")


def test_website_and_logo_of_a_profile_can_be_opened(client, editor, organisation, owner):
    organisation.website = "https://verein.example.org/"
    organisation.logo = ImageFactory()
    organisation.save_revision(user=owner)
    sent = submissions.submit(item=organisation, by=owner)

    page = client.get(reverse("nexsm_review_item", args=[sent.pk])).content.decode()

    assert 'href="https://verein.example.org/"' in page
    assert organisation.logo.get_rendition("max-320x240").url in page
