"""Who may change what as a member."""

import pytest

from knowledge.enums import MembershipRole, Trust
from knowledge.models import Organisation, Resource, Standing
from knowledge.queries.drafts import own_resources
from knowledge.queries.membership import (
    items_editable_by,
    may_edit,
    memberships_of,
    owners_of,
    role_of,
    trust_of,
)
from tests.factories.accounts import SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation():
    return OrganisationFactory(name="Verein A")


@pytest.mark.parametrize(("role", "may"), [("owner", True), ("editor", True), ("member", False)])
def test_owners_and_editors_change_profile_and_resources_of_their_organisation(
    role, may, organisation
):
    user = MembershipFactory(organisation=organisation, role=role).user
    own = ResourceFactory(organisation=organisation, live=False)

    assert may_edit(user, organisation) is may
    assert may_edit(user, own) is may


def test_nobody_changes_what_belongs_to_another_organisation(organisation):
    user = MembershipFactory(role="owner").user
    ResourceFactory(organisation=organisation)
    ResourceFactory(organisation=None, created_by=UserFactory())

    assert not may_edit(user, organisation)
    assert items_editable_by(user, Organisation).get() == memberships_of(user).get().organisation
    assert not items_editable_by(user, Resource).exists()


def test_a_resource_without_organisation_belongs_to_whoever_made_it(organisation):
    user = UserFactory()
    own = ResourceFactory(created_by=user)
    handed_over = ResourceFactory(created_by=user, organisation=organisation)

    assert may_edit(user, own)
    assert not may_edit(user, handed_over)


def test_what_somebody_imported_for_all_is_nobodys_own():
    user = UserFactory()
    ResourceFactory(created_by=user, import_source="csv", import_id="1")

    assert not items_editable_by(user, Resource).exists()
    assert not own_resources(user).exists()


def test_somebody_who_may_no_longer_sign_in_changes_nothing(organisation):
    user = MembershipFactory(organisation=organisation, role="owner").user
    own = ResourceFactory(created_by=user)
    user.is_active = False
    user.save()

    assert not may_edit(user, own)
    assert not may_edit(user, organisation)
    assert not owners_of(organisation).exists()


def test_rights_of_the_admin_make_nobody_a_member(organisation):
    assert not may_edit(SuperuserFactory(), organisation)


def test_roles_and_trust_are_said_for_one_organisation_only(organisation):
    owner = MembershipFactory(organisation=organisation, role="owner").user
    other = OrganisationFactory()
    Standing.objects.create(organisation=other, trust=Trust.BLOCKED)

    assert role_of(owner, organisation) == MembershipRole.OWNER
    assert role_of(owner, other) is None
    assert trust_of(organisation) == Trust.NEW
    assert trust_of(other) == Trust.BLOCKED
