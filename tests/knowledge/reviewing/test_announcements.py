"""Every step mails exactly the right people, once, in their language."""

import pytest

from knowledge.enums import Trust
from knowledge.models import Standing
from knowledge.services import submissions
from nexsm.base.mail import wishes
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, SuperuserFactory, UserFactory
from tests.factories.knowledge import MembershipFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def others(owner, organisation):
    """People who must never get a mail about it."""
    MembershipFactory(organisation=organisation, role="member")
    MembershipFactory(role="owner")
    UserFactory()
    EditorFactory()
    ReviewerFactory(is_active=False)


def test_what_is_sent_is_told_to_all_reviewers(resource, owner, reviewer, mails):
    second = ReviewerFactory(language="en")

    submissions.submit(item=resource, by=owner)

    assert mails() == sorted(
        [
            (reviewer.email, "NexSM: „Neu“ wartet auf Prüfung"),
            (second.email, "NexSM: “Neu” waits for review"),
        ]
    )
    text = OutgoingMail.objects.get(user=second).text
    assert "Ada has sent “Neu” (resource) for review." in text
    assert "/admin/review/" in text


def test_whoever_unsubscribed_gets_none_and_the_others_do(resource, owner, reviewer, mails):
    second = ReviewerFactory()
    wishes.refuse(wishes.Recipient("review", reviewer.email, reviewer.pk))

    submissions.submit(item=resource, by=owner)

    assert [to for to, _subject in mails()] == [second.email]


def test_without_reviewers_everybody_who_may_publish_is_told(resource, owner, mails):
    administrator = SuperuserFactory()

    submissions.submit(item=resource, by=owner)

    told = {to for to, _subject in mails()}
    assert administrator.email in told
    assert len(told) == 2  # and the editor of the fixture above


def test_only_the_editor_who_looks_after_it_is_told_when_it_comes_again(
    resource, owner, submission, reviewer, mails
):
    ReviewerFactory()
    submissions.request_changes(submission=submission, by=reviewer, notes={"title": "Kürzer"})
    OutgoingMail.objects.all().delete()

    submissions.submit(item=resource, by=owner, message="Gekürzt")

    assert mails() == [(reviewer.email, "NexSM: geänderte Fassung von „Neu“ wartet auf Prüfung")]


def test_an_editor_who_left_is_not_the_only_one_who_is_told(
    resource, owner, submission, reviewer, mails
):
    submissions.assign(submission=submission, by=reviewer, to=reviewer)
    reviewer.is_active = False
    reviewer.save()
    second = ReviewerFactory()

    submissions.submit(item=resource, by=owner)

    assert [to for to, _subject in mails()] == [second.email]


def test_changes_are_asked_of_the_sender_with_the_notes(submission, owner, reviewer, mails):
    submissions.request_changes(
        submission=submission, by=reviewer, notes={"title": "Bitte kürzer."}, message="Fast fertig!"
    )

    assert mails() == [(owner.email, "NexSM: Bitte ändern Sie etwas an „Neu“")]
    text = OutgoingMail.objects.get().text
    assert "Titel: Bitte kürzer." in text
    assert "Fast fertig!" in text
    assert f"/de/mitmachen/einreichungen/{submission.public_id}/" in text


def test_a_sender_who_left_is_represented_by_the_owners(submission, owner, organisation, mails):
    other = MembershipFactory(organisation=organisation, role="owner").user
    owner.memberships.all().delete()

    submissions.request_changes(submission=submission, by=ReviewerFactory(), notes={"title": "x"})

    assert [to for to, _subject in mails()] == [other.email]


def test_sender_and_owners_are_told_that_it_is_published(
    submission, owner, organisation, reviewer, mails
):
    other = MembershipFactory(organisation=organisation, role="owner", user__language="en").user

    submissions.approve(submission=submission, by=reviewer)

    assert mails() == sorted(
        [
            (owner.email, "NexSM: „Neu“ ist veröffentlicht"),
            (other.email, "NexSM: “Neu” is published"),
        ]
    )
    assert "/en/material/" in OutgoingMail.objects.get(user=other).text


def test_sender_and_owners_read_why_it_is_not_published(
    submission, owner, organisation, reviewer, mails
):
    other = MembershipFactory(organisation=organisation, role="owner").user

    submissions.refuse(submission=submission, by=reviewer, reason="Das ist Werbung.")

    assert sorted(to for to, _subject in mails()) == sorted([owner.email, other.email])
    text = OutgoingMail.objects.get(user=owner).text
    assert "Das ist Werbung." in text
    assert f"/de/mitmachen/einreichungen/{submission.public_id}/" in text  # the way to object


def test_looking_at_it_again_is_told_to_the_sender(submission, owner, reviewer, mails):
    submissions.refuse(submission=submission, by=reviewer, reason="Werbung")
    OutgoingMail.objects.all().delete()

    submissions.reopen(submission=submission, by=reviewer)

    assert mails() == [(owner.email, "NexSM: „Neu“ wird noch einmal geprüft")]


def test_answers_go_to_the_other_side(submission, owner, reviewer, mails):
    submissions.answer(submission=submission, by=owner, text="Wann kommt es?")
    assert mails() == [(reviewer.email, "NexSM: Antwort zu „Neu“")]
    OutgoingMail.objects.all().delete()

    submissions.answer(submission=submission, by=reviewer, text="Morgen.")
    assert mails() == [(owner.email, "NexSM: Antwort zu „Neu“")]


def test_taking_it_back_is_told_to_nobody_unless_somebody_looks_after_it(
    resource, submission, owner, reviewer, mails
):
    submissions.withdraw(submission=submission, by=owner)
    assert mails() == []

    again = submissions.submit(item=resource, by=owner)
    submissions.assign(submission=again, by=reviewer, to=reviewer)
    OutgoingMail.objects.all().delete()
    submissions.withdraw(submission=again, by=owner)
    assert mails() == [(reviewer.email, "NexSM: „Neu“ wurde zurückgenommen")]


def test_what_a_trusted_organisation_publishes_itself_mails_nobody(
    resource, owner, reviewer, mails
):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.TRUSTED)

    submissions.submit(item=resource, by=owner)

    assert mails() == []


def test_a_hostile_title_does_no_harm_in_the_mail(owner, organisation, reviewer):
    item = ResourceFactory(
        title="Gewinn!\r\nBcc: a@evil.com https://evil.com/ " + "x" * 200,
        organisation=organisation,
        live=False,
    )
    item.save_revision()

    submissions.submit(item=item, by=owner, message="Siehe https://evil.com/login")

    mail = OutgoingMail.objects.get()
    assert "evil.com" not in mail.subject + mail.text
    assert "evil[.]com/login" in mail.text
    assert "\n" not in mail.subject


@pytest.mark.usefixtures("within_an_hour")
def test_an_imported_list_does_not_flood_anybody(owner, organisation, reviewer, mails):
    sent = []
    for number in range(8):
        item = ResourceFactory(title=f"Zeile {number}", organisation=organisation, live=False)
        item.save_revision(user=owner)
        sent.append(submissions.submit(item=item, by=owner))
    subjects = [subject for _to, subject in mails()]
    assert len(subjects) == 6
    assert subjects.count("NexSM: Viele Einträge warten auf Prüfung") == 1
    OutgoingMail.objects.all().delete()

    for one in sent:
        submissions.approve(submission=one, by=reviewer)
    subjects = [subject for _to, subject in mails()]
    assert len(subjects) == 6
    assert subjects.count("NexSM: Weitere Ihrer Einträge sind veröffentlicht") == 1
