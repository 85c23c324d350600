"""The way of a member's version to the public: sent, changed, published, refused or taken back.

Each verb is one transaction. The row of the submission is locked first, so that of two people who
decide at the same moment one decides and the other is told.
"""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.enums import SubmissionState, Trust
from knowledge.models import (
    OPEN_STATES,
    CuratedItem,
    Organisation,
    Submission,
    SubmissionMessage,
)
from knowledge.queries.membership import may_edit, trust_of
from nexsm.accounts.models import User


class SubmissionError(Exception):
    """It cannot be done now. The text says why, in plain words."""


class NotAllowedError(SubmissionError):
    """This person may not do it."""


def organisation_of(item: CuratedItem) -> Organisation | None:
    """In whose name an item is sent: the profile itself, or who looks after the resource."""
    return item if isinstance(item, Organisation) else getattr(item, "organisation", None)


def open_submission_of(item: CuratedItem) -> Submission | None:
    """The submission of an item that still waits for somebody."""
    return Submission.objects.filter(
        content_type=ContentType.objects.get_for_model(type(item)),
        object_id=item.pk,
        state__in=OPEN_STATES,
    ).first()


@transaction.atomic
def submit(*, item: CuratedItem, by: User, message: str = "") -> Submission:
    """Send the newest version of an item, or send it again after changes were requested.

    What a trusted organisation sends is published at once and listed for a look. Raises
    NotAllowedError if the person may not change the item or the organisation is blocked,
    SubmissionError if the item has no saved version.
    """
    type(item)._default_manager.select_for_update().get(pk=item.pk)  # noqa: SLF001 - Django's name
    if not may_edit(by, item):
        raise NotAllowedError(_("You may not change this entry."))
    organisation = organisation_of(item)
    trust = trust_of(organisation) if organisation else Trust.NEW
    if trust == Trust.BLOCKED:
        raise NotAllowedError(_("This organisation is blocked and cannot send anything."))
    revision = item.latest_revision
    if revision is None:
        raise SubmissionError(_("There is nothing to send yet."))
    submission = open_submission_of(item) or Submission(
        content_type=ContentType.objects.get_for_model(type(item)), object_id=item.pk
    )
    submission.title = revision.object_str[:300]
    submission.organisation = organisation
    submission.revision = revision
    submission.state = SubmissionState.WAITING
    submission.submitted_by = by
    submission.submitted_at = timezone.now()
    submission.save()
    _say(submission, by=by, event=SubmissionState.WAITING, text=message)
    log(instance=item, action="knowledge.submit", user=by, revision=revision)
    if trust == Trust.TRUSTED:
        _publish(submission, by=by, unseen=True)
    return submission


@transaction.atomic
def request_changes(
    *, submission: Submission, by: User, notes: dict[str, str], message: str = ""
) -> None:
    """Ask the author for changes. ``notes``: field name to what should change there.

    Raises SubmissionError if it does not wait for a review, or if nothing is said.
    """
    if not message and not any(notes.values()):
        raise SubmissionError(_("Say what should change."))
    locked = _locked(submission, SubmissionState.WAITING)
    locked.state = SubmissionState.CHANGES
    locked.save(update_fields=["state"])
    _say(locked, by=by, event=SubmissionState.CHANGES, text=message)
    for field, text in notes.items():
        if text:
            _say(locked, by=by, field=field, text=text)
    log(instance=locked.item, action="knowledge.request_changes", user=by)


@transaction.atomic
def approve(*, submission: Submission, by: User) -> None:
    """Publish exactly the version that was sent. Raises SubmissionError if it does not wait."""
    _publish(_locked(submission, SubmissionState.WAITING), by=by)


@transaction.atomic
def refuse(*, submission: Submission, by: User, reason: str) -> None:
    """Do not publish it, and say why. Raises SubmissionError without a reason or if it is decided."""
    if not reason.strip():
        raise SubmissionError(_("Say why it is not published."))
    _close(_locked(submission, *OPEN_STATES), SubmissionState.REFUSED, by=by, reason=reason)


@transaction.atomic
def withdraw(*, submission: Submission, by: User) -> None:
    """The author takes it back. Raises NotAllowedError for others, SubmissionError if decided."""
    locked = _locked(submission, *OPEN_STATES)
    if locked.item is None or not may_edit(by, locked.item):
        raise NotAllowedError(_("You may not change this entry."))
    _close(locked, SubmissionState.WITHDRAWN, by=by)


def _locked(submission: Submission, *states: SubmissionState) -> Submission:
    """The row as it is now, held until the transaction ends."""
    locked = Submission.objects.select_for_update().get(pk=submission.pk)
    if locked.state not in states:
        raise SubmissionError(_("Somebody else has decided this meanwhile."))
    return locked


def _publish(submission: Submission, *, by: User, unseen: bool = False) -> None:
    if submission.revision is None:
        raise SubmissionError(_("The version that was sent does not exist any more."))
    # The right to publish comes from the review, or from the trust in the organisation.
    submission.revision.publish(user=by, skip_permission_checks=True)
    submission.published_unseen = unseen
    _close(submission, SubmissionState.PUBLISHED, by=by)


def _close(submission: Submission, state: SubmissionState, *, by: User, reason: str = "") -> None:
    submission.state = state
    submission.decided_by = by
    submission.decided_at = timezone.now()
    submission.reason = reason
    submission.save()
    _say(submission, by=by, event=state, text=reason)
    if submission.item is not None:
        log(instance=submission.item, action=f"knowledge.{state.value}", user=by)


def _say(
    submission: Submission,
    *,
    by: User,
    event: SubmissionState | str = "",
    field: str = "",
    text: str = "",
) -> None:
    SubmissionMessage.objects.create(
        submission=submission, author=by, event=event, field=field, text=text
    )
