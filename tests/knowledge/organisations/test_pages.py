"""The pages of people in the members' area, and what the public profile offers."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import override

from knowledge.enums import Trust, Verification
from knowledge.models import Claim, Invitation, InvitedAddress, JoinRequest, Membership, Standing
from knowledge.queries.membership import role_of
from knowledge.services.organisations import invitations, joining, memberships
from nexsm.accounts.models import User
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

pytestmark = pytest.mark.django_db
MINE = "knowledge:my_organisations"


@pytest.fixture(autouse=True)
def no_guesses_yet():
    cache.clear()


@pytest.fixture
def people_page(organisation):
    return reverse("knowledge:organisation_people", args=[organisation.public_id])


@pytest.fixture
def invited(organisation, owner):
    """Somebody with an open invitation; her link is in her mail."""
    user = UserFactory(email="sina@example.com", name="Sina")
    invitations.invite(organisation=organisation, email=user.email, role="editor", by=owner)
    return user


@pytest.fixture
def link(invited):
    return re.search(r"(/de/\S+/einladung/[\w-]+/)\n", OutgoingMail.objects.get().text).group(1)


def test_nothing_yet(client, somebody):
    client.force_login(somebody)
    text = client.get(reverse(MINE)).text
    assert reverse("knowledge:organisation_founding") in text


def test_an_owner_invites_by_the_page(client, owner, people_page, mails):
    client.force_login(owner)
    response = client.post(people_page, {"email": "Neu@example.com", "role": "editor"})
    assert response.status_code == 302
    assert mails() == [("neu@example.com", "invitation")]
    assert "neu@example.com" in client.get(people_page).text


def test_the_answer_says_nothing_about_accounts(client, owner, people_page):
    """Known, unknown and unwilling addresses: the same status, the same words."""
    client.force_login(owner)
    UserFactory(email="known@example.com")
    InvitedAddress.objects.create(
        address_hash=invitations._hash("never@example.com"), refuses_at="2026-01-01T00:00Z"
    )
    answers = set()
    for address in ("known@example.com", "unknown@example.com", "never@example.com"):
        response = client.post(people_page, {"email": address, "role": "member"}, follow=True)
        said = [str(message) for message in response.context["messages"]]
        answers.add((response.redirect_chain[0], *said))
    assert len(answers) == 1
    assert Invitation.objects.count() == 3


def test_a_wrong_address_is_kept_and_explained(client, owner, people_page):
    client.force_login(owner)
    response = client.post(people_page, {"email": "no address", "role": "member"})
    assert response.status_code == 200
    assert 'href="#id_email"' in response.text
    assert 'value="no address"' in response.text


def test_too_many_invitations_answer_429_and_keep_the_address(client, owner, people_page):
    client.force_login(owner)
    for number in range(5):
        client.post(people_page, {"email": f"a{number}@example.com", "role": "member"})
    response = client.post(people_page, {"email": "six@example.com", "role": "member"})
    assert response.status_code == 429
    assert 'value="six@example.com"' in response.text


def test_members_see_people_but_neither_addresses_nor_invitations(
    client, organisation, owner, invited, people_page
):
    member = MembershipFactory(organisation=organisation).user
    client.force_login(member)
    text = client.get(people_page).text
    assert owner.name in text
    assert owner.email not in text
    assert invited.email not in text
    assert client.post(people_page, {"email": "x@example.com", "role": "owner"}).status_code == 404


def test_opening_the_link_changes_nothing(client, link, invited, organisation):
    response = client.get(link)
    assert response.status_code == 200
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert "no-cache" in response.headers["Cache-Control"]
    client.force_login(invited)
    client.get(link)
    client.head(link)
    assert Invitation.objects.get().is_open
    assert role_of(invited, organisation) is None


def test_accepting_leads_through_the_login_and_back(client, link, invited, organisation):
    response = client.post(link)
    assert response.headers["Location"] == f"/de/konto/login/?next={link}"
    page = client.get(link).text
    assert f'href="/de/konto/signup/?next={link}"' in page
    client.force_login(invited)
    response = client.post(link)
    assert role_of(invited, organisation) == "editor"
    assert response.headers["Location"].endswith(f"/organisationen/{organisation.public_id}/")
    assert client.get(link).status_code == 404


def test_somebody_else_cannot_use_the_link(client, link, somebody, organisation, invited):
    client.force_login(somebody)
    response = client.get(link)
    assert response.status_code == 200
    assert invited.email not in response.text
    assert client.post(link).status_code == 403
    assert role_of(somebody, organisation) is None


def test_an_invitation_waits_on_the_page_of_the_person(client, invited, organisation, somebody):
    invitation = Invitation.objects.get()
    accept = reverse("knowledge:invitation_accept", args=[invitation.public_id])
    client.force_login(somebody)
    assert accept not in client.get(reverse(MINE)).text
    assert client.post(accept).status_code == 404
    client.force_login(invited)
    assert accept in client.get(reverse(MINE)).text
    assert client.post(accept).status_code == 302
    assert role_of(invited, organisation) == "editor"
    assert client.post(accept).status_code == 404


@pytest.mark.parametrize("change", ["deactivated", "lowered", "blocked"])
def test_what_cannot_be_accepted_is_not_offered(client, invited, link, organisation, change):
    invitation = Invitation.objects.get()
    accept = reverse("knowledge:invitation_accept", args=[invitation.public_id])
    client.force_login(invited)
    assert accept in client.get(reverse(MINE)).text
    assert client.get(link).status_code == 200
    if change == "deactivated":
        User.objects.filter(pk=invitation.invited_by_id).update(is_active=False)
    elif change == "lowered":
        Membership.objects.filter(user=invitation.invited_by).update(role="editor")
    else:
        Standing.objects.create(organisation=organisation, trust=Trust.BLOCKED)
    assert accept not in client.get(reverse(MINE)).text
    assert client.post(accept).status_code == 404
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 404
    assert role_of(invited, organisation) is None


def test_never_again_takes_one_press_and_no_account(client, link, invited):
    never = f"{link}nie-wieder/"
    assert client.get(never).status_code == 200
    assert InvitedAddress.objects.get().refuses_at is None
    assert client.post(never).status_code == 200
    assert InvitedAddress.objects.get().refuses_at is not None
    assert client.get(link).status_code == 404


def test_guessing_links_is_stopped(client):
    statuses = [
        client.get(reverse("knowledge:invitation", args=[f"guess{number}"])).status_code
        for number in range(35)
    ]
    assert statuses == [404] * 30 + [429] * 5


def test_a_used_and_an_invented_link_look_the_same(client, link, invited):
    client.force_login(invited)
    client.post(link)
    client.logout()
    used = client.get(link)
    invented = client.get(reverse("knowledge:invitation", args=["x" * 43]))
    assert used.status_code == invented.status_code == 404
    assert used.text.replace(link.split("/")[-2], "x" * 43) == invented.text


def test_joining_and_deciding(client, organisation, owner, somebody, people_page):
    join = reverse("knowledge:organisation_join", args=[organisation.public_id])
    client.force_login(somebody)
    assert client.post(join, {"message": "Ich bin die Neue."}).status_code == 302
    assert client.post(join, {"message": "Noch einmal."}).status_code == 200
    request = JoinRequest.objects.get()
    decide = reverse("knowledge:join_request_decide", args=[organisation.public_id, request.pk])
    assert client.post(decide, {"accept": "1"}).status_code == 404
    client.force_login(owner)
    assert "Ich bin die Neue." in client.get(people_page).text
    assert client.post(decide, {"accept": "1"}).status_code == 302
    assert role_of(somebody, organisation) == "member"


def test_numbers_of_another_organisation_do_not_work_below_ones_own(client, organisation, owner):
    """An owner of B cannot reach people, invitations and requests of A through B's addresses."""
    mine = MembershipFactory(role="owner")
    client.force_login(mine.user)
    member = MembershipFactory(organisation=organisation)
    invitation = invitations.invite(
        organisation=organisation, email="x@example.com", role="member", by=owner
    )
    request = joining.ask(organisation=organisation, by=UserFactory())
    for name, pk in (
        ("membership_change", member.pk),
        ("invitation_revoke", invitation.pk),
        ("join_request_decide", request.pk),
    ):
        for public_id in (mine.organisation.public_id, organisation.public_id):
            url = reverse(f"knowledge:{name}", args=[public_id, pk])
            response = client.post(url, {"remove": "1", "accept": "1", "role": "owner"})
            assert response.status_code == 404
    invitation.refresh_from_db()
    request.refresh_from_db()
    assert invitation.is_open
    assert request.state == "open"
    assert role_of(member.user, organisation) == "member"


def test_own_requests_and_claims_are_taken_back_by_nobody_else(client, organisation, owner):
    asking = UserFactory()
    request = joining.ask(organisation=organisation, by=asking)
    withdraw = reverse("knowledge:join_request_withdraw", args=[request.public_id])
    client.force_login(owner)
    assert client.post(withdraw).status_code == 404
    client.force_login(asking)
    assert client.post(withdraw).status_code == 302
    assert JoinRequest.objects.get().state == "withdrawn"


def test_an_owner_changes_roles_and_removes(client, organisation, owner, people_page):
    member = MembershipFactory(organisation=organisation)
    change = reverse("knowledge:membership_change", args=[organisation.public_id, member.pk])
    client.force_login(owner)
    client.post(change, {"role": "boss"})
    assert role_of(member.user, organisation) == "member"
    client.post(change, {"role": "editor"})
    assert role_of(member.user, organisation) == "editor"
    assert client.post(change, {"remove": "1"}).headers["Location"] == people_page
    assert role_of(member.user, organisation) is None


def test_the_only_owner_is_told_why_she_cannot_leave(client, organisation, owner):
    leave = reverse("knowledge:organisation_leave", args=[organisation.public_id])
    client.force_login(owner)
    assert client.get(leave).status_code == 200
    assert role_of(owner, organisation) == "owner"
    assert 'role="alert"' in client.post(leave).text
    other = MembershipFactory(organisation=organisation, role="owner").user
    assert client.post(leave).status_code == 302
    assert role_of(other, organisation) == "owner"
    assert client.get(leave).status_code == 404


def test_the_history_says_who_and_when_to_owners_only(client, organisation, owner):
    member = MembershipFactory(organisation=organisation, user__name="Mira")
    memberships.change_role(membership=member, role="editor", by=owner)
    page = reverse("knowledge:organisation_history", args=[organisation.public_id])
    client.force_login(member.user)
    assert client.get(page).status_code == 404
    client.force_login(owner)
    with override("de"):
        text = client.get(page).text
    assert "Mira" in text
    assert owner.name in text
    assert "<time" in text


def test_the_history_counts_no_query_for_each_person(
    client, organisation, owner, django_assert_max_num_queries
):
    for _ in range(12):
        member = MembershipFactory(organisation=organisation)
        memberships.change_role(membership=member, role="editor", by=owner)
    client.force_login(owner)
    page = reverse("knowledge:organisation_history", args=[organisation.public_id])
    client.get(page)
    with django_assert_max_num_queries(16):
        client.get(page)


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_shadow_profile_offers_to_take_it_over(signed_in, client, organisation, somebody):
    if signed_in:
        client.force_login(somebody)
    text = client.get(organisation.get_absolute_url()).text
    claim = reverse("knowledge:organisation_claim", args=[organisation.public_id])
    assert f'href="{claim}"' in text
    assert "beitreten" not in text
    assert client.get(claim).status_code == (200 if signed_in else 302)


def test_a_profile_with_people_offers_to_join(client, organisation, owner):
    text = client.get(organisation.get_absolute_url()).text
    assert reverse("knowledge:organisation_join", args=[organisation.public_id]) in text
    assert "uebernehmen" not in text
    client.force_login(owner)
    text = client.get(organisation.get_absolute_url()).text
    assert reverse("knowledge:organisation_people", args=[organisation.public_id]) in text
    assert "beitreten" not in text


def test_taking_over_by_the_page(client, organisation, people_page):
    theirs = UserFactory(email="info@verein-a.example")
    client.force_login(theirs)
    claim = reverse("knowledge:organisation_claim", args=[organisation.public_id])
    assert "message" not in client.get(claim).context["form"].fields
    assert client.post(claim).headers["Location"] == people_page
    organisation.refresh_from_db()
    assert organisation.verification == Verification.VERIFIED


def test_what_is_no_shadow_profile_is_not_promised_at_once(client, organisation):
    """Its last owner has left, or a member founded it: editors decide, so they need her words."""
    organisation.verification = Verification.UNVERIFIED
    organisation.save()
    theirs = UserFactory(email="info@verein-a.example")
    client.force_login(theirs)
    claim = reverse("knowledge:organisation_claim", args=[organisation.public_id])
    page = client.get(claim)
    assert "message" in page.context["form"].fields
    assert "sofort" not in page.text
    assert client.post(claim).context["form"].errors["message"]
    client.post(claim, {"message": "Ich bin die Vorsitzende."})
    assert Claim.objects.get().message == "Ich bin die Vorsitzende."
    assert role_of(theirs, organisation) is None


def test_without_the_mail_domain_something_must_speak_for_it(client, organisation, somebody):
    client.force_login(somebody)
    claim = reverse("knowledge:organisation_claim", args=[organisation.public_id])
    assert "message" in client.post(claim).context["form"].errors
    assert client.post(claim, {"message": "Ich bin die Vorsitzende."}).status_code == 302
    assert Claim.objects.get().state == "open"


def test_drafts_can_neither_be_joined_nor_claimed(client, somebody):
    draft = OrganisationFactory(live=False)
    MembershipFactory(organisation=draft, role="owner")
    client.force_login(somebody)
    for name in ("organisation_join", "organisation_claim", "organisation_people"):
        url = reverse(f"knowledge:{name}", args=[draft.public_id])
        assert client.get(url).status_code == 404


def test_blocked_people_see_why_and_appeal(client, organisation, owner, people_page):
    Standing.objects.create(organisation=organisation, trust=Trust.BLOCKED, reason="Werbung.")
    appeal = reverse("knowledge:organisation_appeal", args=[organisation.public_id])
    editor = MembershipFactory(organisation=organisation, role="editor").user
    client.force_login(editor)
    assert "Werbung." in client.get(people_page).text
    assert client.get(appeal).status_code == 404
    client.force_login(owner)
    assert appeal in client.get(people_page).text
    assert client.post(appeal, {"text": ""}).status_code == 200
    assert client.post(appeal, {"text": "Es war keine."}).status_code == 302
    assert "Es war keine." in client.get(appeal).text


def test_without_a_block_there_is_no_appeal(client, organisation, owner):
    client.force_login(owner)
    page = reverse("knowledge:organisation_appeal", args=[organisation.public_id])
    assert client.get(page).status_code == 404


def test_numbers_too_long_for_the_database_are_not_found(client, organisation, owner):
    client.force_login(owner)
    for name in ("membership_change", "invitation_revoke", "join_request_decide"):
        url = reverse(f"knowledge:{name}", args=[organisation.public_id, 10**30])
        assert client.post(url).status_code == 404
    assert client.post(reverse("knowledge:claim_withdraw", args=[10**30])).status_code == 404
