"""An organisation with its owner, a resource of it, and what was sent."""

import pytest

from knowledge.services import submissions
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import ReviewerFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory


@pytest.fixture
def owner(db):
    organisation = OrganisationFactory(name="Verein A")
    return MembershipFactory(organisation=organisation, role="owner", user__name="Ada").user


@pytest.fixture
def organisation(owner):
    return owner.memberships.get().organisation


@pytest.fixture
def reviewer(db):
    return ReviewerFactory(name="Rosa Redaktion")


@pytest.fixture
def resource(owner, organisation):
    """A published resource with a newer version by its owner."""
    item = ResourceFactory(title="Alt", organisation=organisation)
    item.title = "Neu"
    item.save_revision(user=owner)
    return item


@pytest.fixture
def submission(resource, owner, reviewer):
    """It waits; the mails about that are gone."""
    sent = submissions.submit(item=resource, by=owner)
    OutgoingMail.objects.all().delete()
    return sent


@pytest.fixture
def mails(db):
    """Who got which mail, as (address, subject), in the order of the addresses."""

    def read():
        return sorted(OutgoingMail.objects.values_list("to", "subject"))

    return read
