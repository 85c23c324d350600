"""From draft to page and back: review, schedule, withdrawal, deletion, actions on many items."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, TaskState

from knowledge.models import Organisation, Resource, Tombstone
from knowledge.services.curation import CannotCurateError, add_topic, publish_latest
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory, TopicFactory
from tests.knowledge.test_admin_forms import organisation_data, resource_data

pytestmark = pytest.mark.django_db

RESOURCE = "wagtailsnippets_knowledge_resource"
ORGANISATION = "wagtailsnippets_knowledge_organisation"
LIST = f"{RESOURCE}:list"


@pytest.fixture
def editor(client):
    user = EditorFactory()
    client.force_login(user)
    return user


def edit(client, item, data):
    return client.post(reverse(f"{RESOURCE}:edit", args=[item.pk]), data)


def bulk(client, action, items, *, model="resource", next_url="/admin/", **data):
    """The second step of an action on many items: the form that asks once more."""
    url = reverse("wagtail_bulk_action", args=["knowledge", model, action])
    numbers = "&".join(f"id={item if item == 'all' else item.pk}" for item in items)
    return client.post(f"{url}?{numbers}&next={next_url}", data)


def draft(**fields):
    resource = ResourceFactory(live=False, **fields)
    resource.save_revision()
    return resource


def test_submit_and_approve(client, editor):
    client.post(reverse(f"{RESOURCE}:add"), resource_data() | {"action-submit": "1"})
    resource = Resource.objects.get()
    assert not resource.live
    state = TaskState.objects.get(status="in_progress")

    client.force_login(ReviewerFactory())
    assert "Satzung" in client.get("/admin/").content.decode()
    url = reverse(f"{RESOURCE}:workflow_action", args=[resource.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    resource.refresh_from_db()
    assert resource.live
    client.logout()
    assert client.get(resource.get_absolute_url()).status_code == 200


def test_editors_cannot_approve_and_reviewers_can_send_back(client, editor):
    client.post(reverse(f"{RESOURCE}:add"), resource_data() | {"action-submit": "1"})
    resource, state = Resource.objects.get(), TaskState.objects.get(status="in_progress")
    approve = reverse(f"{RESOURCE}:workflow_action", args=[resource.pk, "approve", state.pk])
    client.post(approve, {"comment": ""})
    assert TaskState.objects.get().status == "in_progress"

    client.force_login(ReviewerFactory())
    reject = reverse(f"{RESOURCE}:workflow_action", args=[resource.pk, "reject", state.pk])
    client.post(reject, {"comment": "Bitte die Quelle nennen."})
    state.refresh_from_db()
    assert (state.status, state.comment) == ("rejected", "Bitte die Quelle nennen.")


def test_a_change_of_a_published_item_waits_while_the_page_stays(client, editor):
    resource = ResourceFactory(title="Alt")
    edit(client, resource, resource_data(title="Neu") | {"action-submit": "1"})
    client.logout()
    page = client.get(resource.get_absolute_url()).content.decode()
    assert "Alt" in page
    assert "Neu" not in page


def test_schedule_for_going_online_and_offline(client, editor):
    now = timezone.localtime()
    dates = {
        "go_live_at": (now + timedelta(days=2)).strftime("%Y-%m-%d %H:%M"),
        "expire_at": (now + timedelta(days=4)).strftime("%Y-%m-%d %H:%M"),
    }
    client.post(reverse(f"{RESOURCE}:add"), resource_data(**dates) | {"action-publish": "1"})
    resource = Resource.objects.get()
    assert not resource.live
    dashboard = client.get("/admin/").content.decode()
    assert "Goes online by itself" in dashboard

    with time_machine.travel(now + timedelta(days=3)):
        call_command("publish_scheduled")
        resource.refresh_from_db()
        assert resource.live
        assert "Goes offline by itself" in client.get("/admin/").content.decode()
    with time_machine.travel(now + timedelta(days=5)):
        call_command("publish_scheduled")
    client.logout()
    assert client.get(resource.get_absolute_url()).status_code == 410


@pytest.mark.parametrize(
    ("factory", "namespace"), [(ResourceFactory, RESOURCE), (OrganisationFactory, ORGANISATION)]
)
def test_taking_offline_tells_visitors_why(client, editor, factory, namespace):
    item = factory()
    url = reverse(f"{namespace}:unpublish", args=[item.pk])
    assert "Visitors will no longer see" in client.get(url).content.decode()
    response = client.post(url, {"reason": "Die <b>Zahlen</b> sind überholt."})
    assert response.status_code == 302
    history = client.get(reverse(f"{namespace}:history", args=[item.pk])).content.decode()
    assert "Taken offline" in history
    client.logout()
    gone = client.get(item.get_absolute_url())
    assert gone.status_code == 410
    assert "Die &lt;b&gt;Zahlen&lt;/b&gt; sind überholt." in gone.content.decode()


def test_a_reason_that_is_too_long_is_explained(client, editor):
    resource = ResourceFactory()
    url = reverse(f"{RESOURCE}:unpublish", args=[resource.pk])
    response = client.post(url, {"reason": "x" * 301})
    assert response.status_code == 200
    assert "at most 300" in response.content.decode()
    resource.refresh_from_db()
    assert resource.live


def test_publishing_again_brings_the_page_back(client, editor):
    resource = ResourceFactory(title="Satzung")
    client.post(reverse(f"{RESOURCE}:unpublish", args=[resource.pk]), {"reason": "Fehler"})
    edit(client, resource, resource_data() | {"action-publish": "1"})
    client.logout()
    assert client.get(resource.get_absolute_url()).status_code == 200
    assert not Tombstone.objects.exists()


@pytest.mark.parametrize(
    ("factory", "namespace"), [(ResourceFactory, RESOURCE), (OrganisationFactory, ORGANISATION)]
)
def test_deleting_a_published_item_leaves_a_trace(client, editor, factory, namespace):
    item = factory()
    address = item.get_absolute_url()
    client.post(reverse(f"{namespace}:delete", args=[item.pk]))
    assert not type(item).objects.exists()
    client.logout()
    assert client.get(address).status_code == 410


def test_deleting_many_leaves_a_trace_of_each(client, editor):
    items = [ResourceFactory(title="eins"), ResourceFactory(title="zwei"), draft(title="nie")]
    bulk(client, "delete", items)
    assert not Resource.objects.exists()
    assert set(Tombstone.objects.values_list("title", flat=True)) == {"eins", "zwei"}


def test_deleting_everything_in_a_filtered_list_is_refused(client, editor):
    ResourceFactory()
    response = bulk(client, "delete", ["all"], next_url=reverse(LIST))
    assert response.url == reverse(LIST)
    assert Resource.objects.count() == 1


def test_publish_many(client, editor):
    first, second = draft(title="eins"), draft(title="zwei")
    response = bulk(client, "publish", [first, second])
    assert response.status_code == 302
    assert Resource.objects.filter(live=True).count() == 2
    published = ModelLogEntry.objects.filter(action="wagtail.publish", user=editor)
    assert published.count() == 2


def test_an_incomplete_draft_stays_a_draft_and_the_rest_goes_on(client, editor):
    incomplete, complete = draft(title="eins"), draft(title="zwei")
    revision = incomplete.get_latest_revision()
    revision.content["title"] = ""
    revision.save()
    bulk(client, "publish", [incomplete, complete])
    assert list(Resource.objects.filter(live=True)) == [complete]


def test_withdraw_many_with_one_reason(client, editor):
    items = [ResourceFactory(), ResourceFactory(), draft()]
    bulk(client, "withdraw", items, reason="Veraltet")
    assert not Resource.objects.filter(live=True).exists()
    assert list(Tombstone.objects.values_list("reason", flat=True)) == ["Veraltet", "Veraltet"]


def test_action_on_all_means_all_that_the_list_shows(client, editor):
    for year in (2020, 2020, 2024):
        ResourceFactory(year=year, title=f"Leitfaden {year}")
    bulk(client, "withdraw", ["all"], next_url=f"{reverse(LIST)}%3Fyear%3D2020%26q%3Dleitfaden")
    assert [resource.year for resource in Resource.objects.filter(live=True)] == [2024]


def test_add_a_topic_to_many(client, editor):
    topic, other = TopicFactory(), TopicFactory()
    first, second = ResourceFactory(topics=[other]), ResourceFactory(topics=[topic])
    bulk(client, "add_topic", [first, second], topic=topic.pk)
    first.refresh_from_db()
    assert set(first.topics.all()) == {topic, other}
    assert second.revisions.count() == 0


def test_adding_a_topic_publishes_no_draft(client, editor):
    topic = TopicFactory()
    resource = ResourceFactory(title="Alt")
    resource.title = "Neu"
    resource.save_revision()
    add_topic(item=Resource.objects.get(), topic=topic, by=editor)
    resource = Resource.objects.get()
    assert (resource.title, list(resource.topics.all())) == ("Alt", [topic])
    newest = resource.get_latest_revision_as_object()
    assert (newest.title, list(newest.topics.all())) == ("Neu", [topic])
    assert resource.has_unpublished_changes


def test_set_the_verification_of_many(client, editor):
    items = [OrganisationFactory(), OrganisationFactory(live=False)]
    bulk(client, "set_verification", items, model="organisation", verification="verified")
    online = Organisation.objects.get(live=True)
    assert (online.verification, online.verified_at is not None) == ("verified", True)
    newest = Organisation.objects.get(live=False).get_latest_revision_as_object()
    assert newest.verification == "verified"


@pytest.mark.parametrize("action", ["publish", "withdraw", "add_topic", "set_verification"])
def test_each_action_asks_first_and_names_the_items(client, editor, action):
    item = OrganisationFactory(name="Verein <script>")
    url = reverse("wagtail_bulk_action", args=["knowledge", "organisation", action])
    page = client.get(f"{url}?id={item.pk}").content.decode()
    assert "Verein &lt;script&gt;" in page
    assert "Verein <script>" not in page


def test_an_action_without_the_form_changes_nothing(client, editor):
    item = ResourceFactory()
    response = bulk(client, "add_topic", [item])
    assert response.status_code == 200
    assert Resource.objects.get().topics.count() == 0


def test_actions_check_the_right_for_every_item(client):
    member = UserFactory()
    from django.contrib.auth.models import Permission

    for name in ("access_admin", "change_resource"):
        member.user_permissions.add(Permission.objects.get(codename=name))
    client.force_login(member)
    online, offline = ResourceFactory(), draft()
    bulk(client, "publish", [offline])
    bulk(client, "withdraw", [online], reason="Weg")
    bulk(client, "delete", [online])
    assert list(Resource.objects.filter(live=True)) == [online]


def test_what_is_being_reviewed_is_left_alone(client, editor):
    client.post(reverse(f"{RESOURCE}:add"), resource_data() | {"action-submit": "1"})
    resource = Resource.objects.get()
    with pytest.raises(CannotCurateError):
        publish_latest(item=resource, by=editor)
    bulk(client, "publish", [resource])
    resource.refresh_from_db()
    assert not resource.live


def test_organisations_are_reviewed_too(client, editor):
    client.post(reverse(f"{ORGANISATION}:add"), organisation_data() | {"action-submit": "1"})
    state = TaskState.objects.get(status="in_progress")
    client.force_login(ReviewerFactory())
    organisation = Organisation.objects.get()
    url = reverse(f"{ORGANISATION}:workflow_action", args=[organisation.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    organisation.refresh_from_db()
    assert organisation.live


def test_our_own_log_action_is_known_to_wagtail(editor):
    entry = log(instance=ResourceFactory(), action="knowledge.withdraw", user=editor)
    assert entry.action == "knowledge.withdraw"
