"""Objections to refusals: once, decided by somebody who did not refuse, told to the author."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from knowledge.enums import RequestState, SubmissionState
from knowledge.models import SubmissionAppeal
from knowledge.queries.submissions import is_alone
from knowledge.services import submission_appeals, submissions
from knowledge.services.submissions import NotAllowedError, SubmissionError
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory

pytestmark = pytest.mark.django_db

WHY = "Das ist keine Werbung, sondern <b>Beratung</b>."


@pytest.fixture
def other():
    return ReviewerFactory(name="Otto Andere")


@pytest.fixture
def refused(submission, reviewer, other):
    submissions.refuse(submission=submission, by=reviewer, reason="Werbung.")
    OutgoingMail.objects.all().delete()
    submission.refresh_from_db()
    return submission


@pytest.fixture
def url(refused):
    return reverse("knowledge:submission_appeal", args=[refused.public_id])


@pytest.fixture
def appealed(refused, owner):
    submission_appeals.appeal(submission=refused, text=WHY, by=owner)
    return refused


def decide(submission, by, *, is_granted=True, answer="Stimmt."):
    submission_appeals.decide_appeal(
        submission=submission, is_granted=is_granted, answer=answer, by=by
    )


def state_of(submission):
    submission.refresh_from_db()
    return submission.state


def item_page(submission):
    return reverse("nexsm_review_item", args=[submission.pk])


def test_whoever_is_the_whole_team_decides_about_her_own_refusal_and_the_history_says_so(
    submission, owner, reviewer
):
    alone = SuperuserFactory()
    submissions.refuse(submission=submission, by=alone, reason="Werbung.")
    submission_appeals.appeal(submission=submission, text=WHY, by=owner)
    with pytest.raises(NotAllowedError):
        decide(submission, alone, is_granted=False, answer="Es bleibt dabei.")

    reviewer.delete()
    decide(submission, alone, is_granted=False, answer="Es bleibt dabei.")
    assert submission.appeal.state == RequestState.REFUSED
    assert ModelLogEntry.objects.filter(action=submissions.DECIDED_AGAIN, user=alone).count() == 1


def test_an_author_objects_once_and_other_editors_are_told(client, url, refused, owner, other):
    client.force_login(owner)
    assert url in client.get(refused.get_absolute_url()).text
    empty = client.post(url, {"text": " "})
    assert empty.status_code == 200
    assert not SubmissionAppeal.objects.exists()

    assert client.post(url, {"text": WHY}).headers["Location"] == refused.get_absolute_url()

    page = client.get(refused.get_absolute_url()).text
    assert "Sie haben widersprochen" in page
    assert "&lt;b&gt;Beratung" in page
    assert url not in page
    assert client.get(url).status_code == 302
    assert client.post(url, {"text": "Noch einmal"}).status_code == 302
    assert SubmissionAppeal.objects.get().text == WHY
    ((to, subject),) = OutgoingMail.objects.values_list("to", "subject")
    assert to == other.email
    assert "Widerspruch" in subject


def test_what_belongs_to_others_cannot_be_objected_to(client, url, refused, organisation):
    member = MembershipFactory(organisation=organisation, role="member").user
    for stranger in (UserFactory(), MembershipFactory(role="owner").user, member):
        client.force_login(stranger)
        assert client.get(url).status_code == 404
        assert client.post(url, {"text": WHY}).status_code == 404
        with pytest.raises(NotAllowedError):
            submission_appeals.appeal(submission=refused, text=WHY, by=stranger)
    assert not SubmissionAppeal.objects.exists()


def test_only_a_refusal_that_is_the_last_word_can_be_objected_to(submission, refused, owner):
    newer = submissions.submit(item=refused.item, by=owner)
    for one in (refused, newer):
        with pytest.raises(SubmissionError):
            submission_appeals.appeal(submission=one, text=WHY, by=owner)


def test_an_objection_waits_in_the_queue_and_on_the_first_page(client, appealed, other):
    client.force_login(other)
    appeals = "/admin/review/?state=appeal"
    assert f'href="{appeals}"' in client.get("/admin/").text
    for address in ("/admin/review/", appeals):
        assert item_page(appealed) in client.get(address).text
    assert "objection to decide" in client.get("/admin/review/").text
    decide(appealed, other, is_granted=False)
    assert f'href="{appeals}"' not in client.get("/admin/").text
    for address in ("/admin/review/", appeals):
        assert item_page(appealed) not in client.get(address).text


def test_who_refused_neither_decides_nor_looks_again(client, appealed, reviewer):
    client.force_login(reviewer)
    page = client.get(item_page(appealed)).text
    for action in ("grant", "stay", "reopen"):
        assert f'value="{action}"' not in page
        typed = {"action": action, "message": "Ja.", "seen": "1"}
        answer = client.post(item_page(appealed), typed)
        assert "Somebody else must decide" in answer.text
    assert state_of(appealed) == SubmissionState.REFUSED
    assert SubmissionAppeal.objects.get().state == RequestState.OPEN


def test_who_refused_before_a_colleague_did_decides_neither(submission, reviewer, other, owner):
    submissions.refuse(submission=submission, by=reviewer, reason="Werbung.")
    submissions.reopen(submission=submission, by=other)
    submissions.refuse(submission=submission, by=other, reason="Wirklich.")
    submission.refresh_from_db()
    submission_appeals.appeal(submission=submission, text=WHY, by=owner)
    for one in (reviewer, other):
        with pytest.raises(NotAllowedError):
            decide(submission, one)
    decide(submission, ReviewerFactory())


@pytest.mark.parametrize("step", ["approve", "refuse", "request_changes"])
def test_who_refused_does_not_decide_once_more_after_the_objection(
    client, appealed, reviewer, other, step
):
    decide(appealed, other)
    words = {"refuse": {"reason": "Doch."}, "request_changes": {"notes": {}, "message": "Doch."}}
    again = getattr(submissions, step)
    with pytest.raises(NotAllowedError):
        again(submission=appealed, by=reviewer, **words.get(step, {}))
    assert state_of(appealed) == SubmissionState.WAITING
    client.force_login(reviewer)
    page = client.get(item_page(appealed)).text
    assert 'value="publish"' not in page
    assert "Somebody else must decide" in page

    again(submission=appealed, by=other, **words.get(step, {}))
    assert state_of(appealed) != SubmissionState.WAITING


@pytest.fixture
def administrator():
    return SuperuserFactory()


@pytest.fixture
def refused_by_administrator(submission, administrator, owner):
    """Its author has objected. There is a reviewer besides."""
    submissions.refuse(submission=submission, by=administrator, reason="Werbung.")
    submission.refresh_from_db()
    submission_appeals.appeal(submission=submission, text=WHY, by=owner)
    return submission


def test_in_a_team_of_one_she_decides_and_the_history_says_so(
    client, refused_by_administrator, administrator, reviewer
):
    reviewer.delete()
    client.force_login(administrator)
    page = client.get(item_page(refused_by_administrator)).text
    assert 'value="grant"' in page
    assert 'value="reopen"' not in page

    submissions.reopen(submission=refused_by_administrator, by=administrator)
    assert SubmissionAppeal.objects.get().state == RequestState.ACCEPTED
    assert 'value="refuse"' in client.get(item_page(refused_by_administrator)).text
    submissions.refuse(submission=refused_by_administrator, by=administrator, reason="Doch.")

    noted = ModelLogEntry.objects.filter(action=submissions.DECIDED_AGAIN)
    assert list(noted.values_list("user", flat=True)) == [administrator.pk, administrator.pk]


@pytest.mark.usefixtures("reviewer")
def test_with_a_colleague_no_superuser_who_refused_looks_again_or_decides(
    client, refused_by_administrator, administrator
):
    client.force_login(administrator)
    page = client.get(item_page(refused_by_administrator)).text
    for action in ("grant", "stay", "reopen"):
        assert f'value="{action}"' not in page
    with pytest.raises(NotAllowedError):
        submissions.reopen(submission=refused_by_administrator, by=administrator)
    assert SubmissionAppeal.objects.get().state == RequestState.OPEN
    assert state_of(refused_by_administrator) == SubmissionState.REFUSED


def test_in_a_team_of_one_author_and_editor_read_how_it_is(client, submission, owner, reviewer):
    reviewer.delete()
    alone = SuperuserFactory()
    submissions.refuse(submission=submission, by=alone, reason="Werbung.")
    assert "Dieselbe Person prüft es dann" in OutgoingMail.objects.get().text
    client.force_login(owner)
    assert "Dieselbe Person prüft es dann" in client.get(submission.get_absolute_url()).text

    OutgoingMail.objects.all().delete()
    submission.refresh_from_db()
    submission_appeals.appeal(submission=submission, text=WHY, by=owner)
    assert OutgoingMail.objects.get().to == alone.email
    page = client.get(submission.get_absolute_url()).text
    assert "Dieselbe Person prüft es noch einmal" in page
    assert "nicht beteiligt" not in page


@pytest.mark.parametrize(
    ("is_granted", "said"),
    [
        (True, "deshalb entscheidet dieselbe Person"),
        (False, "Deshalb hat die Person, die zuerst entschieden hat"),
    ],
)
def test_when_the_same_person_decided_the_mail_says_that(
    refused_by_administrator, administrator, reviewer, is_granted, said
):
    OutgoingMail.objects.all().delete()
    reviewer.delete()
    decide(refused_by_administrator, administrator, is_granted=is_granted)
    text = OutgoingMail.objects.get().text
    assert said in text
    assert "nicht beteiligt" not in text
    assert "vorher nicht entschieden" not in text


@pytest.mark.parametrize("is_granted", [True, False])
def test_when_somebody_else_decided_the_mail_says_that(appealed, other, is_granted):
    OutgoingMail.objects.all().delete()
    decide(appealed, other, is_granted=is_granted)
    text = OutgoingMail.objects.get().text
    assert "besteht zurzeit aus einer Person" not in text
    assert ("vorher nicht entschieden" if is_granted else "nicht beteiligt") in text


def test_if_no_reviewer_can_decide_others_are_told_of_the_objection(
    submission, owner, reviewer, organisation
):
    MembershipFactory(organisation=organisation, user=ReviewerFactory(), role="editor")
    administrator = SuperuserFactory()
    submissions.refuse(submission=submission, by=reviewer, reason="Werbung.")
    OutgoingMail.objects.all().delete()
    submission.refresh_from_db()
    submission_appeals.appeal(submission=submission, text=WHY, by=owner)
    assert OutgoingMail.objects.get().to == administrator.email


def test_everybody_who_can_publish_is_in_the_team_whoever_gets_the_mails():
    user = SuperuserFactory(groups=["Reviewers"])
    assert is_alone(user)
    for factory in (SuperuserFactory, EditorFactory, ReviewerFactory):
        colleague = factory()
        assert not is_alone(user)
        colleague.is_active = False
        colleague.save()
        assert is_alone(user)


def test_no_second_objection_is_offered_after_the_first_was_granted(appealed, other):
    decide(appealed, other)
    OutgoingMail.objects.all().delete()
    submissions.refuse(submission=appealed, by=other, reason="Doch Werbung.")
    text = OutgoingMail.objects.get().text
    assert "Was dazu gesagt wurde, steht hier:" in text
    assert appealed.get_absolute_url() in text
    assert "widersprechen" not in text


def test_authors_and_members_do_not_decide(appealed, owner):
    for person in (owner, UserFactory()):
        with pytest.raises(NotAllowedError):
            decide(appealed, person)


def test_somebody_else_grants_it_and_it_waits_with_her(client, appealed, owner, other):
    OutgoingMail.objects.all().delete()
    client.force_login(other)
    page = client.get(item_page(appealed)).text
    assert "&lt;b&gt;Beratung" in page
    assert 'value="reopen"' not in page
    assert client.post(item_page(appealed), {"action": "grant", "message": ""}).status_code == 200
    assert state_of(appealed) == SubmissionState.REFUSED

    client.post(item_page(appealed), {"action": "grant", "message": "Sie haben recht."})

    assert state_of(appealed) == SubmissionState.WAITING
    assert appealed.assigned_to == other
    mail = OutgoingMail.objects.get()
    assert mail.to == owner.email
    assert "Sie haben recht." in mail.text
    client.force_login(owner)
    assert "dem Widerspruch stattgegeben" in client.get(appealed.get_absolute_url()).text
    with pytest.raises(SubmissionError):
        decide(appealed, other)


def test_the_decision_stays_and_the_author_reads_why(client, appealed, owner, other):
    OutgoingMail.objects.all().delete()
    decide(appealed, other, is_granted=False, answer="Es bleibt Werbung.")

    assert state_of(appealed) == SubmissionState.REFUSED
    assert "Es bleibt Werbung." in OutgoingMail.objects.get().text
    client.force_login(owner)
    page = client.get(appealed.get_absolute_url()).text
    assert "Es bleibt Werbung." in page
    assert "widerspruch/" not in page
    with pytest.raises(SubmissionError):
        submission_appeals.appeal(submission=appealed, text="Noch einmal", by=owner)


def test_after_a_newer_version_was_sent_the_old_one_does_not_come_back(appealed, owner, other):
    submissions.submit(item=appealed.item, by=owner)
    with pytest.raises(SubmissionError):
        decide(appealed, other)
    decide(appealed, other, is_granted=False, answer="Sie haben es neu gesendet.")
