"""What the knowledge base does when the account of a member is deleted."""

import pytest

from knowledge.models import Membership, Resource, Submission
from nexsm.accounts import privacy
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


def test_the_last_owner_is_told_to_name_another_one():
    owner = MembershipFactory(role="owner", organisation=OrganisationFactory(name="Verein")).user
    MembershipFactory(role="editor", organisation=owner.memberships.get().organisation)
    (objection,) = privacy.objections_of(owner)
    assert "Verein" in objection.text
    assert objection.url
    with pytest.raises(privacy.ErasureRefusedError):
        privacy.erase(user=owner)
    assert Membership.objects.filter(user=owner).exists()


def test_an_owner_who_cannot_sign_in_does_not_count():
    organisation = OrganisationFactory()
    owner = MembershipFactory(role="owner", organisation=organisation).user
    MembershipFactory(role="owner", organisation=organisation, user=UserFactory(is_active=False))
    assert len(privacy.objections_of(owner)) == 1


def test_one_of_two_owners_may_leave():
    organisation = OrganisationFactory()
    owner = MembershipFactory(role="owner", organisation=organisation).user
    other = MembershipFactory(role="owner", organisation=organisation).user
    privacy.erase(user=owner)
    assert Membership.objects.get().user == other
    assert len(privacy.objections_of(other)) == 1


def test_private_drafts_go_and_everything_others_saw_stays():
    member, organisation = UserFactory(), OrganisationFactory()
    mine = {"created_by": member, "live": False, "first_published_at": None}
    ResourceFactory(title="privat", **mine)
    ResourceFactory(title="im Verein", organisation=organisation, **mine)
    sent = ResourceFactory(title="geschickt", **mine)
    Submission.objects.create(item=sent, title="geschickt", submitted_by=member)
    ResourceFactory(title="öffentlich", created_by=member)
    privacy.erase(user=member)
    titles = set(Resource.objects.values_list("title", flat=True))
    assert titles == {"im Verein", "geschickt", "öffentlich"}


def test_drafts_of_editors_stay():
    editor = EditorFactory()
    ResourceFactory(title="Entwurf", created_by=editor, live=False, first_published_at=None)
    privacy.erase(user=editor)
    assert Resource.objects.get().title == "Entwurf"
