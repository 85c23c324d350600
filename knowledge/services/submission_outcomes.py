"""What becomes of a submission, whatever puts its version online: it is closed, and its author told.

The review is one way; the editors' form, a workflow, a bulk action and the day of a scheduled
publication are others.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.log_actions import get_active_log_context, log
from wagtail.models import Revision, WorkflowState

from knowledge.enums import SubmissionState, SubmissionStep
from knowledge.models import CuratedItem, Submission, SubmissionMessage
from knowledge.queries.submissions import open_submission_of
from knowledge.services import announcements
from nexsm.accounts.models import User


def on_published(sender: type[CuratedItem], instance: CuratedItem, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of Wagtail's `published`: what was sent is online, whatever put it there.

    Another version (a topic for many, a replaced link, an import) says nothing about what was sent,
    unless an editor made it of what was sent and set a day, and this is the day. Who decided is who
    acts now: the version's own user is its author. Also sent when a day is set: then nothing is online.
    """
    revision = kwargs.get("revision")
    submission = open_submission_of(instance)
    if not (submission and submission.revision_id and revision and instance.live):
        return
    # Wagtail clears the day in the table when it comes, not in the object it publishes.
    was_scheduled = revision.approved_go_live_at is not None
    if revision.pk == submission.revision_id or (
        was_scheduled and revision.pk > submission.revision_id
    ):
        close_published(submission, by=get_active_log_context().user)


def note_published(*, item: CuratedItem, revision: Revision, by: User | None) -> None:
    """An editor has published a version made of what was sent, as the form or a workflow does.

    An older version decides nothing: what was sent still waits. Nor does one that is online only from a
    day to come: `on_published` hears of that.
    """
    submission = open_submission_of(item)
    if not (submission and submission.revision_id and is_online(revision)):
        return
    if revision.pk >= submission.revision_id:
        close_published(submission, by=by)


def on_workflow_approved(
    sender: type[WorkflowState],  # noqa: ARG001
    instance: WorkflowState,
    **kwargs: Any,
) -> None:
    """Receiver of Wagtail's `workflow_approved`: the last step of a workflow publishes."""
    item, task = instance.content_object, instance.current_task_state
    if isinstance(item, CuratedItem) and task is not None:
        note_published(item=item, revision=task.revision, by=kwargs.get("user"))


def is_online(revision: Revision) -> bool:
    """Whether visitors see this very version now: publishing may have set a day only."""
    model = revision.content_type.model_class()
    items = model._default_manager.filter(pk=revision.object_id)  # noqa: SLF001 - Django's name
    return bool(items.filter(live=True, live_revision=revision).exists())


def close_published(submission: Submission, *, by: User | None) -> None:
    """Note that it is online, and tell its author."""
    step = close(submission, SubmissionState.PUBLISHED, by=by)
    announcements.published(submission, step)


def close(
    submission: Submission, state: SubmissionState, *, by: User | None, reason: str = ""
) -> SubmissionMessage:
    """Note what was decided, in the row, in the history and in the conversation."""
    submission.state = state
    submission.decided_by = by
    submission.decided_at = timezone.now()
    submission.reason = reason
    submission.is_unanswered = False
    submission.save()
    if submission.item is not None:
        log(instance=submission.item, action=f"knowledge.{state.value}", user=by)
    return say(submission, by=by, event=state, text=reason)


def say(
    submission: Submission,
    *,
    by: User | None,
    event: SubmissionState | SubmissionStep | str = "",
    field: str = "",
    text: str = "",
) -> SubmissionMessage:
    """Write a line of the conversation: a text, a note at a field, or a step."""
    return SubmissionMessage.objects.create(
        submission=submission, author=by, event=event, field=field, text=text
    )
