"""What the knowledge base does when the account of a member is deleted."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge.enums import Trust
from knowledge.models import (
    Claim,
    Invitation,
    JoinRequest,
    Membership,
    Resource,
    Standing,
    Submission,
)
from knowledge.queries.membership import trust_of
from knowledge.queries.people import history_of, own_requests
from knowledge.services.organisations import (
    audit,
    claims,
    invitations,
    joining,
    memberships,
    trust,
)
from knowledge.services.organisations.errors import PeopleError
from nexsm.accounts import privacy
from nexsm.accounts.privacy import erasure
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory
from tests.races import several_writers

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
    MembershipFactory(organisation=organisation)
    assert len(privacy.objections_of(owner)) == 1


def test_one_of_two_owners_may_leave():
    organisation = OrganisationFactory()
    owner = MembershipFactory(role="owner", organisation=organisation).user
    other = MembershipFactory(role="owner", organisation=organisation).user
    privacy.erase(user=owner)
    assert Membership.objects.get().user == other


def test_who_is_alone_with_an_organisation_may_go_and_its_profile_is_open_again():
    organisation = OrganisationFactory(verification="verified")
    owner = MembershipFactory(role="owner", organisation=organisation).user
    invitation = invitations.invite(
        organisation=organisation, email="x@example.com", role="member", by=owner
    )
    privacy.erase(user=owner)
    organisation.refresh_from_db()
    assert organisation.verification == "unverified"
    assert not Membership.objects.exists()
    with pytest.raises(PeopleError):
        invitations.accept(invitation=invitation, user=UserFactory(email="x@example.com"))
    with pytest.raises(PeopleError):
        joining.ask(organisation=organisation, by=UserFactory())
    assert claims.claim(organisation=organisation, by=UserFactory(), message="Wir").state == "open"


def closed():
    found = OutgoingMail.objects.filter(key__startswith="join-closed:").order_by("pk")
    return [(mail.to, mail.text) for mail in found]


def test_who_asked_to_join_is_told_that_nobody_can_decide_and_what_to_do():
    organisation = OrganisationFactory(name="Verein")
    owner = MembershipFactory(role="owner", organisation=organisation).user
    person, gone, refused = UserFactory(language="de"), UserFactory(), UserFactory()
    for one in (person, gone, refused):
        joining.ask(organisation=organisation, by=one)
    gone.is_active = False
    gone.save()
    joining.decide(request=JoinRequest.objects.get(user=refused), accepts=False, by=owner)

    privacy.erase(user=owner)

    assert not JoinRequest.objects.filter(state="open").exists()
    ((to, text),) = closed()
    assert to == person.email
    assert f"/organisationen/{organisation.public_id}/uebernehmen/" in text
    assert text.startswith("Guten Tag,\n\ndas Profil von „Verein“ betreut niemand mehr.")
    assert "Deshalb kann niemand über Ihre Anfrage entscheiden" in text
    assert not own_requests(person).exists()
    claims.claim(organisation=organisation, by=person, message="Wir")
    claims.claim(organisation=organisation, by=UserFactory(), message="Wir")
    assert Claim.objects.filter(state="open").count() == 2
    noted = history_of(organisation).filter(action="knowledge.request.closed")
    assert {entry.data["person"] for entry in noted} == {person.pk, gone.pk}


def test_of_a_blocked_profile_nobody_is_told_to_take_it_over():
    organisation = OrganisationFactory()
    owner = MembershipFactory(role="owner", organisation=organisation).user
    joining.ask(organisation=organisation, by=UserFactory())
    Standing.objects.create(organisation=organisation, trust=Trust.BLOCKED, reason="Werbung")
    privacy.erase(user=owner)
    ((_to, text),) = closed()
    assert "uebernehmen" not in text
    standing = Standing.objects.get()
    assert (standing.trust, standing.reason) == (Trust.BLOCKED, "Werbung")


def test_who_takes_over_what_somebody_left_is_not_trusted_because_of_her():
    organisation = OrganisationFactory(verification="verified")
    owner = MembershipFactory(role="owner", organisation=organisation).user
    editor = EditorFactory()
    trust.set_trust(organisation=organisation, trust=Trust.TRUSTED, reason="Gut.", by=editor)

    privacy.erase(user=owner)

    assert trust_of(organisation) == Trust.NEW
    claim = claims.claim(organisation=organisation, by=UserFactory(), message="Wir")
    claims.decide(claim=claim, accepts=True, reason="Ja", by=editor)
    assert trust_of(organisation) == Trust.NEW


def test_one_of_two_owners_who_leaves_changes_neither_requests_nor_trust():
    organisation = OrganisationFactory()
    owner, _other = (
        MembershipFactory(role="owner", organisation=organisation).user for _ in range(2)
    )
    joining.ask(organisation=organisation, by=UserFactory())
    Standing.objects.create(organisation=organisation, trust=Trust.TRUSTED)
    privacy.erase(user=owner)
    assert JoinRequest.objects.get().state == "open"
    assert trust_of(organisation) == Trust.TRUSTED
    assert closed() == []


def test_who_joins_at_the_last_moment_stops_the_erasure(monkeypatch):
    organisation = OrganisationFactory()
    owner = MembershipFactory(role="owner", organisation=organisation).user
    monkeypatch.setattr(erasure, "objections_of", lambda _user: [])
    MembershipFactory(organisation=organisation)
    with pytest.raises(privacy.ErasureRefusedError):
        privacy.erase(user=owner)
    assert Membership.objects.count() == 2


def test_an_erased_person_leaves_no_address_in_what_concerns_organisations():
    organisation = OrganisationFactory()
    owner = MembershipFactory(role="owner", organisation=organisation).user
    person = UserFactory(email="sina@example.com", name="Sina Beispiel")
    invitations.invite(organisation=organisation, email=person.email, role="member", by=owner)
    joining.ask(organisation=organisation, by=person, message="Sina hier")
    claims.claim(organisation=organisation, by=person, message="Sina hier")
    privacy.erase(user=person)
    for model in (Invitation, JoinRequest, Claim):
        assert not model.objects.exists()
    lines = audit.lines(history_of(organisation))
    assert not any("Sina" in line.text or "Sina" in line.who for line in lines)
    assert len(lines) == 3


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


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other_way", ["erase", "leave"])
def test_two_owners_who_go_at_once_do_not_both_go(tmp_path, other_way):
    organisation = OrganisationFactory()
    owners = [MembershipFactory(role="owner", organisation=organisation).user for _ in range(2)]
    MembershipFactory(organisation=organisation, role="member")

    def work(number):
        if number and other_way == "leave":
            return memberships.leave(organisation=organisation, user=owners[number])
        return privacy.erase(user=owners[number])

    with several_writers(tmp_path) as race:
        results = race(work, 2)
        left = Membership.objects.filter(organisation=organisation, role="owner").count()
    refusals = [result for result in results if result is not None]
    assert len(refusals) == 1, results
    assert isinstance(refusals[0], privacy.ErasureRefusedError | memberships.LastOwnerError)
    assert left == 1


@pytest.mark.django_db(transaction=True)
def test_organisations_are_held_before_anybody_objects(monkeypatch):
    """On PostgreSQL the test above depends on the moment; this one does not."""
    owner = MembershipFactory(role="owner").user
    held = []
    real = erasure.objections_of

    def objections_of(user):
        queries = [query["sql"] for query in connection.queries]
        held.append([sql for sql in queries if "knowledge_organisation" in sql])
        return real(user)

    monkeypatch.setattr(erasure, "objections_of", objections_of)
    with CaptureQueriesContext(connection):
        privacy.erase(user=owner)
    (before,) = held
    assert before
    if connection.features.has_select_for_no_key_update:
        assert before[0].endswith("FOR NO KEY UPDATE")
