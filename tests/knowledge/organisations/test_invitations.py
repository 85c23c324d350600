"""Invitations: one secret, one address, once, for 14 days."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from knowledge.enums import MembershipRole, Trust
from knowledge.models import Invitation, InvitedAddress, Membership, Standing
from knowledge.queries.membership import role_of
from knowledge.services.organisations import invitations, memberships
from knowledge.services.organisations.errors import LimitReachedError, PeopleError
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

MEMBER, EDITOR = MembershipRole.MEMBER, MembershipRole.EDITOR
ADDRESS = "sina@example.com"


def invite(organisation, by, email=ADDRESS, role=MEMBER):
    return invitations.invite(organisation=organisation, email=email, role=role, by=by)


def token_in(mail):
    return re.search(r"/einladung/([\w-]+)/\n", mail.text).group(1)


@pytest.fixture
def owner(owner):
    owner.date_joined = timezone.now() - timedelta(days=30)
    owner.save()
    return owner


@pytest.fixture
def invited(db):
    return UserFactory(email=ADDRESS, name="Sina")


def test_the_secret_is_only_in_the_mail(organisation, owner, events):
    invitation = invite(organisation, owner)
    mail = OutgoingMail.objects.get()
    token = token_in(mail)
    assert mail.to == ADDRESS
    assert len(token) >= 43  # 256 bits in base64
    assert token not in str(Invitation.objects.values().get())
    assert invitations.find(token) == invitation
    assert invitations.find(invitation.token_hash) is None
    assert events() == ["invitation.sent"]


def test_the_invited_person_joins_once(organisation, owner, invited, events):
    invitation = invite(organisation, owner, role=EDITOR)
    invitations.accept(invitation=invitation, user=invited)
    assert role_of(invited, organisation) == EDITOR
    with pytest.raises(PeopleError):
        invitations.accept(invitation=invitation, user=invited)
    memberships.leave(organisation=organisation, user=invited)
    with pytest.raises(PeopleError):
        invitations.accept(invitation=invitation, user=invited)
    assert events() == ["invitation.sent", "invitation.accepted", "membership.left"]


def test_letters_of_the_address_may_be_large(organisation, owner, invited):
    invitation = invite(organisation, owner, email=" Sina@Example.com ")
    invitations.accept(invitation=invitation, user=invited)
    assert role_of(invited, organisation) == MEMBER


def test_only_the_confirmed_address_counts(organisation, owner, somebody):
    invitation = invite(organisation, owner)
    with pytest.raises(PermissionDenied):
        invitations.accept(invitation=invitation, user=somebody)
    EmailAddress.objects.create(user=somebody, email=ADDRESS, verified=False)
    with pytest.raises(PermissionDenied):
        invitations.accept(invitation=invitation, user=somebody)
    EmailAddress.objects.filter(email=ADDRESS).update(verified=True)
    invitations.accept(invitation=invitation, user=somebody)
    assert role_of(somebody, organisation) == MEMBER


def test_after_14_days_it_is_over(organisation, owner, invited):
    invitation = invite(organisation, owner)
    with time_machine.travel(timezone.now() + timedelta(days=14, minutes=1)):
        assert not invitations.open_invitations_for(invited).exists()
        with pytest.raises(PeopleError):
            invitations.accept(invitation=invitation, user=invited)
    with time_machine.travel(timezone.now() + timedelta(days=13)):
        invitations.accept(invitation=invitation, user=invited)


def test_taken_back_it_is_over(organisation, owner, invited, events):
    invitation = invite(organisation, owner)
    invitations.revoke(invitation=invitation, by=owner)
    invitations.revoke(invitation=invitation, by=owner)
    with pytest.raises(PeopleError):
        invitations.accept(invitation=invitation, user=invited)
    assert events() == ["invitation.sent", "invitation.revoked"]


@pytest.mark.parametrize("change", ["lowered", "deactivated"])
def test_without_its_inviter_it_is_over(change, organisation, owner, invited):
    """Also where nobody took it back: the moment of accepting decides."""
    inviter = MembershipFactory(organisation=organisation, role="owner").user
    invitation = invite(organisation, inviter)
    if change == "lowered":
        Membership.objects.filter(user=inviter).update(role="member")
    else:
        type(inviter).objects.filter(pk=inviter.pk).update(is_active=False)
    with pytest.raises(PeopleError):
        invitations.accept(invitation=invitation, user=invited)


def test_a_new_invitation_ends_the_one_before(organisation, owner, invited):
    first, second = invite(organisation, owner), invite(organisation, owner, role=EDITOR)
    with pytest.raises(PeopleError):
        invitations.accept(invitation=first, user=invited)
    invitations.accept(invitation=second, user=invited)


def test_an_invitation_never_lowers_a_role(organisation, owner, invited):
    invitation = invite(organisation, owner)
    MembershipFactory(organisation=organisation, user=invited, role="editor")
    invitations.accept(invitation=invitation, user=invited)
    assert role_of(invited, organisation) == EDITOR


@pytest.mark.parametrize("role", ["editor", "member"])
def test_only_owners_invite_and_take_back(role, organisation, owner):
    by = MembershipFactory(organisation=organisation, role=role).user
    stranger = MembershipFactory(role="owner").user
    invitation = invite(organisation, owner)
    for person in (by, stranger):
        with pytest.raises(PermissionDenied):
            invite(organisation, person)
        with pytest.raises(PermissionDenied):
            invitations.revoke(invitation=invitation, by=person)
    assert Invitation.objects.get().is_open


def test_who_belongs_to_it_is_not_invited(organisation, owner, invited, mails):
    MembershipFactory(organisation=organisation, user=invited)
    with pytest.raises(PeopleError):
        invite(organisation, owner)
    assert mails() == []


def test_a_blocked_organisation_invites_nobody(organisation, owner, invited):
    invitation = invite(organisation, owner)
    Standing.objects.create(organisation=organisation, trust=Trust.BLOCKED)
    with pytest.raises(PeopleError):
        invite(organisation, owner, email="other@example.com")
    with pytest.raises(PeopleError):
        invitations.accept(invitation=invitation, user=invited)


def test_20_a_day_from_one_person_in_all_her_organisations(organisation, owner):
    other = MembershipFactory(user=owner, role="owner").organisation
    for number in range(20):
        invite((organisation, other)[number % 2], owner, email=f"a{number}@example.com")
    with pytest.raises(LimitReachedError):
        invite(organisation, owner)
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        invite(organisation, owner)
    assert OutgoingMail.objects.count() == 21


def test_a_new_account_invites_5_a_day(organisation):
    founder = MembershipFactory(organisation=organisation, role="owner").user
    for number in range(5):
        invite(organisation, founder, email=f"a{number}@example.com")
    with pytest.raises(LimitReachedError):
        invite(organisation, founder)


def test_3_a_week_to_one_address_from_all_together(organisation, owner):
    for _ in range(3):
        other = MembershipFactory(role="owner")
        invite(other.organisation, other.user)
    with pytest.raises(LimitReachedError):
        invite(organisation, owner)
    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        invite(organisation, owner)


def test_never_again_counts_for_every_organisation(organisation, owner, invited, mails):
    first = invite(organisation, owner)
    invitations.never_again(invitation=first)
    invitations.never_again(invitation=first)
    assert not invitations.open_invitations_for(invited).exists()
    other = MembershipFactory(role="owner")
    invite(other.organisation, other.user)
    assert mails() == [(ADDRESS, "invitation")]
    assert InvitedAddress.objects.filter(refuses_at__isnull=False).count() == 1


def test_with_and_without_an_account_all_is_the_same_but_the_language(organisation, owner):
    UserFactory(email="known@example.com", language="en")
    with override("de"):
        for address in ("known@example.com", "unknown@example.com"):
            invite(organisation, owner, email=address)
    known, unknown = OutgoingMail.objects.order_by("pk")
    assert "invites you to" in known.text
    assert (known.language, unknown.language) == ("en", "de")
    assert "invites you to" not in unknown.text
    assert known.kind == unknown.kind


def test_names_bring_no_foreign_links_into_mails(owner):
    organisation = OrganisationFactory(name="Win at https://evil.com/x or evil.com now " * 3)
    owner.name = "www.evil.com"
    owner.save()
    MembershipFactory(organisation=organisation, user=owner, role="owner")
    invite(organisation, owner)
    mail = OutgoingMail.objects.get()
    assert "evil.com" not in mail.text + mail.subject
    assert "\n" not in mail.subject


def test_old_invitations_are_forgotten(organisation, owner):
    invite(organisation, owner)
    refused = invite(organisation, owner, email="refuses@example.com")
    invitations.never_again(invitation=refused)
    with time_machine.travel(timezone.now() + timedelta(days=29)):
        assert invitations.forget_old() == 0
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        assert invitations.forget_old() == 2
    assert [address.refuses_at is None for address in InvitedAddress.objects.all()] == [False]


def test_hashes_are_forgotten_in_portions(organisation, owner):
    """However many there are: a database takes only so many values in one statement."""
    invite(organisation, owner)
    hashes = [f"{number:064}" for number in range(3 * invitations.AT_ONCE)]
    InvitedAddress.objects.bulk_create(InvitedAddress(address_hash=one) for one in hashes)
    with CaptureQueriesContext(connection) as asked:
        invitations.forget_old()
    assert InvitedAddress.objects.count() == 1
    assert max(query["sql"].count(",") for query in asked) < 2 * invitations.AT_ONCE


def test_statements_do_not_grow_with_the_invitations_that_are_kept(organisation, owner):
    lengths = []
    for number in (1, 3):
        Invitation.objects.bulk_create(
            Invitation(
                organisation=organisation,
                email=f"{number}-{one}@example.com",
                invited_by=owner,
                token_hash=f"{number}-{one}",
            )
            for one in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            invitations.forget_old()
        lengths.append(max(len(query["sql"]) for query in asked))
    assert lengths[0] == lengths[1]
