"""What is put online beside the queue: what it decides, in whose name, and what it leaves waiting."""

import pytest
from django.urls import reverse
from wagtail.models import TaskState

from knowledge.enums import SubmissionState, Trust
from knowledge.models import Resource, Standing
from knowledge.services import curation, publication, submissions
from knowledge.services.submissions import NotAllowedError
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory
from tests.factories.knowledge import MembershipFactory, TopicFactory
from tests.knowledge.test_admin_forms import resource_data

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(client, db):
    user = EditorFactory()
    client.force_login(user)
    return user


def test_who_publishes_it_in_the_form_has_decided(client, editor, resource, submission, owner):
    address = reverse("wagtailsnippets_knowledge_resource:edit", args=[resource.pk])
    given = {"title": "Neu, mit Komma", "organisation": resource.organisation_id}
    data = resource_data() | given | {"action-publish": "1"}

    assert client.post(address, data).status_code == 302

    submission.refresh_from_db()
    assert Resource.objects.get(pk=resource.pk).title == "Neu, mit Komma"
    assert (submission.state, submission.decided_by) == (SubmissionState.PUBLISHED, editor)
    assert OutgoingMail.objects.get().to == owner.email


def test_who_approves_it_in_a_workflow_has_decided(client, editor, resource, submission, reviewer):
    given = {"title": "Neu, geprüft", "organisation": resource.organisation_id}
    address = reverse("wagtailsnippets_knowledge_resource:edit", args=[resource.pk])
    client.post(address, resource_data() | given | {"action-submit": "1"})
    task = TaskState.objects.get(status="in_progress")

    client.force_login(reviewer)
    route = "wagtailsnippets_knowledge_resource:workflow_action"
    client.post(reverse(route, args=[resource.pk, "approve", task.pk]), {"comment": ""})

    submission.refresh_from_db()
    assert Resource.objects.get(pk=resource.pk).title == "Neu, geprüft"
    assert (submission.state, submission.decided_by) == (SubmissionState.PUBLISHED, reviewer)


def test_who_publishes_many_at_once_decides_and_not_the_author(resource, submission, owner):
    editor = EditorFactory()
    curation.publish_latest(item=Resource.objects.get(pk=resource.pk), by=editor)

    submission.refresh_from_db()
    assert (submission.state, submission.decided_by) == (SubmissionState.PUBLISHED, editor)
    assert OutgoingMail.objects.get().to == owner.email


def test_a_topic_for_many_leaves_what_was_sent_in_the_queue(resource, submission, reviewer):
    topic = TopicFactory(code="recht")
    curation.add_topic(item=Resource.objects.get(pk=resource.pk), topic=topic, by=EditorFactory())

    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING
    assert not OutgoingMail.objects.exists()
    submissions.approve(submission=submission, by=reviewer)
    found = Resource.objects.get(pk=resource.pk)
    assert (found.title, list(found.topics.all())) == ("Neu", [topic])


def test_a_draft_that_has_the_topic_already_stays_the_newest_version(resource, owner):
    topic = TopicFactory(code="recht")
    resource.topics.set([topic])
    resource.save_revision(user=owner)
    sent = submissions.submit(item=resource, by=owner)

    curation.add_topic(item=Resource.objects.get(pk=resource.pk), topic=topic, by=EditorFactory())

    found = Resource.objects.get(pk=resource.pk)
    assert found.get_latest_revision_as_object().title == "Neu"
    sent.refresh_from_db()
    assert sent.revision == found.latest_revision


def test_a_trusted_organisation_does_not_put_back_what_was_taken_offline(
    client, editor, resource, owner
):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.TRUSTED)
    found = Resource.objects.get(pk=resource.pk)
    publication.withdraw(item=found, reason="Verletzt Rechte.", by=editor)

    sent = submissions.submit(item=Resource.objects.get(pk=resource.pk), by=owner)

    assert sent.state == SubmissionState.WAITING
    assert not Resource.objects.get(pk=resource.pk).live
    page = client.get(reverse("nexsm_review_item", args=[sent.pk])).content.decode()
    assert "Verletzt Rechte." in page


@pytest.mark.parametrize("step", ["approve", "request_changes", "refuse"])
def test_nobody_decides_about_her_own_entry(step, submission, organisation):
    insider = ReviewerFactory()
    MembershipFactory(organisation=organisation, user=insider, role="editor")
    given = {"request_changes": {"notes": {"title": "x"}}, "refuse": {"reason": "x"}}

    with pytest.raises(NotAllowedError, match="eigener Eintrag"):
        getattr(submissions, step)(submission=submission, by=insider, **given.get(step, {}))
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING


@pytest.mark.parametrize("action", ["changes", "refuse"])
def test_a_newer_version_is_not_judged_unread(client, editor, submission, owner, action):
    read, resource = submission.revision_id, submission.item
    resource.title = "Noch neuer"
    resource.save_revision(user=owner)
    submissions.submit(item=resource, by=owner)

    data = {"action": action, "seen": read, "message": "So nicht."}
    page = client.post(reverse("nexsm_review_item", args=[submission.pk]), data)

    assert "A newer version was sent while you were reading." in page.content.decode()
    assert "So nicht." in page.content.decode()
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING
