"""The way of a member's version to the public: sent, changed, published, refused or taken back.

Each verb is one transaction. The row of the submission is locked first, so that of two people who
decide at the same moment one decides and the other is told.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy
from modelcluster.models import get_all_child_relations
from wagtail.log_actions import log
from wagtail.models import Revision

from knowledge.enums import RequestState, SubmissionState, SubmissionStep, Trust
from knowledge.models import (
    OPEN_STATES,
    CuratedItem,
    Organisation,
    Standing,
    Submission,
    SubmissionAppeal,
    SubmissionMessage,
)
from knowledge.queries.membership import may_edit
from knowledge.queries.submissions import (
    is_alone,
    is_neutral,
    may_review,
    open_submission_of,
    was_taken_offline,
)
from knowledge.services import announcements
from knowledge.services.four_eyes import SOMEBODY_ELSE, may_decide, note_decision
from knowledge.services.locking import lock_item
from knowledge.services.submission_outcomes import close, close_published, is_online, say
from nexsm.accounts.models import User

DECIDED_BEFORE = gettext_lazy("Somebody else must decide: you decided about this entry.")
DECIDED_AGAIN = "knowledge.decided_again"


class SubmissionError(Exception):
    """It cannot be done now. The text says why, in plain words."""


class NotAllowedError(SubmissionError):
    """This person may not do it."""


class BlockedError(NotAllowedError):
    """The organisation may not send anything. ``reason`` is what the editors told it."""

    def __init__(self, organisation: Organisation, reason: str) -> None:
        self.organisation, self.reason = organisation, reason
        text = _("This organisation is blocked and cannot send anything.")
        super().__init__(f"{text} {reason}".strip())


class NewerVersionError(SubmissionError):
    """The author has sent a newer version than the one that was reviewed."""

    def __init__(self) -> None:
        super().__init__(
            _("A newer version was sent while you were reading. Please look at it first.")
        )


def organisation_of(item: CuratedItem) -> Organisation | None:
    """In whose name an item is sent: the profile itself, or who looks after the resource."""
    return item if isinstance(item, Organisation) else getattr(item, "organisation", None)


@transaction.atomic
def submit(*, item: CuratedItem, by: User, message: str = "") -> Submission:
    """Send the newest version of an item, or send it again: then it stays the same submission.

    What a trusted organisation sends is published at once and listed for a look, unless an editor
    works on the item or has set a day for it, or it was taken offline: then editors decide whether it
    comes online. Raises NotAllowedError if the person may not change the item (BlockedError if the
    organisation is blocked), SubmissionError if the item has no saved version.
    """
    lock_item(type(item), item.pk)
    if not may_edit(by, item):
        raise NotAllowedError(_("You may not change this entry."))
    organisation = organisation_of(item)
    standing = Standing.objects.filter(organisation=organisation).first() if organisation else None
    if organisation and standing and standing.trust == Trust.BLOCKED:
        raise BlockedError(organisation, standing.reason)
    submission = _opened(item, organisation, by)
    step = say(submission, by=by, event=SubmissionState.WAITING, text=message)
    log(instance=item, action="knowledge.submit", user=by, revision=submission.revision)
    is_trusted = standing is not None and standing.trust == Trust.TRUSTED
    is_for_editors = _is_locked(item, by) or was_taken_offline(item) or _has_a_day(submission)
    if is_trusted and not is_for_editors:
        _publish(submission, by=by, unseen=True)
    else:
        announcements.waits_for_review(submission, step)
    return submission


def _opened(item: CuratedItem, organisation: Organisation | None, by: User) -> Submission:
    """The item's open submission, or a new one, with the newest version."""
    revision = item.latest_revision
    if revision is None:
        raise SubmissionError(_("There is nothing to send yet."))
    submission = open_submission_of(item) or Submission(
        content_type=ContentType.objects.get_for_model(type(item)), object_id=item.pk
    )
    version = _checked(revision)
    submission.title = revision.object_str[:300]
    submission.organisation = organisation
    submission.revision = revision
    submission.language = version.language
    submission.state = SubmissionState.WAITING
    submission.submitted_by = by
    submission.submitted_at = timezone.now()
    submission.save()
    submission.topics.set(version.topics.all())
    return submission


@transaction.atomic
def request_changes(
    *,
    submission: Submission,
    by: User,
    notes: dict[str, str],
    message: str = "",
    seen: int | None = None,
) -> None:
    """Ask the author for changes. ``notes``: field name to what should change there.

    ``seen`` as in ``approve``. Raises SubmissionError if it does not wait for a review, or if nothing
    is said.
    """
    notes = {field: text.strip() for field, text in notes.items() if text.strip()}
    if not message.strip() and not notes:
        raise SubmissionError(_("Say what should change."))
    locked = lock(submission, SubmissionState.WAITING, reviewer=by)
    _refuse_unread(locked, seen)
    refuse_partial(locked, by)
    locked.state = SubmissionState.CHANGES
    locked.assigned_to = locked.assigned_to or by
    locked.is_unanswered = False
    locked.save(update_fields=["state", "assigned_to", "is_unanswered"])
    step = say(locked, by=by, event=SubmissionState.CHANGES, text=message)
    written = [say(locked, by=by, field=field, text=text) for field, text in notes.items()]
    log(instance=locked.item, action="knowledge.request_changes", user=by)
    announcements.changes_requested(locked, step, written)


@transaction.atomic
def approve(*, submission: Submission, by: User, seen: int | None = None) -> bool:
    """Publish exactly the version that was sent; with a day to come in it, it stays open until then.

    Answers whether it is online now. Like all decisions: NotAllowedError for who refused it before an
    objection that was granted, unless she is the whole team.
    ``seen``: the number of the revision the editor has read. Raises NewerVersionError if another one was
    sent since, SubmissionError if it does not wait or if something is missing in it.
    """
    locked = lock(submission, SubmissionState.WAITING, reviewer=by)
    _refuse_unread(locked, seen)
    refuse_partial(locked, by)
    if locked.item is not None and _is_locked(locked.item, by):
        raise SubmissionError(_("An editor has locked this entry. Unlock it first."))
    _publish(locked, by=by)
    _note_own(locked, by)
    return not locked.is_open


@transaction.atomic
def refuse(*, submission: Submission, by: User, reason: str, seen: int | None = None) -> None:
    """Do not publish it, and say why; ``seen`` as in ``approve``.

    Raises SubmissionError without a reason or if it is decided.
    """
    if not reason.strip():
        raise SubmissionError(_("Say why it is not published."))
    locked = lock(submission, *OPEN_STATES, reviewer=by)
    _refuse_unread(locked, seen)
    refuse_partial(locked, by)
    step = close(locked, SubmissionState.REFUSED, by=by, reason=reason.strip())
    _note_own(locked, by)
    announcements.refused(locked, step)


@transaction.atomic
def reopen(*, submission: Submission, by: User) -> None:
    """Look again at what was refused, for example because the author disagrees.

    An objection is granted by it, so who refused it may not. Raises NotAllowedError for her (unless she
    is the whole team), SubmissionError if it is not refused, or if the item was sent again since.
    """
    locked = lock(submission, SubmissionState.REFUSED, reviewer=by)
    refuse_partial(locked, by)
    step = set_waiting(locked, by=by)
    SubmissionAppeal.objects.filter(submission=locked, state=RequestState.OPEN).update(
        state=RequestState.ACCEPTED, decided_by=by, decided_at=timezone.now()
    )
    announcements.reopened(locked, step)


def set_waiting(
    locked: Submission,
    *,
    by: User,
    event: SubmissionState | SubmissionStep = SubmissionState.WAITING,
    text: str = "",
) -> SubmissionMessage:
    """Let a refused submission, which the caller holds, wait for a decision once more.

    Returns the line of the history. Raises SubmissionError if the item was sent again since.
    """
    if locked.item is None or open_submission_of(locked.item) is not None:
        raise SubmissionError(_("There is a newer submission of this entry."))
    locked.state, locked.reason, locked.is_unanswered = SubmissionState.WAITING, "", False
    locked.decided_by = locked.decided_at = None
    locked.save()
    log(instance=locked.item, action="knowledge.reopen", user=by)
    return say(locked, by=by, event=event, text=text)


@transaction.atomic
def withdraw(*, submission: Submission, by: User) -> None:
    """The author takes it back. Raises NotAllowedError for others, SubmissionError if decided."""
    locked = lock(submission, *OPEN_STATES, author=by)
    step = close(locked, SubmissionState.WITHDRAWN, by=by)
    announcements.withdrawn(locked, step)


@transaction.atomic
def answer(*, submission: Submission, by: User, text: str) -> SubmissionMessage:
    """Write into the conversation, as its author or as an editor; the other side is told.

    Raises SubmissionError without a text, NotAllowedError for everybody else.
    """
    if not text.strip():
        raise SubmissionError(_("Write something first."))
    locked = lock(submission, *SubmissionState)
    item = locked.item
    is_author = item is not None and may_edit(by, item)
    if not is_author and not may_review(by, item):
        raise NotAllowedError(_("You may not write here."))
    message = say(locked, by=by, text=text.strip())
    locked.is_unanswered = is_author
    locked.save(update_fields=["is_unanswered"])
    announcements.answered(locked, message, by_author=is_author)
    return message


@transaction.atomic
def assign(*, submission: Submission, by: User, to: User | None) -> None:
    """Say which editor looks after it. Raises NotAllowedError if one of them may not review it."""
    locked = lock(submission, *SubmissionState, reviewer=by)
    if to is not None and not (to.is_active and may_review(to, locked.item)):
        raise NotAllowedError(_("This person may not review it."))
    if locked.assigned_to_id == (to.pk if to else None):
        return
    locked.assigned_to = to
    locked.save(update_fields=["assigned_to"])
    if locked.item is not None:
        data = {"to": to.pk if to else None}
        log(instance=locked.item, action="knowledge.assign", user=by, data=data)


@transaction.atomic
def look_at(*, submission: Submission, by: User) -> None:
    """Note that an editor has seen what was published at once. The second one changes nothing."""
    locked = lock(submission, SubmissionState.PUBLISHED, reviewer=by)
    if locked.looked_at is None:
        locked.looked_at, locked.looked_by = timezone.now(), by
        locked.save(update_fields=["looked_at", "looked_by"])


def lock(
    submission: Submission,
    *states: SubmissionState,
    reviewer: User | None = None,
    author: User | None = None,
) -> Submission:
    """The row as it is now, held until the transaction ends, if this person may act on it.

    Raises NotAllowedError, or SubmissionError when it is in another state by now.
    """
    model = submission.content_type.model_class()
    if model is not None:
        lock_item(model, submission.object_id)
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission.pk)
    if reviewer is not None and not may_review(reviewer, locked.item):
        raise NotAllowedError(_("You may not decide this."))
    if reviewer is not None and not may_decide(reviewer, *_versions(locked)):
        raise NotAllowedError(str(SOMEBODY_ELSE))
    if author is not None and (locked.item is None or not may_edit(author, locked.item)):
        raise NotAllowedError(_("You may not change this entry."))
    if locked.state not in states:
        raise SubmissionError(_("Somebody else has decided this meanwhile."))
    return locked


def refuse_partial(submission: Submission, by: User) -> None:
    """Raise NotAllowedError for who refused it before an objection.

    In a team of one somebody must: whoever is the whole team may. Then it stands in the history.
    """
    if is_neutral(by, submission):
        return
    if not is_alone(by):
        raise NotAllowedError(str(DECIDED_BEFORE))
    if submission.item is not None:
        log(instance=submission.item, action=DECIDED_AGAIN, user=by)


def _note_own(submission: Submission, by: User) -> None:
    if submission.item is not None:
        note_decision(submission.item, by=by)


def _versions(submission: Submission) -> list[CuratedItem]:
    """The item as it is stored, and as it was sent; none that is gone."""
    stored, sent = submission.item, submission.revision
    if stored is None:
        return []
    return [stored, sent.as_object()] if sent else [stored]


def _refuse_unread(submission: Submission, seen: int | None) -> None:
    # Without a version (the item was deleted) there is nothing newer to read.
    if seen is not None and submission.revision_id not in {seen, None}:
        raise NewerVersionError


def _is_locked(item: CuratedItem, by: User) -> bool:
    lock = item.get_lock()
    return lock is not None and bool(lock.for_user(by))


def _checked(revision: Revision) -> Any:
    """The version as an item. Raises SubmissionError if something in it is missing or wrong."""
    version: Any = revision.as_object()
    try:
        version.full_clean()
        _clean_rows(version)
    except ValidationError as error:
        raise SubmissionError(" ".join(error.messages)) from error
    return version


def _clean_rows(version: Any) -> None:
    """Check the rows of a version, too: the database refuses what is too long only at publication."""
    for relation in get_all_child_relations(type(version)):
        for row in getattr(version, relation.get_accessor_name()).all():
            row.clean_fields(
                exclude={field.name for field in row._meta.fields if field.is_relation}  # noqa: SLF001 - Django's name
            )


def _publish(submission: Submission, *, by: User, unseen: bool = False) -> None:
    """Put it online; with a date of an editor in it, on that day: until then it stays open."""
    revision = submission.revision
    if revision is None:
        raise SubmissionError(_("The version that was sent does not exist any more."))
    _checked(revision)  # what was right when it was sent may be taken or gone by now
    # Decided before it is published: `on_published` closes what is still open then.
    submission.state = SubmissionState.PUBLISHED
    submission.save(update_fields=["state"])
    # The right to publish comes from the review, or from the trust in the organisation.
    revision.publish(user=by, skip_permission_checks=True)
    if not is_online(revision):
        submission.state = SubmissionState.WAITING
        submission.save(update_fields=["state"])
        return
    submission.published_unseen = unseen
    close_published(submission, by=by)


def _has_a_day(submission: Submission) -> bool:
    """Whether an editor has said from when on visitors may see it, and that is still to come."""
    day = submission.revision.as_object().go_live_at if submission.revision else None
    return day is not None and day > timezone.now()
