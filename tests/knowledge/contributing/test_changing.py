"""Changing what is there: the published version stays, and nobody overwrites anybody unseen."""

import pytest
from django.urls import reverse

from knowledge.enums import ContributorRole
from knowledge.models import Contributor, Organisation, Resource, ResourceDraft, Submission
from knowledge.queries.drafts import own_drafts
from knowledge.services.drafts.values import values_of, version_to_change
from knowledge.services.submissions import approve, request_changes
from nexsm.base.models import Document
from tests.factories.accounts import EditorFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory
from tests.knowledge.contributing.conftest import CONTENT, Browser

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared():
    """A published resource of an organisation with two editors, in their browsers."""
    organisation = OrganisationFactory(name="Miteinander e.V.")
    resource = ResourceFactory(
        title="Alter Titel",
        summary="Alte Worte.",
        organisation=organisation,
        tags=["Verein"],
        contributors=[
            Contributor(name="Ayşe Kaya"),
            Contributor(organisation=organisation, kind="organisation"),
            Contributor(name="Deniz Ak", role=ContributorRole.TRANSLATOR),
        ],
        body=[{"type": "paragraph", "value": "<p>Bleibt.</p>"}],
    )
    resource.save_revision().publish()
    browsers = [Browser(), Browser()]
    for browser in browsers:
        MembershipFactory(user=browser.user, organisation=organisation, role="editor")
    return resource, *browsers


def change(browser, resource):
    browser.client.post(reverse("knowledge:resource_change", args=[resource.public_id]))
    return ResourceDraft.objects.get(owner=browser.user, sent_at=None)


def newest(resource):
    return version_to_change(Resource.objects.get(pk=resource.pk))


def test_the_published_version_stays_until_the_new_one_is_approved(shared):
    resource, browser, _other = shared
    draft = change(browser, resource)
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Neuer Titel"})
    browser.send(draft)

    resource.refresh_from_db()
    assert (resource.live, resource.title) == (True, "Alter Titel")
    assert newest(resource).title == "Neuer Titel"
    approve(submission=Submission.objects.get(), by=EditorFactory())
    resource.refresh_from_db()
    assert resource.title == "Neuer Titel"


def status_of(browser, document):
    """How the address of a file answers this person."""
    answer = browser.client.get(document.url)
    answer.close()
    return answer.status_code


def test_files_that_were_sent_stay_open_for_those_who_may_change_the_resource(shared, pdf_file):
    resource, browser, colleague = shared
    draft = change(browser, resource)
    browser.send_step(draft, "datei", {"file": pdf_file()})
    browser.send(draft)
    document = Document.objects.get()
    again = change(browser, resource)

    assert document.url in browser.client.get(browser.address(again, "datei")).content.decode()
    for one in (browser, colleague):
        assert status_of(one, document) == 200
    other = Browser()
    MembershipFactory(user=other.user, role="owner")
    assert status_of(other, document) == 404
    colleague.user.memberships.all().delete()
    assert status_of(colleague, document) == 404


def test_files_of_a_new_resource_stay_open_for_its_author_until_it_is_online(browser, pdf_file):
    browser.send(browser.fill(browser.begin(file=pdf_file())))
    document = Document.objects.get()

    assert status_of(browser, document) == 200
    assert status_of(Browser(), document) == 404


def test_what_members_cannot_set_stays_as_it_is(shared):
    resource, browser, _other = shared
    before = values_of(resource)
    draft = change(browser, resource)
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Neu"})
    browser.send(draft)

    version = newest(resource)
    assert values_of(version) == {**before, **CONTENT, "title": "Neu"}
    assert "Bleibt." in str(version.body)
    rows = list(version.contributors.all())
    assert [row.display_name for row in rows] == ["Ayşe Kaya", "Miteinander e.V.", "Deniz Ak"]
    assert rows[1].organisation == resource.organisation


def test_changed_authors_keep_the_link_to_a_profile_and_the_translators(shared):
    resource, browser, _other = shared
    draft = change(browser, resource)
    data = {"persons": "Amina Haddad", "organisations": "Miteinander e.V."}
    browser.send_step(draft, "urheber", data)
    browser.send(draft)

    rows = list(newest(resource).contributors.all())
    assert [(row.display_name, row.role) for row in rows] == [
        ("Amina Haddad", "author"),
        ("Miteinander e.V.", "author"),
        ("Deniz Ak", "translator"),
    ]
    assert rows[1].organisation == Organisation.objects.get(name="Miteinander e.V.")


def test_the_second_sees_both_texts_and_chooses(shared):
    resource, first, second = shared
    mine, theirs = change(second, resource), change(first, resource)
    first.send_step(theirs, "inhalt", {**CONTENT, "title": "Titel der Ersten", "summary": "Neu."})
    second.send_step(
        mine, "inhalt", {**CONTENT, "title": "Titel der Zweiten", "summary": "Alte Worte."}
    )
    second.send_step(mine, "themen", {"tags": "Recht"})
    first.send(theirs)
    answer = second.send(mine)

    compare = reverse("knowledge:draft_compare", args=[mine.public_id])
    assert answer.url == compare
    page = second.client.get(compare).content.decode()
    assert "Titel der Ersten" in page
    assert "Titel der Zweiten" in page
    assert newest(resource).title == "Titel der Ersten"

    revision = Resource.objects.get().latest_revision_id
    unsettled = second.client.post(compare, {"revision": revision})
    assert unsettled.status_code == 200
    second.client.post(compare, {"revision": revision, "title": "mine"})
    second.send(mine)
    version = newest(resource)
    assert version.title == "Titel der Zweiten"
    assert version.summary == "Neu."
    assert sorted(tag.name for tag in version.tags.all()) == ["Recht"]


def test_a_third_version_in_between_is_shown_again(shared):
    resource, first, second = shared
    mine = change(second, resource)
    second.send_step(mine, "inhalt", {**CONTENT, "title": "Titel der Zweiten"})
    seen = Resource.objects.get().latest_revision_id
    version = newest(resource)
    version.title = "Titel der Redaktion"
    version.save_revision(user=first.user)
    compare = reverse("knowledge:draft_compare", args=[mine.public_id])
    answer = second.client.post(compare, {"revision": seen, "title": "mine"})

    assert answer.status_code == 200
    assert "Titel der Redaktion" in answer.content.decode()
    mine.refresh_from_db()
    assert mine.base_revision == seen


def test_what_editors_ask_for_stands_at_the_field(shared):
    resource, browser, _other = shared
    draft = change(browser, resource)
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Neu"})
    browser.send(draft)
    request_changes(
        submission=Submission.objects.get(),
        by=EditorFactory(),
        notes={"title": "Bitte kürzer."},
        message="Fast fertig.",
    )
    draft = change(browser, resource)
    check, step = browser.check(draft), browser.client.get(browser.address(draft, "inhalt"))
    overview = browser.client.get(reverse("knowledge:contribute")).content.decode()

    assert "Bitte kürzer." in check.content.decode()
    assert "Fast fertig." in check.content.decode()
    assert "Bitte kürzer." in step.content.decode()
    assert "Sie sind dran" in overview
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Kurz"})
    browser.send(draft)
    assert Submission.objects.get().state == "waiting"
    draft = change(browser, resource)
    assert "Bitte kürzer." not in browser.check(draft).content.decode()


def test_taking_back_leaves_the_text(shared):
    resource, browser, _other = shared
    draft = change(browser, resource)
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Neu"})
    browser.send(draft)
    address = reverse("knowledge:submission_withdraw", args=[Submission.objects.get().public_id])
    overview = browser.client.get(reverse("knowledge:contribute")).content.decode()
    assert address in overview
    browser.client.post(address)

    assert Submission.objects.get().state == "withdrawn"
    assert newest(resource).title == "Neu"


def test_what_one_may_not_change_is_not_there(shared):
    resource, _browser, _other = shared
    stranger = Browser()
    MembershipFactory(user=stranger.user, role="owner")
    MembershipFactory(user=stranger.user, organisation=resource.organisation, role="member")
    address = reverse("knowledge:resource_change", args=[resource.public_id])

    assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(address).status_code == 404
    assert not ResourceDraft.objects.exists()


def test_a_draft_of_an_item_that_is_not_ones_own_any_more_is_not_there(shared):
    resource, browser, _other = shared
    draft = change(browser, resource)
    browser.user.memberships.all().delete()

    assert browser.check(draft).status_code == 404
    assert browser.send(draft).status_code == 404
    assert not Submission.objects.exists()


def test_the_change_of_a_resource_one_may_not_change_any_more_is_read_and_deleted(shared, pdf_file):
    resource, browser, _other = shared
    draft = change(browser, resource)
    browser.send_step(draft, "datei", {"file": pdf_file("meine.pdf")})
    browser.send_step(draft, "inhalt", {**CONTENT, "title": "Mein Titel"})
    resource.summary = "Noch geheim."
    resource.save_revision()
    browser.user.memberships.all().delete()
    discard = reverse("knowledge:draft_discard", args=[draft.public_id])

    overview = browser.client.get(reverse("knowledge:contribute")).content.decode()
    assert "dürfen dieses Material nicht mehr ändern" in overview
    assert discard in overview
    assert reverse("knowledge:draft_check", args=[draft.public_id]) not in overview
    page = browser.client.get(discard).content.decode()
    assert "Mein Titel" in page
    document = Document.objects.get()
    assert f'<a href="{document.url}">{document.filename}</a>' in page
    shown = browser.client.get(document.url)
    assert shown.status_code == 200
    shown.close()
    assert "Ayşe Kaya" not in page  # was there before, and is not hers
    assert "Noch geheim" not in page

    browser.client.post(discard)
    assert not ResourceDraft.objects.exists()
    assert Resource.objects.filter(pk=resource.pk).exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_needs_the_same_number_of_queries_for_any_number_of_changes(
    shared, django_assert_num_queries, count
):
    resource, browser, _other = shared
    change(browser, resource)
    for number in range(count - 1):
        another = ResourceFactory(title=f"Mehr {number}", organisation=resource.organisation)
        another.save_revision().publish()
        browser.client.post(reverse("knowledge:resource_change", args=[another.public_id]))
    assert len(own_drafts(browser.user, limit=20)) == count
    with django_assert_num_queries(2):
        own_drafts(browser.user, limit=20)
