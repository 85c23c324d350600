"""Nobody publishes her own organisation's entries, whichever page of the admin she takes."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry, TaskState, Workflow, WorkflowState

from knowledge.models import Organisation, Resource, Submission
from knowledge.queries.membership import is_own
from knowledge.services import curation, four_eyes, submissions
from tests.factories.accounts import ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import (
    MembershipFactory,
    OrganisationFactory,
    ResourceFactory,
    TopicFactory,
)
from tests.knowledge.test_admin_forms import resource_data
from tests.knowledge.test_admin_publication import bulk

pytestmark = pytest.mark.django_db

RESOURCE = "wagtailsnippets_knowledge_resource"


@pytest.fixture
def insider(client, organisation):
    """A reviewer who also writes for the organisation."""
    user = ReviewerFactory()
    MembershipFactory(organisation=organisation, user=user, role="editor")
    client.force_login(user)
    return user


def form_of(resource, **changes):
    given = {"title": "Eigenes", "organisation": resource.organisation_id}
    return resource_data() | given | changes


def edit_address(resource):
    return reverse(f"{RESOURCE}:edit", args=[resource.pk])


def own_decisions():
    return ModelLogEntry.objects.filter(action=four_eyes.OWN_DECISION)


def test_the_form_saves_and_hands_it_to_the_others(client, insider, resource):
    page = client.post(edit_address(resource), form_of(resource) | {"action-publish": "1"})

    assert page.url == edit_address(resource)
    told = client.get(page.url).content.decode()
    assert "This is your own entry" in told
    assert "waits for others" in told
    found = Resource.objects.get(pk=resource.pk)
    assert found.title == "Alt"
    assert found.get_latest_revision_as_object().title == "Eigenes"
    assert WorkflowState.objects.get().requested_by == insider


def test_without_a_workflow_it_stays_a_draft(client, insider, resource):
    Workflow.objects.update(active=False)

    page = client.post(edit_address(resource), form_of(resource) | {"action-publish": "1"})

    assert "Your text is saved as a draft." in client.get(page.url).content.decode()
    found = Resource.objects.get(pk=resource.pk)
    assert (found.title, found.get_latest_revision_as_object().title) == ("Alt", "Eigenes")


def test_it_cannot_leave_its_organisation_to_be_published(client, insider, resource):
    elsewhere = OrganisationFactory()
    data = form_of(resource, organisation=elsewhere.pk) | {"action-publish": "1"}

    client.post(edit_address(resource), data)

    found = Resource.objects.get(pk=resource.pk)
    assert (found.title, found.organisation) == ("Alt", resource.organisation)


def test_a_new_one_for_the_own_organisation_waits_as_well(client, insider, organisation):
    data = resource_data() | {"title": "Frisch", "organisation": organisation.pk}

    client.post(reverse(f"{RESOURCE}:add"), data | {"action-publish": "1"})

    made = Resource.objects.get()
    assert (made.title, made.live) == ("Frisch", False)
    assert WorkflowState.objects.get().content_object == made


@pytest.mark.parametrize("where", ["form", "list"])
def test_the_insider_cannot_approve_it_and_a_colleague_can(client, insider, resource, where):
    client.post(edit_address(resource), form_of(resource) | {"action-submit": "1"})
    task = TaskState.objects.get()

    def approve():
        if where == "list":
            route = f"{RESOURCE}:workflow_action"
            return client.post(reverse(route, args=[resource.pk, "approve", task.pk]), {})
        action = {"action-workflow-action": "1", "workflow-action-name": "approve"}
        return client.post(edit_address(resource), form_of(resource) | action)

    told = client.get(approve().url).content.decode()
    assert "This is your own entry" in told
    assert Resource.objects.get(pk=resource.pk).title == "Alt"
    assert TaskState.objects.get().status == "in_progress"

    client.force_login(ReviewerFactory())
    approve()
    assert Resource.objects.get(pk=resource.pk).title == "Eigenes"
    assert not own_decisions().exists()


def test_the_dialog_for_a_comment_leads_back_with_the_reason(client, insider, resource):
    client.post(edit_address(resource), form_of(resource) | {"action-submit": "1"})
    route = reverse(
        f"{RESOURCE}:workflow_action", args=[resource.pk, "approve", TaskState.objects.get().pk]
    )

    answer = client.get(route, headers={"x-requested-with": "XMLHttpRequest"}).json()

    assert answer == {"step": "success", "redirect": edit_address(resource)}


def test_of_several_at_once_the_own_one_is_named_and_left(client, insider, resource):
    other = ResourceFactory(title="Fremd", live=False)
    other.save_revision()

    told = bulk(client, "publish", [resource, other], next_url=reverse(f"{RESOURCE}:list"))

    page = client.get(told.url).content.decode()
    assert "Alt: This is your own entry" in page
    assert Resource.objects.get(pk=resource.pk).title == "Alt"
    assert Resource.objects.get(pk=other.pk).live


def test_topics_and_verification_for_several_leave_out_the_own_ones(
    insider, resource, organisation
):
    with pytest.raises(curation.CannotCurateError):
        curation.add_topic(item=resource, topic=TopicFactory(), by=insider)
    with pytest.raises(curation.CannotCurateError):
        curation.set_verification(organisation=organisation, verification="verified", by=insider)
    assert Organisation.objects.get(pk=organisation.pk).verification != "verified"


@pytest.mark.parametrize("way", ["form", "several", "approval"])
def test_a_superuser_may_and_the_history_says_so(client, resource, organisation, way):
    user = SuperuserFactory()
    MembershipFactory(organisation=organisation, user=user, role="owner")
    client.force_login(user)

    if way == "form":
        client.post(edit_address(resource), form_of(resource) | {"action-publish": "1"})
    elif way == "several":
        curation.publish_latest(item=Resource.objects.get(pk=resource.pk), by=user)
    else:
        client.post(edit_address(resource), form_of(resource) | {"action-submit": "1"})
        route = f"{RESOURCE}:workflow_action"
        task = TaskState.objects.get()
        client.post(reverse(route, args=[resource.pk, "approve", task.pk]), {})

    assert Resource.objects.get(pk=resource.pk).title in {"Eigenes", "Neu"}
    entry = own_decisions().get()
    assert (entry.user, entry.object_id) == (user, str(resource.pk))


@pytest.mark.parametrize("step", ["approve", "refuse"])
def test_a_superuser_decides_in_the_queue_too_and_the_history_says_so(
    submission, organisation, step
):
    user = SuperuserFactory()
    MembershipFactory(organisation=organisation, user=user, role="owner")

    getattr(submissions, step)(
        submission=submission, by=user, **({"reason": "Nein."} if step == "refuse" else {})
    )

    assert not Submission.objects.get(pk=submission.pk).is_open
    assert own_decisions().get().user == user


def test_what_was_imported_for_all_is_not_the_importers_own_in_the_queue(organisation):
    importer, writer = (
        ReviewerFactory(),
        MembershipFactory(organisation=organisation, role="editor"),
    )
    imported = ResourceFactory(
        title="Alt", created_by=importer, import_source="liste", organisation=organisation
    )
    imported.title = "Neu"
    imported.save_revision(user=writer.user)
    sent = submissions.submit(item=imported, by=writer.user)

    submissions.approve(submission=sent, by=importer)

    assert Resource.objects.get(pk=imported.pk).title == "Neu"


def test_what_is_own(organisation):
    writer = MembershipFactory(organisation=organisation, role="editor").user
    reader = MembershipFactory(organisation=organisation, role="member").user
    resource = ResourceFactory(organisation=organisation)
    by_herself = ResourceFactory(created_by=writer)
    imported = ResourceFactory(created_by=writer, import_source="csv", import_id="1")

    assert is_own(writer, organisation)
    assert is_own(writer, resource)
    assert is_own(writer, by_herself)
    assert not is_own(writer, imported)
    assert not is_own(writer, ResourceFactory())
    assert not is_own(writer, Organisation(name="Neu"))
    assert not is_own(reader, organisation)
    assert not is_own(UserFactory(), by_herself)
