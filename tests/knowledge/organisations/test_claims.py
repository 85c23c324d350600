"""“This is our organisation”: quick by the mail domain, else decided by editors."""

import threading

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import connection

from knowledge.enums import ClaimEvidence, RequestState, Trust, Verification
from knowledge.models import Claim, Standing, Submission
from knowledge.queries.membership import owners_of, role_of, trust_of
from knowledge.services.mail_floods import BURST
from knowledge.services.organisations import claims
from knowledge.services.organisations.errors import LimitReachedError, PeopleError
from knowledge.services.submissions import submit
from nexsm.base.mail import wishes
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory

SITE = "https://www.verein-a.example/"


@pytest.fixture
def theirs(db):
    """Somebody with a confirmed address at the organisation's domain."""
    return UserFactory(email="info@verein-a.example")


@pytest.fixture
def editors(db):
    return EditorFactory(), ReviewerFactory()


@pytest.fixture
def mails(mails):
    """Who got which mail, without what tells editors that a claim waits."""
    waits = ("claim_waiting", "claim_undecided")
    return lambda: [mail for mail in mails() if mail[1] not in waits]


def decide(claim, by, accepts=True):
    return claims.decide(claim=claim, accepts=accepts, reason="Steht im Impressum.", by=by)


def test_the_mail_domain_makes_an_owner_at_once(organisation, theirs, mails, events):
    claim = claims.claim(organisation=organisation, by=theirs)
    organisation.refresh_from_db()
    assert claim.state == RequestState.ACCEPTED
    assert role_of(theirs, organisation) == "owner"
    assert organisation.verification == Verification.VERIFIED
    assert organisation.verified_at is not None
    assert events() == ["claim.confirmed"]
    assert mails() == [(theirs.email, "claim-decided")]


def test_an_unconfirmed_address_proves_nothing(organisation, somebody, events):
    EmailAddress.objects.create(user=somebody, email="x@verein-a.example", verified=False)
    claim = claims.claim(organisation=organisation, by=somebody, message="Vorsitz")
    assert claim.state == RequestState.OPEN
    assert claim.evidence == ClaimEvidence.OTHER
    assert role_of(somebody, organisation) is None
    assert events() == ["claim.made"]


def test_only_shadow_profiles_are_handed_over_quickly(theirs):
    for verification in (Verification.UNVERIFIED, Verification.VERIFIED):
        other = OrganisationFactory(website=SITE, verification=verification)
        assert claims.claim(organisation=other, by=theirs).state == RequestState.OPEN


def test_one_editor_decides_what_nobody_contests(organisation, somebody, editors, mails, events):
    claim = claims.claim(organisation=organisation, by=somebody, message="Vorsitz")
    assert decide(claim, editors[0]) is True
    organisation.refresh_from_db()
    assert role_of(somebody, organisation) == "owner"
    assert organisation.verification == Verification.VERIFIED
    assert events() == ["claim.made", "claim.accepted"]
    assert mails() == [(somebody.email, "claim-decided")]


def test_refused_nothing_changes_and_there_is_a_pause(organisation, somebody, editors, mails):
    claim = claims.claim(organisation=organisation, by=somebody, message="Vorsitz")
    decide(claim, editors[0], accepts=False)
    organisation.refresh_from_db()
    assert organisation.verification == Verification.SHADOW
    assert not owners_of(organisation).exists()
    assert mails() == [(somebody.email, "claim-decided")]
    with pytest.raises(PeopleError):
        claims.claim(organisation=organisation, by=somebody)


def test_a_contested_claim_needs_two_editors(organisation, owner, theirs, editors, mails):
    claim = claims.claim(organisation=organisation, by=theirs, message="Vorsitz")
    assert claim.is_contested
    assert mails() == [(owner.email, "claim")]
    assert decide(claim, editors[0]) is False
    assert role_of(theirs, organisation) is None
    with pytest.raises(PeopleError):
        decide(claim, editors[0])
    assert decide(claim, editors[1]) is True
    assert set(owners_of(organisation)) == {owner, theirs}
    assert mails()[1:] == [(theirs.email, "claim-decided"), (owner.email, "claim-known")]


@pytest.mark.usefixtures("owner")
def test_each_decision_about_a_contested_claim_is_one_row(organisation, theirs, editors, events):
    claim = claims.claim(organisation=organisation, by=theirs, message="Vorsitz")
    for editor in editors:
        decide(claim, editor)
    assert events() == ["claim.made", "claim.vote", "claim.accepted"]


def test_two_editors_who_disagree_need_a_third(organisation, owner, theirs, editors):
    claim = claims.claim(organisation=organisation, by=theirs, message="Vorsitz")
    assert decide(claim, editors[0]) is False
    assert decide(claim, editors[1], accepts=False) is False
    assert decide(claim, EditorFactory(), accepts=False) is True
    assert list(owners_of(organisation)) == [owner]


def test_of_two_claims_the_second_is_contested_after_the_first(organisation, theirs, editors):
    colleague = UserFactory(email="vorstand@verein-a.example")
    first = claims.claim(organisation=organisation, by=theirs)
    second = claims.claim(organisation=organisation, by=colleague, message="Vorstand")
    assert (first.state, second.state) == (RequestState.ACCEPTED, RequestState.OPEN)
    assert decide(second, editors[0]) is False


def test_waiting_claims_become_contested_when_one_is_accepted(organisation, somebody, editors):
    one = claims.claim(organisation=organisation, by=somebody, message="Wir")
    two = claims.claim(organisation=organisation, by=UserFactory(), message="Nein, wir")
    decide(one, editors[0])
    assert decide(two, editors[0]) is False
    two.refresh_from_db()
    assert two.is_contested


@pytest.mark.parametrize("stake", ["claimant", "member"])
def test_nobody_decides_in_her_own_matter(stake, organisation, editors):
    editor = editors[0]
    if stake == "member":
        MembershipFactory(organisation=organisation, user=editor)
        claim = claims.claim(organisation=organisation, by=UserFactory(), message="Wir")
    else:
        claim = claims.claim(organisation=organisation, by=editor, message="Wir")
    with pytest.raises(PermissionDenied):
        decide(claim, editor)


def test_a_decision_has_a_reason_and_is_made_once(organisation, somebody, editors, events):
    claim = claims.claim(organisation=organisation, by=somebody, message="Wir")
    with pytest.raises(PeopleError):
        claims.decide(claim=claim, accepts=True, reason="  ", by=editors[0])
    decide(claim, editors[0], accepts=False)
    with pytest.raises(PeopleError):
        decide(claim, editors[1])
    assert events() == ["claim.made", "claim.refused"]


def test_what_cannot_be_claimed(organisation, owner, somebody):
    draft, blocked = OrganisationFactory(live=False), OrganisationFactory()
    Standing.objects.create(organisation=blocked, trust=Trust.BLOCKED)
    for by, target in ((somebody, draft), (somebody, blocked), (owner, organisation)):
        with pytest.raises(PeopleError):
            claims.claim(organisation=target, by=by)
    claims.claim(organisation=organisation, by=somebody)
    with pytest.raises(PeopleError):
        claims.claim(organisation=organisation, by=somebody)


def test_five_open_claims_are_enough(somebody):
    for _ in range(5):
        claims.claim(organisation=OrganisationFactory(), by=somebody)
    with pytest.raises(LimitReachedError):
        claims.claim(organisation=OrganisationFactory(), by=somebody)


def test_taken_back(organisation, somebody, events):
    claim = claims.claim(organisation=organisation, by=somebody)
    with pytest.raises(PermissionDenied):
        claims.withdraw(claim=claim, by=UserFactory())
    claims.withdraw(claim=claim, by=somebody)
    with pytest.raises(PeopleError):
        claims.withdraw(claim=claim, by=somebody)
    assert events() == ["claim.made", "claim.withdrawn"]


def test_a_version_that_waits_for_review_does_not_take_the_verification_back(
    organisation, somebody, editors
):
    member = MembershipFactory(organisation=organisation, role="editor").user
    organisation.description = "<p>Neu.</p>"
    organisation.save_revision(user=member)
    submit(item=organisation, by=member)
    claim = claims.claim(organisation=organisation, by=somebody, message="Wir")
    decide(claim, editors[0])
    Submission.objects.get().revision.publish()
    organisation.refresh_from_db()
    assert organisation.description == "<p>Neu.</p>"
    assert organisation.verification == Verification.VERIFIED


@pytest.mark.django_db(transaction=True)
def test_of_two_quick_claims_at_once_one_gets_through():
    if connection.vendor != "postgresql":
        pytest.skip(
            "SQLite in memory has no second connection; on disk it has one writer at a time"
        )
    organisation = OrganisationFactory(website=SITE)
    people = [UserFactory(email=f"p{number}@verein-a.example") for number in range(4)]
    start = threading.Barrier(len(people))

    def go(user):
        start.wait()
        try:
            claims.claim(organisation=organisation, by=user)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[user]) for user in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert owners_of(organisation).count() == 1
    states = list(Claim.objects.order_by("state").values_list("state", "is_contested"))
    assert states == [("accepted", False), ("open", True), ("open", True), ("open", True)]


def told_of_claims():
    return OutgoingMail.objects.filter(key__startswith="claim_waiting:").order_by("pk")


def test_whoever_may_decide_about_a_claim_is_told_once_in_her_language(organisation, somebody):
    german, english = ReviewerFactory(language="de"), ReviewerFactory(language="en")
    EditorFactory()
    claim = claims.claim(organisation=organisation, by=somebody, message="Ich bin der Vorsitz")
    assert [(mail.to, mail.subject) for mail in told_of_claims()] == [
        (german.email, "NexSM: Jemand beansprucht das Profil von Verein A"),
        (english.email, "NexSM: somebody claims the profile of Verein A"),
    ]
    for mail in told_of_claims():
        assert f"/admin/people/claims/{claim.pk}/" in mail.text
        assert "Vorsitz" not in mail.text
        assert mail.kind == "review"
        assert "Zwei Personen" not in mail.text


def test_of_a_contested_claim_the_mail_says_that_two_must_decide(organisation, owner, somebody):
    ReviewerFactory(language="de")
    claims.claim(organisation=organisation, by=somebody, message="Vorsitz")
    (mail,) = told_of_claims()
    assert "Zwei Personen der Redaktion müssen gleich entscheiden" in mail.text
    assert owner.email not in mail.to


def asked_for_one_more():
    found = OutgoingMail.objects.filter(key__startswith="claim_undecided:").order_by("pk")
    return [mail.to for mail in found]


@pytest.mark.usefixtures("owner")
def test_when_the_only_reviewer_has_decided_the_others_learn_that_one_more_must(
    organisation, theirs
):
    reviewer, member = ReviewerFactory(), EditorFactory()
    editor, administrator = EditorFactory(language="de"), SuperuserFactory()
    MembershipFactory(organisation=organisation, user=member)
    UserFactory()
    claim = claims.claim(organisation=organisation, by=theirs, message="Vorsitz")
    assert [mail.to for mail in told_of_claims()] == [reviewer.email]

    decide(claim, reviewer)

    assert asked_for_one_more() == [editor.email, administrator.email]
    mail = OutgoingMail.objects.get(to=editor.email)
    assert mail.subject == "NexSM: Zum Profil von Verein A fehlt noch eine Entscheidung"
    assert "Zwei Personen der Redaktion müssen gleich entscheiden" in mail.text
    assert f"/admin/people/claims/{claim.pk}/" in mail.text
    assert "Impressum" not in mail.text
    assert mail.kind == "review"

    decide(claim, editor, accepts=False)
    assert asked_for_one_more()[2:] == [administrator.email]
    assert decide(claim, administrator)
    assert len(asked_for_one_more()) == 3


@pytest.mark.usefixtures("owner")
def test_a_second_reviewer_is_asked_before_everybody_else(organisation, theirs, editors):
    first, second = ReviewerFactory(), editors[1]
    claim = claims.claim(organisation=organisation, by=theirs, message="Vorsitz")
    decide(claim, first)
    assert asked_for_one_more() == [second.email]


@pytest.mark.usefixtures("owner")
def test_if_the_other_reviewer_wants_no_mails_somebody_else_is_asked(organisation, theirs, editors):
    editor, silent = editors
    first = ReviewerFactory()
    wishes.refuse(wishes.Recipient("review", silent.email, silent.pk))
    claim = claims.claim(organisation=organisation, by=theirs, message="Vorsitz")
    decide(claim, first)
    assert asked_for_one_more() == [editor.email]


def test_one_decision_that_is_enough_asks_nobody(organisation, somebody, editors):
    claim = claims.claim(organisation=organisation, by=somebody, message="Vorsitz")
    decide(claim, editors[0])
    assert not asked_for_one_more()


def test_who_claims_and_who_belongs_there_are_not_told(organisation):
    claimant, member, other = (ReviewerFactory() for _ in range(3))
    MembershipFactory(organisation=organisation, user=member)
    claims.claim(organisation=organisation, by=claimant, message="Vorsitz")
    assert [mail.to for mail in told_of_claims()] == [other.email]


def test_a_claim_that_is_confirmed_at_once_waits_for_nobody(organisation, theirs):
    ReviewerFactory()
    claims.claim(organisation=organisation, by=theirs)
    assert not told_of_claims().exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("within_an_hour")
def test_many_claims_do_not_flood_a_mailbox():
    reviewer = ReviewerFactory(language="de")
    for _number in range(BURST + 2):
        claims.claim(organisation=OrganisationFactory(), by=UserFactory(), message="Vorsitz")
    assert [mail.to for mail in told_of_claims()] == [reviewer.email] * BURST
    more = OutgoingMail.objects.get(key__startswith="claim_waiting_more:")
    assert "http://localhost:8000/admin/people/\n" in more.text


def known(owner):
    return OutgoingMail.objects.get(key__startswith="claim-known:", to=owner.email).text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [(Trust.TRUSTED, Trust.NEW), (Trust.NEW, Trust.NEW)],
)
def test_new_people_beside_the_owners_are_not_trusted_because_of_them(before, after):
    owner = MembershipFactory(role="owner", user=UserFactory(language="de")).user
    organisation = owner.memberships.get().organisation
    organisation.verification = Verification.VERIFIED
    organisation.save()
    Standing.objects.create(organisation=organisation, trust=before)
    claim = claims.claim(organisation=organisation, by=UserFactory(), message="Vorstand")
    for editor in (EditorFactory(), EditorFactory()):
        decide(claim, editor)
    assert trust_of(organisation) == after
    was_told = "sieht sie sich zuerst an, was Ihre Organisation einsendet" in known(owner)
    assert was_told is (before == Trust.TRUSTED)


def test_a_claim_that_is_refused_changes_no_trust(owner, organisation, editors):
    organisation.verification = Verification.VERIFIED
    organisation.save()
    Standing.objects.create(organisation=organisation, trust=Trust.TRUSTED)
    claim = claims.claim(organisation=organisation, by=UserFactory(), message="Vorstand")
    for editor in editors:
        decide(claim, editor, accepts=False)
    assert trust_of(organisation) == Trust.TRUSTED
    assert "einsendet" not in known(owner)


def test_a_profile_that_editors_made_and_trust_stays_trusted(organisation, somebody, editors):
    Standing.objects.create(organisation=organisation, trust=Trust.TRUSTED)
    claim = claims.claim(organisation=organisation, by=somebody, message="Vorsitz")
    decide(claim, editors[0])
    assert trust_of(organisation) == Trust.TRUSTED
