"""Asking to belong to an organisation."""

import pytest
from django.core.exceptions import PermissionDenied

from knowledge.enums import RequestState
from knowledge.models import JoinRequest
from knowledge.queries.membership import role_of
from knowledge.services.organisations import invitations, joining
from knowledge.services.organisations.errors import LimitReachedError, PeopleError
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory


def test_every_owner_and_nobody_else_is_told_once(organisation, owner, somebody, mails, events):
    second = MembershipFactory(organisation=organisation, role="owner").user
    MembershipFactory(organisation=organisation, role="editor")
    MembershipFactory(role="owner")
    joining.ask(organisation=organisation, by=somebody)
    assert mails() == [(owner.email, "join-request"), (second.email, "join-request")]
    assert events() == ["request.made"]


def test_mails_are_in_the_language_of_their_receiver(organisation, owner):
    owner.language = "en"
    owner.save()
    asking = UserFactory(language="de")
    request = joining.ask(organisation=organisation, by=asking)
    joining.decide(request=request, accepts=True, by=owner)
    assert list(OutgoingMail.objects.order_by("pk").values_list("language", flat=True)) == [
        "en",
        "de",
    ]


def test_accepted_she_is_a_member(organisation, owner, somebody, mails, events):
    request = joining.ask(organisation=organisation, by=somebody)
    joining.decide(request=request, accepts=True, by=owner)
    assert role_of(somebody, organisation) == "member"
    assert mails()[1:] == [(somebody.email, "join-decided")]
    assert events() == ["request.made", "request.accepted"]


def test_decided_once(organisation, owner, somebody, mails):
    request = joining.ask(organisation=organisation, by=somebody)
    joining.decide(request=request, accepts=False, by=owner)
    with pytest.raises(PeopleError):
        joining.decide(request=request, accepts=True, by=owner)
    assert role_of(somebody, organisation) is None
    assert len(mails()) == 2


def test_others_decide_nothing(organisation, owner, somebody):
    request = joining.ask(organisation=organisation, by=somebody)
    editor = MembershipFactory(organisation=organisation, role="editor").user
    stranger = MembershipFactory(role="owner").user
    for by in (editor, stranger, somebody):
        with pytest.raises(PermissionDenied):
            joining.decide(request=request, accepts=True, by=by)
    with pytest.raises(PermissionDenied):
        joining.withdraw(request=request, by=stranger)
    assert JoinRequest.objects.get().state == RequestState.OPEN


def test_one_request_at_a_time_and_a_pause_after_a_refusal(organisation, owner, somebody):
    request = joining.ask(organisation=organisation, by=somebody)
    with pytest.raises(PeopleError):
        joining.ask(organisation=organisation, by=somebody)
    joining.withdraw(request=request, by=somebody)
    again = joining.ask(organisation=organisation, by=somebody)
    joining.decide(request=again, accepts=False, by=owner)
    with pytest.raises(PeopleError):
        joining.ask(organisation=organisation, by=somebody)


def test_nobody_to_ask(organisation, somebody):
    with pytest.raises(PeopleError):
        joining.ask(organisation=organisation, by=somebody)


def test_who_belongs_to_it_does_not_ask(organisation, owner):
    with pytest.raises(PeopleError):
        joining.ask(organisation=organisation, by=owner)


def test_not_more_than_ten_a_day(db, somebody):
    for _ in range(10):
        organisation = OrganisationFactory()
        MembershipFactory(organisation=organisation, role="owner")
        joining.ask(organisation=organisation, by=somebody)
    last = OrganisationFactory()
    MembershipFactory(organisation=last, role="owner")
    with pytest.raises(LimitReachedError):
        joining.ask(organisation=last, by=somebody)


def test_an_accepted_invitation_answers_the_request(organisation, owner, somebody):
    joining.ask(organisation=organisation, by=somebody)
    invitation = invitations.invite(
        organisation=organisation, email=somebody.email, role="member", by=owner
    )
    invitations.accept(invitation=invitation, user=somebody)
    assert JoinRequest.objects.get().state == RequestState.ACCEPTED
