"""How people are named to members."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from knowledge.services.organisations import audit, memberships
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.knowledge import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("factory", "name", "shown"),
    [
        (UserFactory, "Mira", "Mira"),
        (UserFactory, "", "Ein Mitglied"),
        (EditorFactory, "", "Jemand aus der Redaktion"),
    ],
)
def test_nobody_is_named_by_an_address(factory, name, shown):
    with override("de"):
        assert audit.name_for_members(factory(name=name)) == shown


def test_the_history_shows_owners_no_address_of_others(client, organisation, owner):
    member = MembershipFactory(organisation=organisation, user=UserFactory(name=""))
    memberships.change_role(membership=member, role="editor", by=owner)
    client.force_login(owner)

    page = client.get(reverse("knowledge:organisation_history", args=[organisation.public_id]))

    assert member.user.email not in page.text
