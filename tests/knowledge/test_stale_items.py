"""Services of editors get items that were read before somebody else changed them."""

import pytest

from knowledge.models import Organisation, Resource
from knowledge.services import curation, publication
from nexsm.base import items
from tests.factories.accounts import SuperuserFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return SuperuserFactory()


def read_before(item, *, draft="", online=""):
    """The item as it was before somebody else wrote another draft, or put another text online."""
    stale = type(item).objects.get(pk=item.pk)
    other = type(item).objects.get(pk=item.pk)
    name = "title" if isinstance(other, Resource) else "name"
    if online:
        setattr(other, name, online)
        other.save_revision().publish()
    if draft:
        setattr(other, name, draft)
        other.save_revision()
    return stale


def newest_title(resource):
    return Resource.objects.get(pk=resource.pk).get_latest_revision_as_object().title


def test_a_topic_is_added_to_the_draft_that_was_saved_meanwhile(editor):
    resource = ResourceFactory(title="Alt", live=True)
    stale = read_before(resource, draft="Neu")

    curation.add_topic(item=stale, topic=TopicFactory(code="ai"), by=editor)

    assert newest_title(resource) == "Neu"
    assert Resource.objects.get(pk=resource.pk).title == "Alt"


def test_publishing_the_newest_version_takes_the_one_saved_meanwhile(editor):
    resource = ResourceFactory(title="Alt", live=True)
    stale = read_before(resource, draft="Neu")

    curation.publish_latest(item=stale, by=editor)

    assert Resource.objects.get(pk=resource.pk).title == "Neu"


def test_what_is_taken_offline_and_put_online_again_is_the_text_of_today(editor):
    resource = ResourceFactory(title="Alt", live=True)
    stale = read_before(resource, online="Neu")

    publication.withdraw(item=stale, reason="Fehler", by=editor)
    assert (stale.live, stale.withdrawn_reason) == (False, "Fehler")
    assert Resource.objects.get(pk=resource.pk).title == "Neu"

    items.kind_named("resource").put_online(resource, by=editor)
    found = Resource.objects.get(pk=resource.pk)
    assert (found.title, found.live) == ("Neu", True)


def test_a_profile_is_confirmed_in_the_text_of_today(editor):
    organisation = OrganisationFactory(name="Alt", live=True)
    stale = read_before(organisation, online="Neu", draft="Neuer")

    curation.confirm_profile(organisation=stale, by=editor)

    found = Organisation.objects.get(pk=organisation.pk)
    assert (found.name, found.verification) == ("Neu", "verified")
    assert found.get_latest_revision_as_object().name == "Neuer"
