"""The way of a member's version to the public."""

import pytest

from knowledge.enums import SubmissionState, Trust
from knowledge.models import SocialChannel, Standing, Submission
from knowledge.services import submissions
from knowledge.services.submissions import NotAllowedError, SubmissionError
from tests.factories.accounts import ReviewerFactory
from tests.factories.knowledge import MembershipFactory, OrganisationFactory, ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return MembershipFactory(organisation=OrganisationFactory(), role="owner").user


@pytest.fixture
def resource(owner):
    """A published resource with a newer version by its owner."""
    item = ResourceFactory(title="Alt", organisation=owner.memberships.get().organisation)
    item.title = "Neu"
    item.save_revision(user=owner)
    return item


def live_title(item):
    return type(item).objects.get(pk=item.pk).title


def test_the_live_version_stays_until_the_new_one_is_approved(resource, owner):
    reviewer = ReviewerFactory()

    submission = submissions.submit(item=resource, by=owner)
    assert submission.state == SubmissionState.WAITING
    assert live_title(resource) == "Alt"

    submissions.request_changes(submission=submission, by=reviewer, notes={"title": "Kürzer"})
    again = submissions.submit(item=resource, by=owner, message="Gekürzt")
    assert again.pk == submission.pk
    assert live_title(resource) == "Alt"

    submissions.approve(submission=again, by=reviewer)
    assert live_title(resource) == "Neu"
    steps = list(submission.messages.values_list("event", "field", "text", "author"))
    assert steps == [
        ("waiting", "", "", owner.pk),
        ("changes", "", "", reviewer.pk),
        ("", "title", "Kürzer", reviewer.pk),
        ("waiting", "", "Gekürzt", owner.pk),
        ("published", "", "", reviewer.pk),
    ]


def test_a_version_whose_rows_the_database_would_refuse_is_not_sent(owner):
    organisation = owner.memberships.get().organisation
    address = "https://a.example/" + "x" * 500
    organisation.channels = [SocialChannel(platform="other", url=address)]
    organisation.save_revision(user=owner)

    with pytest.raises(SubmissionError):
        submissions.submit(item=organisation, by=owner)


def test_exactly_the_version_that_was_sent_is_published(resource, owner):
    submission = submissions.submit(item=resource, by=owner)
    resource.title = "Später getippt"
    resource.save_revision(user=owner)

    submissions.approve(submission=submission, by=ReviewerFactory())

    assert live_title(resource) == "Neu"


def test_what_a_trusted_organisation_sends_is_live_at_once_and_listed(resource, owner):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.TRUSTED)

    submission = submissions.submit(item=resource, by=owner)

    assert live_title(resource) == "Neu"
    assert Submission.objects.filter(published_unseen=True, looked_at=None).get() == submission


def test_a_blocked_organisation_sends_nothing(resource, owner):
    Standing.objects.create(organisation=resource.organisation, trust=Trust.BLOCKED)

    with pytest.raises(NotAllowedError):
        submissions.submit(item=resource, by=owner)
    assert not Submission.objects.exists()


def test_nobody_sends_or_takes_back_what_belongs_to_others(resource, owner):
    stranger = MembershipFactory(role="owner").user
    with pytest.raises(NotAllowedError):
        submissions.submit(item=resource, by=stranger)
    submission = submissions.submit(item=resource, by=owner)

    with pytest.raises(NotAllowedError):
        submissions.withdraw(submission=submission, by=stranger)

    submissions.withdraw(submission=submission, by=owner)
    submission.refresh_from_db()
    assert submission.state == SubmissionState.WITHDRAWN


def test_what_is_decided_stays_decided(resource, owner):
    submission = submissions.submit(item=resource, by=owner)
    submissions.refuse(submission=submission, by=ReviewerFactory(), reason="Werbung.")

    for step in (
        lambda: submissions.approve(submission=submission, by=ReviewerFactory()),
        lambda: submissions.request_changes(
            submission=submission, by=ReviewerFactory(), notes={}, message="Bitte ändern"
        ),
        lambda: submissions.withdraw(submission=submission, by=owner),
    ):
        with pytest.raises(SubmissionError):
            step()
    assert live_title(resource) == "Alt"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_refusal_needs_a_reason(reason, resource, owner):
    submission = submissions.submit(item=resource, by=owner)

    with pytest.raises(SubmissionError):
        submissions.refuse(submission=submission, by=ReviewerFactory(), reason=reason)
