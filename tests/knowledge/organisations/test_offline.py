"""A profile that was taken offline says so to its people: why, and what they can do."""

import pytest
from django.urls import reverse

from knowledge.models import Organisation
from knowledge.services import publication, submissions
from tests.factories.accounts import EditorFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db

NOT_YET = "noch nicht online"
GONE = "Das Profil ist nicht mehr online"


@pytest.fixture
def page(client):
    def page(user, organisation):
        client.force_login(user)
        url = reverse("knowledge:organisation_people", args=[organisation.public_id])
        return client.get(url).text

    return page


@pytest.fixture
def gone(organisation):
    publication.withdraw(item=organisation, reason="Gibt es <nicht> mehr.", by=EditorFactory())
    return Organisation.objects.get(pk=organisation.pk)


def test_owners_read_the_reason_and_where_to_write(page, owner, gone):
    text = page(owner, gone)

    assert GONE in text
    assert "Gibt es &lt;nicht&gt; mehr." in text
    assert NOT_YET not in text
    assert "/de/impressum/" in text


def test_members_read_it_and_who_can_do_something(page, gone):
    member = MembershipFactory(organisation=gone, role="member").user

    text = page(member, gone)

    assert "Gibt es &lt;nicht&gt; mehr." in text
    assert "Redakteur*innen der Organisation können es ändern" in text
    assert "Sie können es ändern" not in text


def test_what_was_sent_since_is_said_to_wait(page, owner, gone):
    gone.save_revision(user=owner)
    sent = submissions.submit(item=gone, by=owner)

    text = page(owner, gone)

    assert GONE in text
    assert "Die Redaktion sieht sie sich an." in text
    assert sent.get_absolute_url() in text


def test_what_was_never_online_is_not_online_yet(page):
    founded = OrganisationFactory(live=False)
    text = page(MembershipFactory(organisation=founded, role="owner").user, founded)

    assert NOT_YET in text
    assert GONE not in text


def test_what_is_online_again_says_nothing(page, owner, gone):
    publication.publish(item=gone, by=EditorFactory())

    text = page(owner, gone)

    assert GONE not in text
    assert NOT_YET not in text
