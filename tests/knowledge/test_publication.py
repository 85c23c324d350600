"""Publishing, withdrawing, deleting, and the trace that withdrawn items leave."""

import pytest
from wagtail.models import ModelLogEntry
from wagtail.signals import published, unpublished

from knowledge.enums import Visibility
from knowledge.models import Organisation, Resource, Tombstone
from knowledge.queries import tombstone_of
from knowledge.services import publication
from tests.factories.accounts import SuperuserFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard():
    events = []

    def on_published(sender, instance, **kwargs):
        events.append(("published", instance.pk))

    def on_unpublished(sender, instance, **kwargs):
        events.append(("unpublished", instance.pk))

    published.connect(on_published)
    unpublished.connect(on_unpublished)
    yield events
    published.disconnect(on_published)
    unpublished.disconnect(on_unpublished)


@pytest.mark.parametrize("factory", [ResourceFactory, OrganisationFactory])
def test_publishing_puts_the_item_online_and_tells_once(factory, heard):
    item = factory(live=False)
    publication.publish(item=item, by=SuperuserFactory())

    item = type(item).objects.get(pk=item.pk)
    assert item.live
    assert not item.has_unpublished_changes
    assert item.first_published_at
    assert heard == [("published", item.pk)]


@pytest.mark.parametrize("factory", [ResourceFactory, OrganisationFactory])
def test_withdrawing_leaves_title_date_and_reason(factory, heard):
    item = factory()
    publication.withdraw(item=item, reason="Veraltet.", by=SuperuserFactory())

    item = type(item).objects.get(pk=item.pk)
    stone = tombstone_of(item.tombstone_kind, item.pk)
    assert not item.live
    assert item.withdrawn_reason == "Veraltet."
    assert (stone.title, stone.reason, stone.public_id) == (
        item.heading,
        "Veraltet.",
        item.public_id,
    )
    assert heard == [("unpublished", item.pk)]
    assert ModelLogEntry.objects.filter(action="knowledge.withdraw").count() == 1


def test_long_reasons_are_cut_not_refused_by_the_database():
    item = ResourceFactory()
    publication.withdraw(item=item, reason="x" * 1000)

    assert len(Tombstone.objects.get().reason) == 300


def test_publishing_again_removes_the_trace():
    item = ResourceFactory()
    publication.withdraw(item=item, reason="Fehler.")
    publication.publish(item=Resource.objects.get(pk=item.pk))

    assert not Tombstone.objects.exists()


def test_publishing_again_does_not_keep_the_old_reason():
    item = ResourceFactory()
    publication.withdraw(item=item, reason="Fehler.")
    publication.publish(item=Resource.objects.get(pk=item.pk))

    assert Resource.objects.get(pk=item.pk).withdrawn_reason == ""


@pytest.mark.parametrize(
    ("state", "traces"),
    [
        ({"live": True}, 1),
        ({"live": False}, 0),
        ({"live": True, "visibility": Visibility.MEMBERS}, 0),
    ],
)
def test_a_deleted_item_leaves_a_trace_if_everybody_could_read_it(state, traces):
    item = OrganisationFactory(**state)
    number = item.pk
    Organisation.objects.get(pk=number).delete()

    assert Tombstone.objects.filter(kind="organisation", object_id=number).count() == traces


def test_deleting_a_withdrawn_item_keeps_its_trace():
    item = ResourceFactory()
    publication.withdraw(item=item, reason="Veraltet.")
    number = item.pk
    Resource.objects.get(pk=number).delete()

    assert tombstone_of("resource", number).reason == "Veraltet."


def test_an_item_for_members_leaves_no_public_title():
    item = ResourceFactory(visibility=Visibility.MEMBERS)
    publication.withdraw(item=item, reason="Geheim")

    assert not Tombstone.objects.exists()


def test_a_failure_while_publishing_leaves_everything_as_it_was(monkeypatch):
    item = ResourceFactory(live=False)

    def fail(sender, instance, **kwargs):
        raise RuntimeError("receiver fails")

    published.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            publication.publish(item=item)
    finally:
        published.disconnect(fail)
    item = Resource.objects.get(pk=item.pk)
    assert not item.live
    assert not item.revisions.exists()
