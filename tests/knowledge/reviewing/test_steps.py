"""Allowed steps only, one at a time, by the right people, each in the history."""

import pytest
from wagtail.models import ModelLogEntry, Revision

from knowledge.enums import SubmissionState, Trust
from knowledge.models import Organisation, Resource, Standing, Submission, SubmissionMessage
from knowledge.queries.submissions import open_notes, submissions_visible_to
from knowledge.services import submissions
from knowledge.services.submissions import (
    BlockedError,
    NewerVersionError,
    NotAllowedError,
    SubmissionError,
)
from nexsm.base.models import OutgoingMail
from tests.factories.accounts import EditorFactory, ReviewerFactory, UserFactory
from tests.factories.knowledge import LanguageFactory, MembershipFactory, TopicFactory
from tests.races import several_writers

pytestmark = pytest.mark.django_db

RACERS = 20


def live_title(item):
    return type(item).objects.get(pk=item.pk).title


def test_a_profile_goes_the_same_way_as_a_resource(organisation, owner, reviewer):
    organisation.name = "Verein B"
    organisation.save_revision(user=owner)

    sent = submissions.submit(item=organisation, by=owner)
    submissions.request_changes(submission=sent, by=reviewer, notes={"description": "Mehr!"})
    assert [note.field for note in open_notes(Submission.objects.get())] == ["description"]
    submissions.submit(item=organisation, by=owner)
    submissions.approve(submission=sent, by=reviewer)

    assert Organisation.objects.get(pk=organisation.pk).name == "Verein B"
    events = list(sent.messages.exclude(event="").values_list("event", "author__name"))
    assert events == [
        ("waiting", "Ada"),
        ("changes", "Rosa Redaktion"),
        ("waiting", "Ada"),
        ("published", "Rosa Redaktion"),
    ]


def test_notes_are_open_until_it_is_sent_again(resource, submission, owner, reviewer):
    submissions.request_changes(submission=submission, by=reviewer, notes={"title": "Kürzer"})
    assert [note.text for note in open_notes(Submission.objects.get())] == ["Kürzer"]
    submissions.submit(item=resource, by=owner)
    assert open_notes(Submission.objects.get()) == []


def test_a_newer_version_is_not_published_unread(resource, submission, owner, reviewer):
    read = submission.revision_id
    resource.title = "Noch neuer"
    resource.save_revision(user=owner)
    submissions.submit(item=resource, by=owner)

    with pytest.raises(NewerVersionError):
        submissions.approve(submission=submission, by=reviewer, seen=read)
    assert live_title(resource) == "Alt"

    submissions.approve(
        submission=submission, by=reviewer, seen=Submission.objects.get().revision_id
    )
    assert live_title(resource) == "Noch neuer"


def test_a_draft_typed_after_sending_stays_a_draft(resource, submission, owner, reviewer):
    resource.title = "Entwurf"
    resource.save_revision(user=owner)

    submissions.approve(submission=submission, by=reviewer, seen=submission.revision_id)

    assert live_title(resource) == "Neu"
    assert Resource.objects.get(pk=resource.pk).get_latest_revision_as_object().title == "Entwurf"


def test_what_an_editor_has_locked_is_not_published(resource, submission, reviewer):
    other = EditorFactory()
    Resource.objects.filter(pk=resource.pk).update(locked=True, locked_by=other)
    with pytest.raises(SubmissionError):
        submissions.approve(submission=submission, by=reviewer)
    assert live_title(resource) == "Alt"


def test_an_older_version_that_is_published_decides_nothing(resource, owner, reviewer):
    older = resource.save_revision(user=reviewer)
    resource.title = "Neuer"
    resource.save_revision(user=owner)
    sent = submissions.submit(item=resource, by=owner)

    older.publish(user=reviewer)

    sent.refresh_from_db()
    assert sent.state == SubmissionState.WAITING


def test_what_is_not_complete_is_not_sent(resource, owner):
    resource.title = ""
    resource.save_revision(user=owner, clean=False)
    with pytest.raises(SubmissionError):
        submissions.submit(item=resource, by=owner)
    assert not Submission.objects.exists()


def test_a_blocked_organisation_reads_why(resource, owner):
    Standing.objects.create(
        organisation=resource.organisation, trust=Trust.BLOCKED, reason="Wiederholte Werbung."
    )
    with pytest.raises(BlockedError, match="Wiederholte Werbung"):
        submissions.submit(item=resource, by=owner)


def test_what_trusted_organisations_publish_is_looked_at_once(resource, owner, reviewer):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.TRUSTED)
    sent = submissions.submit(item=resource, by=owner)

    submissions.look_at(submission=sent, by=reviewer)
    submissions.look_at(submission=sent, by=ReviewerFactory())

    sent.refresh_from_db()
    assert sent.looked_by == reviewer


def test_a_trusted_organisation_waits_while_an_editor_works_on_the_item(resource, owner):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.TRUSTED)
    Resource.objects.filter(pk=resource.pk).update(locked=True, locked_by=EditorFactory())
    resource.refresh_from_db()

    assert submissions.submit(item=resource, by=owner).state == SubmissionState.WAITING
    assert live_title(resource) == "Alt"


def decisions(submission):
    return {
        "approve": lambda by: submissions.approve(submission=submission, by=by),
        "changes": lambda by: submissions.request_changes(
            submission=submission, by=by, notes={"title": "x"}
        ),
        "refuse": lambda by: submissions.refuse(submission=submission, by=by, reason="x"),
        "assign": lambda by: submissions.assign(submission=submission, by=by, to=by),
        "answer": lambda by: submissions.answer(submission=submission, by=by, text="x"),
    }


@pytest.mark.parametrize("step", ["approve", "changes", "refuse", "assign"])
def test_members_decide_nothing_not_even_about_their_own(step, submission, owner):
    with pytest.raises(NotAllowedError):
        decisions(submission)[step](owner)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WAITING


@pytest.mark.parametrize("step", ["approve", "changes", "refuse", "assign", "answer"])
def test_strangers_do_nothing(step, submission):
    for stranger in (UserFactory(), MembershipFactory(role="owner").user):
        with pytest.raises(NotAllowedError):
            decisions(submission)[step](stranger)
    assert SubmissionMessage.objects.count() == 1


def test_an_editor_cannot_give_it_to_somebody_who_may_not_review(submission, reviewer, owner):
    with pytest.raises(NotAllowedError):
        submissions.assign(submission=submission, by=reviewer, to=owner)


def test_a_refused_one_is_looked_at_again_unless_a_newer_one_was_sent(
    resource, submission, owner, reviewer
):
    submissions.refuse(submission=submission, by=reviewer, reason="Werbung")
    submissions.reopen(submission=submission, by=reviewer)
    submissions.refuse(submission=submission, by=reviewer, reason="Immer noch")
    newer = submissions.submit(item=resource, by=owner)
    assert newer.pk != submission.pk

    with pytest.raises(SubmissionError):
        submissions.reopen(submission=submission, by=reviewer)


def test_a_message_waits_until_an_editor_reacts(submission, owner, reviewer):
    submissions.answer(submission=submission, by=owner, text="Und?")
    assert Submission.objects.get().is_unanswered
    submissions.answer(submission=submission, by=reviewer, text="Morgen.")
    assert not Submission.objects.get().is_unanswered


def test_the_filters_of_the_queue_know_what_the_draft_says(resource, owner):
    topic = TopicFactory(code="ai")
    resource.language = LanguageFactory(code="ar")
    resource.topics.set([topic])
    resource.save_revision(user=owner)

    sent = submissions.submit(item=resource, by=owner)

    assert (sent.language.code, list(sent.topics.all())) == ("ar", [topic])


def test_members_see_submissions_of_what_they_may_change_only(submission, owner, organisation):
    stranger, reader = MembershipFactory(role="owner").user, UserFactory()
    MembershipFactory(organisation=organisation, user=reader, role="member")
    colleague = MembershipFactory(organisation=organisation, role="editor").user

    assert list(submissions_visible_to(owner)) == [submission]
    assert list(submissions_visible_to(colleague)) == [submission]
    for other in (stranger, reader):
        assert list(submissions_visible_to(other)) == []


@pytest.mark.django_db(transaction=True)
def test_twenty_approvals_at_once_publish_once(tmp_path, submission, resource, reviewer):
    revisions = Revision.objects.count()
    with several_writers(tmp_path) as race:
        results = race(
            lambda _number: submissions.approve(
                submission=submission, by=reviewer, seen=submission.revision_id
            ),
            RACERS,
        )
        assert results.count(True) == 1
        assert {type(result) for result in results} == {bool, SubmissionError}
        assert live_title(resource) == "Neu"
        assert Revision.objects.count() == revisions
        assert SubmissionMessage.objects.filter(event="published").count() == 1
        assert ModelLogEntry.objects.filter(action="knowledge.published").count() == 1
        assert ModelLogEntry.objects.filter(action="wagtail.publish").count() == 1
        assert OutgoingMail.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_sending_and_deciding_at_once_never_block_each_other(
    tmp_path, submission, resource, owner, reviewer
):
    def work(number):
        if number % 2:
            return submissions.submit(item=resource, by=owner)
        return submissions.request_changes(submission=submission, by=reviewer, notes={"title": "x"})

    with several_writers(tmp_path) as race:
        results = race(work, 10)
        failures = {type(result) for result in results if isinstance(result, Exception)}
        assert failures <= {SubmissionError}
        assert Submission.objects.count() == 1
