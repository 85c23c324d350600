"""How people are named to members."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from knowledge.services.organisations import audit, memberships
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
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


def test_what_editors_wrote_to_a_claimant_is_no_business_of_owners(client, organisation, owner):
    claimant, reviewer = UserFactory(name="Wer"), ReviewerFactory()
    told = {"by": reviewer, "person": claimant, "reason": "Bitte Satzung schicken"}
    for event in ("claim.vote", "claim.refused"):
        audit.record(organisation, event, **told)
    audit.record(organisation, "trust", by=reviewer, trust="trusted", reason="Gute Arbeit")
    client.force_login(owner)

    page = client.get(reverse("knowledge:organisation_history", args=[organisation.public_id]))

    assert "Bitte Satzung schicken" not in page.text
    assert "Gute Arbeit" in page.text
