import pytest
from wagtail.models import ModelLogEntry

from nexsm.base.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory


@pytest.fixture
def organisation(db):
    """An organisation of the example, without people."""
    return OrganisationFactory(name="Verein A", website="https://www.verein-a.example/")


@pytest.fixture
def owner(organisation):
    """Somebody who is responsible for it, since long ago."""
    return MembershipFactory(organisation=organisation, role="owner").user


@pytest.fixture
def somebody(db):
    return UserFactory(name="Sina")


@pytest.fixture
def events(organisation):
    """The history of the organisation by its actions, oldest first, without Wagtail's own rows."""

    def events():
        entries = ModelLogEntry.objects.for_instance(organisation).order_by("timestamp", "pk")
        found = entries.values_list("action", flat=True)
        return [
            action.removeprefix("knowledge.")
            for action in found
            if not action.startswith("wagtail.")
        ]

    return events


@pytest.fixture
def mails(db):
    """Who got which mail, in order: pairs of address and first part of the key."""

    def mails():
        found = OutgoingMail.objects.order_by("pk")
        return [(mail.to, mail.key.split(":")[0]) for mail in found]

    return mails
