"""Roles in an organisation, and that it always keeps somebody who is responsible."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection

from knowledge.enums import MembershipRole
from knowledge.models import Invitation, Membership
from knowledge.queries.membership import owners_of, role_of
from knowledge.services.organisations import invitations, memberships
from knowledge.services.organisations.errors import PeopleError
from knowledge.services.organisations.memberships import LastOwnerError
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

OWNER, EDITOR, MEMBER = MembershipRole.OWNER, MembershipRole.EDITOR, MembershipRole.MEMBER


def membership_of(user):
    return Membership.objects.get(user=user)


def test_an_owner_gives_another_role(organisation, owner, events):
    member = MembershipFactory(organisation=organisation)
    memberships.change_role(membership=member, role=EDITOR, by=owner)
    assert role_of(member.user, organisation) == EDITOR
    assert events() == ["membership.role"]


@pytest.mark.parametrize(
    ("language", "subject", "said"),
    [
        ("de", "NexSM: Ihre Rolle bei Verein A", "Sie haben eine neue Rolle bei „Verein A“"),
        ("en", "NexSM: your role at Verein A", "You have a new role at “Verein A”: Editor."),
    ],
)
def test_who_gets_another_role_is_told_once_in_her_language(
    language, subject, said, organisation, owner
):
    user = UserFactory(language=language)
    member = MembershipFactory(organisation=organisation, user=user)
    for _press in range(2):
        memberships.change_role(membership=member, role=EDITOR, by=owner)
    told = OutgoingMail.objects.get()
    assert (told.to, told.subject) == (user.email, subject)
    assert said in told.text
    assert f"/{language}/mitmachen/organisationen/{organisation.public_id}/" in told.text


def test_roles_that_go_to_and_fro_fill_no_mailbox(organisation, owner, mails):
    member = MembershipFactory(organisation=organisation)
    for _change in range(memberships.ROLE_MAILS):
        for role in (EDITOR, MEMBER):
            memberships.change_role(membership=member, role=role, by=owner)
    assert len(mails()) == memberships.ROLE_MAILS


def test_who_is_removed_is_told_once_in_her_language(organisation, owner, mails):
    member = MembershipFactory(organisation=organisation, user=UserFactory(language="en"))
    memberships.remove(membership=member, by=owner)
    assert mails() == [(member.user.email, "membership_removed")]
    assert "has ended your membership there" in OutgoingMail.objects.get().text


def test_nobody_is_told_what_she_did_herself(organisation, owner, mails):
    MembershipFactory(organisation=organisation, role="owner")
    memberships.change_role(membership=membership_of(owner), role=MEMBER, by=owner)
    memberships.leave(organisation=organisation, user=owner)
    assert mails() == []


def test_the_same_role_again_leaves_no_row(organisation, owner, events):
    member = MembershipFactory(organisation=organisation)
    memberships.change_role(membership=member, role=MEMBER, by=owner)
    assert events() == []


@pytest.mark.parametrize("role", ["editor", "member"])
def test_others_change_nobody(role, organisation, owner):
    by = MembershipFactory(organisation=organisation, role=role).user
    for change in (
        lambda: memberships.change_role(membership=membership_of(by), role=OWNER, by=by),
        lambda: memberships.remove(membership=membership_of(owner), by=by),
    ):
        with pytest.raises(PermissionDenied):
            change()
    assert role_of(owner, organisation) == OWNER


def test_an_owner_of_another_organisation_changes_nobody(organisation, owner):
    stranger = MembershipFactory(role="owner").user
    member = MembershipFactory(organisation=organisation)
    with pytest.raises(PermissionDenied):
        memberships.remove(membership=member, by=stranger)
    with pytest.raises(PermissionDenied):
        memberships.change_role(membership=member, role=OWNER, by=stranger)
    assert role_of(member.user, organisation) == MEMBER


def test_the_only_owner_stays(organisation, owner, events):
    MembershipFactory(organisation=organisation, role="editor")
    with pytest.raises(LastOwnerError):
        memberships.leave(organisation=organisation, user=owner)
    with pytest.raises(LastOwnerError):
        memberships.change_role(membership=membership_of(owner), role=MEMBER, by=owner)
    with pytest.raises(LastOwnerError):
        memberships.remove(membership=membership_of(owner), by=owner)
    assert list(owners_of(organisation)) == [owner]
    assert events() == []


def test_an_owner_who_cannot_sign_in_does_not_count(organisation, owner):
    other = MembershipFactory(organisation=organisation, role="owner").user
    other.is_active = False
    other.save()
    with pytest.raises(LastOwnerError):
        memberships.leave(organisation=organisation, user=owner)


def test_one_of_two_owners_may_go(organisation, owner, events):
    MembershipFactory(organisation=organisation, role="owner")
    memberships.leave(organisation=organisation, user=owner)
    assert role_of(owner, organisation) is None
    assert events() == ["membership.left"]


def test_who_is_not_in_it_cannot_leave(organisation, owner, somebody):
    with pytest.raises(PeopleError):
        memberships.leave(organisation=organisation, user=somebody)


def test_who_was_removed_twice_is_removed_once(organisation, owner, events):
    member = MembershipFactory(organisation=organisation)
    memberships.remove(membership=member, by=owner)
    with pytest.raises(PeopleError):
        memberships.remove(membership=member, by=owner)
    assert events() == ["membership.removed"]


@pytest.mark.parametrize("how", ["leave", "lower", "remove"])
def test_open_invitations_end_with_the_say_of_the_inviter(how, organisation, owner):
    inviter = MembershipFactory(organisation=organisation, role="owner").user
    for by in (inviter, owner):
        invitations.invite(
            organisation=organisation, email=f"{by.pk}@example.com", role=MEMBER, by=by
        )
    if how == "leave":
        memberships.leave(organisation=organisation, user=inviter)
    elif how == "lower":
        memberships.change_role(membership=membership_of(inviter), role=EDITOR, by=owner)
    else:
        memberships.remove(membership=membership_of(inviter), by=owner)
    still_open = [invitation for invitation in Invitation.objects.all() if invitation.is_open]
    assert [invitation.invited_by for invitation in still_open] == [owner]


@pytest.mark.django_db(transaction=True)
def test_of_two_owners_who_leave_at_once_one_stays():
    if connection.vendor != "postgresql":
        pytest.skip(
            "SQLite in memory has no second connection; on disk it has one writer at a time"
        )
    organisation = OrganisationFactory()
    owners = [MembershipFactory(organisation=organisation, role="owner").user for _ in range(2)]
    start, told = threading.Barrier(2), []

    def go(user):
        start.wait()
        try:
            memberships.leave(organisation=organisation, user=user)
        except LastOwnerError:
            told.append(user)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[user]) for user in owners]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(owners_of(organisation)) == told
    assert len(told) == 1
