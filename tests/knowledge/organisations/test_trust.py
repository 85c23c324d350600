"""Trust, blocks and the appeal against them."""

import pytest
from django.core.exceptions import PermissionDenied

from knowledge.enums import RequestState, Trust
from knowledge.models import BlockAppeal, Standing
from knowledge.queries.membership import trust_of
from knowledge.services.organisations import trust
from knowledge.services.organisations.errors import PeopleError
from knowledge.services.submissions import NotAllowedError, submit
from nexsm.base.mail import wishes
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory

REASON = "Werbung in drei Einträgen."


@pytest.fixture
def editor(db):
    return EditorFactory()


def set_trust(organisation, by, to=Trust.BLOCKED, reason=REASON):
    trust.set_trust(organisation=organisation, trust=to, reason=reason, by=by)


@pytest.fixture
def blocked(organisation, owner, editor):
    set_trust(organisation, editor)
    return organisation


def test_a_block_is_told_to_every_owner_with_its_reason(organisation, owner, editor, events):
    second = MembershipFactory(organisation=organisation, role="owner").user
    MembershipFactory(organisation=organisation, role="editor")
    set_trust(organisation, editor)
    found = OutgoingMail.objects.order_by("pk")
    assert [mail.to for mail in found] == [owner.email, second.email]
    for mail in found:
        assert REASON in mail.text
        assert f"/mitmachen/organisationen/{organisation.public_id}/widerspruch/" in mail.text
    assert trust_of(organisation) == Trust.BLOCKED
    assert events() == ["trust"]


def test_trusted_needs_no_mail_but_a_reason(organisation, owner, editor, mails, events):
    with pytest.raises(PeopleError):
        set_trust(organisation, editor, Trust.TRUSTED, reason=" ")
    set_trust(organisation, editor, Trust.TRUSTED)
    with pytest.raises(PeopleError):
        set_trust(organisation, editor, Trust.TRUSTED)
    assert trust_of(organisation) == Trust.TRUSTED
    assert mails() == []
    assert events() == ["trust"]


def test_nobody_sets_the_trust_of_her_own_organisation(organisation, editor):
    MembershipFactory(organisation=organisation, user=editor, role="owner")
    with pytest.raises(PermissionDenied):
        set_trust(organisation, editor, Trust.TRUSTED)


def test_a_blocked_organisation_sends_nothing(blocked, owner):
    blocked.save_revision(user=owner)
    with pytest.raises(NotAllowedError):
        submit(item=blocked, by=owner)


def test_only_owners_of_a_blocked_organisation_appeal_and_once(blocked, owner, somebody, events):
    editor_there = MembershipFactory(organisation=blocked, role="editor").user
    stranger = MembershipFactory(role="owner").user
    for by in (editor_there, stranger, somebody):
        with pytest.raises(PermissionDenied):
            trust.appeal(organisation=blocked, text="Nein", by=by)
    trust.appeal(organisation=blocked, text="Es war keine Werbung.", by=owner)
    with pytest.raises(PeopleError):
        trust.appeal(organisation=blocked, text="Noch einmal", by=owner)
    assert events() == ["trust", "appeal.made"]


def test_without_a_block_there_is_no_appeal(organisation, owner):
    with pytest.raises(PeopleError):
        trust.appeal(organisation=organisation, text="Vorsorglich", by=owner)


def told_of_the_appeal():
    found = OutgoingMail.objects.filter(key__startswith="organisation_appeal:").order_by("pk")
    return [mail.to for mail in found]


def test_whoever_may_decide_about_an_appeal_is_told_once_in_her_language(blocked, owner):
    german, english = ReviewerFactory(language="de"), ReviewerFactory(language="en")
    appeal = trust.appeal(organisation=blocked, text="Es war nie Werbung.", by=owner)
    found = OutgoingMail.objects.filter(key__startswith="organisation_appeal:").order_by("pk")
    assert [(mail.to, mail.language) for mail in found] == [
        (german.email, "de"),
        (english.email, "en"),
    ]
    assert [mail.subject for mail in found] == [
        f"NexSM: Widerspruch gegen die Sperre von {blocked.name}",
        f"NexSM: appeal against the block of {blocked.name}",
    ]
    for mail in found:
        assert "Es war nie Werbung." in mail.text
        assert f"/people/appeals/{appeal.pk}/" in mail.text
        assert mail.kind == "review"


def test_who_blocked_who_belongs_there_and_who_has_no_right_are_not_told(organisation, owner):
    blocker, member, gone = (ReviewerFactory() for _ in range(3))
    MembershipFactory(organisation=organisation, user=member)
    gone.is_active = False
    gone.save()
    UserFactory()
    set_trust(organisation, blocker)
    # No reviewer is neutral: those who may decide and are not told as a rule have to.
    editor, administrator = EditorFactory(), SuperuserFactory()
    trust.appeal(organisation=organisation, text="Nein", by=owner)
    assert told_of_the_appeal() == [editor.email, administrator.email]


def test_reviewers_are_told_and_not_everybody_who_might_decide(blocked, owner):
    reviewer = ReviewerFactory()
    EditorFactory()
    SuperuserFactory()
    trust.appeal(organisation=blocked, text="Nein", by=owner)
    assert told_of_the_appeal() == [reviewer.email]


def test_who_blocked_is_told_of_the_appeal_if_she_is_the_whole_team(blocked, owner, editor):
    trust.appeal(organisation=blocked, text="Nein", by=owner)
    assert told_of_the_appeal() == [editor.email]


def test_who_wants_no_mail_about_what_waits_gets_none_about_appeals(blocked, owner):
    silent, other = ReviewerFactory(), ReviewerFactory()
    wishes.refuse(wishes.Recipient("review", silent.email, silent.pk))
    trust.appeal(organisation=blocked, text="Nein", by=owner)
    assert told_of_the_appeal() == [other.email]


def test_an_appeal_that_is_not_accepted_tells_nobody(blocked, owner):
    ReviewerFactory()
    trust.appeal(organisation=blocked, text="Nein", by=owner)
    with pytest.raises(PeopleError):
        trust.appeal(organisation=blocked, text="Noch einmal", by=owner)
    assert len(told_of_the_appeal()) == 1


def test_somebody_else_decides(blocked, owner, editor, mails, events):
    neutral = EditorFactory()
    appeal = trust.appeal(organisation=blocked, text="Nein", by=owner)
    member = EditorFactory()
    MembershipFactory(organisation=blocked, user=member)
    for by in (editor, member):
        with pytest.raises(PermissionDenied):
            trust.decide_appeal(appeal=appeal, lifts=True, answer="Ja.", by=by)
    trust.decide_appeal(appeal=appeal, lifts=True, answer="Ihr habt recht.", by=neutral)
    with pytest.raises(PeopleError):
        trust.decide_appeal(appeal=appeal, lifts=False, answer="Doch", by=EditorFactory())
    assert trust_of(blocked) == Trust.NEW
    assert mails() == [
        (owner.email, "trust"),
        (neutral.email, "organisation_appeal"),
        (owner.email, "appeal-decided"),
    ]
    assert events() == ["trust", "appeal.made", "appeal.accepted"]


def test_who_blocked_decides_only_if_nobody_else_can(organisation, owner):
    blocker, colleague = SuperuserFactory(groups=["Reviewers"]), SuperuserFactory()
    set_trust(organisation, blocker)
    appeal = trust.appeal(organisation=organisation, text="Nein", by=owner)
    with pytest.raises(PermissionDenied):
        trust.decide_appeal(appeal=appeal, lifts=False, answer="Doch.", by=blocker)

    colleague.is_active = False
    colleague.save()
    trust.decide_appeal(appeal=appeal, lifts=False, answer="Doch.", by=blocker)
    assert trust_of(organisation) == Trust.BLOCKED


@pytest.mark.parametrize("role", ["owner", "editor", "member"])
def test_who_blocked_decides_if_all_others_of_the_team_belong_there(blocked, owner, editor, role):
    colleague = MembershipFactory(organisation=blocked, user=ReviewerFactory(), role=role).user
    appeal = trust.appeal(organisation=blocked, text="Nein", by=owner)
    assert told_of_the_appeal() == [editor.email]
    with pytest.raises(PermissionDenied):
        trust.decide_appeal(appeal=appeal, lifts=True, answer="Ja.", by=colleague)
    trust.decide_appeal(appeal=appeal, lifts=True, answer="Stimmt.", by=editor)
    assert trust_of(blocked) == Trust.NEW


def test_refused_the_block_stays_and_is_final(blocked, owner, events):
    appeal = trust.appeal(organisation=blocked, text="Nein", by=owner)
    with pytest.raises(PeopleError):
        trust.decide_appeal(appeal=appeal, lifts=False, answer="", by=EditorFactory())
    trust.decide_appeal(appeal=appeal, lifts=False, answer="Es war Werbung.", by=EditorFactory())
    assert trust_of(blocked) == Trust.BLOCKED
    with pytest.raises(PeopleError):
        trust.appeal(organisation=blocked, text="Noch einmal", by=owner)
    assert events()[-1] == "appeal.refused"


def test_the_end_of_a_block_ends_the_appeal_and_a_new_block_allows_a_new_one(
    blocked, owner, editor
):
    trust.appeal(organisation=blocked, text="Nein", by=owner)
    set_trust(blocked, editor, Trust.NEW, "Es war ein Irrtum.")
    assert BlockAppeal.objects.get().state == RequestState.ACCEPTED
    set_trust(blocked, editor)
    trust.appeal(organisation=blocked, text="Wieder nein", by=owner)
    assert Standing.objects.get().decided_by == editor
