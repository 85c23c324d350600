"""Who may read what: the rule for one item and the rule for the database are the same rule."""

import itertools

import pytest
from django.contrib.auth.models import AnonymousUser

from knowledge.eligibility import indexable_organisations, indexable_resources, is_indexable
from knowledge.enums import Visibility
from knowledge.models import Organisation, Resource, ResourceFile
from knowledge.queries import is_visible_to, organisations_visible_to, resources_visible_to
from knowledge.services.files import document_is_public
from knowledge.services.publication import publish, withdraw
from tests.factories.accounts import EditorFactory, SuperuserFactory, UserFactory
from tests.factories.base import DocumentFactory
from tests.factories.knowledge import OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db

STATES = list(itertools.product([True, False], Visibility.values))
KINDS = {
    Resource: (ResourceFactory, resources_visible_to, indexable_resources),
    Organisation: (OrganisationFactory, organisations_visible_to, indexable_organisations),
}


@pytest.fixture
def viewers():
    return {
        "anonymous": AnonymousUser(),
        "member": UserFactory(),
        "deactivated": UserFactory(is_active=False),
        "editor": EditorFactory(),
        "superuser": SuperuserFactory(),
    }


@pytest.mark.parametrize("model", KINDS)
def test_predicate_and_queryset_agree_for_everybody_and_every_state(model, viewers):
    factory, visible_to, indexable = KINDS[model]
    items = [factory(live=live, visibility=visibility) for live, visibility in STATES]
    for viewer in viewers.values():
        assert {item for item in items if is_visible_to(item, viewer)} == set(visible_to(viewer))
    assert {item for item in items if is_indexable(item)} == set(indexable())


@pytest.mark.parametrize(
    ("viewer", "levels"),
    [
        ("anonymous", {"public"}),
        ("deactivated", {"public"}),
        ("member", {"public", "members"}),
        ("editor", {"public", "members"}),
        ("superuser", {"public", "members"}),
    ],
)
def test_drafts_are_for_nobody_and_members_items_for_people_who_are_signed_in(
    viewers, viewer, levels
):
    for live, visibility in STATES:
        ResourceFactory(live=live, visibility=visibility)

    found = resources_visible_to(viewers[viewer])
    assert {item.visibility for item in found} == levels
    assert all(item.live for item in found)


def test_only_what_everybody_may_read_is_indexed():
    for live, visibility in STATES:
        ResourceFactory(live=live, visibility=visibility)

    assert [(item.live, item.visibility) for item in indexable_resources()] == [(True, "public")]


@pytest.mark.parametrize(("live", "visibility"), STATES)
def test_a_file_is_as_public_as_its_resource(live, visibility, viewers):
    document = DocumentFactory()
    resource = ResourceFactory(
        live=live, visibility=visibility, files=[ResourceFile(document=document)]
    )
    for viewer in viewers.values():
        assert document_is_public(document, viewer) is is_visible_to(resource, viewer)


def test_a_file_of_no_resource_is_not_public(viewers):
    assert not document_is_public(DocumentFactory(), viewers["superuser"])


def test_a_file_is_public_if_one_of_its_resources_is():
    document = DocumentFactory()
    ResourceFactory(live=False, files=[ResourceFile(document=document)])
    assert not document_is_public(document, AnonymousUser())
    ResourceFactory(files=[ResourceFile(document=document)])
    assert document_is_public(document, AnonymousUser())


def test_a_file_in_the_text_follows_the_state_of_the_resource(viewers):
    document = DocumentFactory()
    resource = ResourceFactory(body=[("documents", [document])], live=False)
    assert not document_is_public(document, viewers["anonymous"])
    publish(item=resource)
    assert document_is_public(document, viewers["anonymous"])
    resource.refresh_from_db()
    withdraw(item=resource, reason="")
    assert not document_is_public(document, viewers["anonymous"])
