"""Mails about submissions: to exactly those who have to know, once, in their language.

Whoever did something gets no mail about it. Every mail belongs to one line of the conversation, so
its key (line and person) can never mail twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _, override
from wagtail.permissions import policy_registry

from knowledge.enums import SubmissionState
from knowledge.models import Resource, Submission, SubmissionMessage
from knowledge.queries.caretakers import caretakers_of
from knowledge.queries.labels import field_label
from knowledge.queries.membership import may_edit
from knowledge.queries.submissions import (
    MODELS,
    is_alone,
    is_left_to_refuser,
    is_neutral,
    may_appeal,
    may_review,
    publishers,
    reviewers,
)
from knowledge.services.four_eyes import may_decide
from knowledge.services.mail_floods import queue_unless_flooded
from nexsm.accounts.models import User
from nexsm.base.mail import absolute_url, kinds

REVIEW = "review"
SUBMISSION = "submission"

# Of these there may be many at once; the mail about all others of the hour.
_MORE = {
    "submission_waiting": "submission_more_waiting",
    "submission_published": "submission_more_published",
}


def register_kinds() -> None:
    """What people may choose to get."""
    kinds.register(
        SUBMISSION,
        _("My contributions"),
        _("Questions, requests for changes, and what became of what you sent."),
    )
    kinds.register(
        REVIEW,
        _("What members send"),
        _("Something new waits for the editors, also reports, objections and claims."),
        is_for=_is_reviewer,
    )


def waits_for_review(submission: Submission, step: SubmissionMessage) -> None:
    """Something new, or something changed, waits: its editor is told, else all reviewers."""
    _to_editors("submission_waiting", submission, step)


def changes_requested(
    submission: Submission, step: SubmissionMessage, notes: list[SubmissionMessage]
) -> None:
    """The author is asked to change something."""
    _to_authors("submission_changes", submission, step, _senders(submission), notes=notes)


def published(submission: Submission, step: SubmissionMessage) -> None:
    """It is online: whoever sent it and whoever answers for it are told, unless they did it themselves."""
    if submission.submitted_by_id != step.author_id:
        _to_authors("submission_published", submission, step, _everybody_of(submission))


def refused(submission: Submission, step: SubmissionMessage) -> None:
    """It is not published: whoever sent it and whoever answers for it read why."""
    _to_authors(
        "submission_refused",
        submission,
        step,
        _everybody_of(submission),
        may_appeal=may_appeal(submission),
        is_by_same_person=is_left_to_refuser(submission),
    )


def reopened(submission: Submission, step: SubmissionMessage) -> None:
    """The editors look again: whoever sent it is told."""
    _to_authors("submission_reopened", submission, step, _senders(submission))


def appealed(submission: Submission, step: SubmissionMessage) -> None:
    """The author objects: reviewers who may decide are told, whoever looked after it; or all others."""
    people = _judges(reviewers(), submission) or _judges(publishers(*MODELS), submission)
    _to_reviewers("submission_appeal", submission, step, people)


def appeal_decided(submission: Submission, step: SubmissionMessage, *, is_granted: bool) -> None:
    """Whoever sent it and whoever answers for it read what became of the objection."""
    template = "submission_appeal_granted" if is_granted else "submission_appeal_refused"
    refusals = submission.messages.filter(event=SubmissionState.REFUSED, author=step.author)
    _to_authors(
        template,
        submission,
        step,
        _everybody_of(submission),
        is_by_same_person=refusals.exists(),
    )


def withdrawn(submission: Submission, step: SubmissionMessage) -> None:
    """The author took it back: only the editor who looks after it has to know."""
    if submission.assigned_to is not None:
        _to_editors("submission_withdrawn", submission, step)


def answered(submission: Submission, message: SubmissionMessage, *, by_author: bool) -> None:
    """Somebody wrote: the other side is told."""
    if by_author:
        _to_editors("submission_answered", submission, message)
    else:
        _to_authors("submission_answered", submission, message, _senders(submission))


def _judges(people: Iterable[User], submission: Submission) -> list[User]:
    """Those who may decide about the objection to a refusal."""
    item = submission.item
    return [
        person
        for person in people
        if may_review(person, item)
        and (item is None or may_decide(person, item))
        and (is_neutral(person, submission) or is_alone(person))
    ]


def _to_editors(template: str, submission: Submission, step: SubmissionMessage) -> None:
    editor = submission.assigned_to
    # An editor who left, or lost the right, must not be the only one who is told.
    is_there = editor is not None and editor.is_active and may_review(editor, submission.item)
    people: Iterable[User] = [editor] if is_there and editor is not None else reviewers()
    _to_reviewers(template, submission, step, people)


def _to_reviewers(
    template: str, submission: Submission, step: SubmissionMessage, people: Iterable[User]
) -> None:
    path = reverse("nexsm_review_item", args=[submission.pk])
    for person in people:
        _tell(template, person, submission, step, path=path, kind=REVIEW)


def _to_authors(
    template: str,
    submission: Submission,
    step: SubmissionMessage,
    people: Iterable[User],
    *,
    notes: Iterable[SubmissionMessage] = (),
    **more: bool,
) -> None:
    for person in people:
        with override(person.language):
            path = submission.get_absolute_url()
        _tell(template, person, submission, step, path=path, kind=SUBMISSION, notes=notes, **more)


def _tell(
    template: str,
    person: User,
    submission: Submission,
    step: SubmissionMessage,
    *,
    path: str,
    kind: str,
    notes: Iterable[SubmissionMessage] = (),
    **more: bool,
) -> None:
    if person.pk == step.author_id:
        return
    model = submission.content_type.model_class() or Resource
    with override(person.language):
        context: dict[str, Any] = {
            **more,
            "submission": submission,
            "kind_of_item": str(model._meta.verbose_name),  # noqa: SLF001 - Django's name
            "author": step.author,
            "text": step.text,
            "notes": [(field_label(model, note.field), note.text) for note in notes],
            "url": absolute_url(path),
            "is_again": submission.messages.filter(event=step.event, pk__lt=step.pk).exists(),
            "item_url": _public_url(submission),
            "list_url": absolute_url(
                reverse("nexsm_review" if kind == REVIEW else "knowledge:own_resources")
            ),
        }
    queue_unless_flooded(
        person,
        template=template,
        key=f"submission:{submission.public_id}:{step.pk}",
        context=context,
        kind=kind,
        more=_MORE.get(template, ""),
    )


def _public_url(submission: Submission) -> str:
    item = submission.item
    return absolute_url(item.get_absolute_url()) if item is not None else ""


def _senders(submission: Submission) -> list[User]:
    """Who sent it; the people who answer for the item if she cannot go on with it."""
    sender, item = submission.submitted_by, submission.item
    if sender is not None and sender.is_active and (item is None or may_edit(sender, item)):
        return [sender]
    return list(caretakers_of(item)) if item is not None else []


def _everybody_of(submission: Submission) -> list[User]:
    """Who sent it and everybody who answers for the item, each once."""
    people = {person.pk: person for person in _senders(submission)}
    if submission.item is not None:
        people |= {person.pk: person for person in caretakers_of(submission.item)}
    return list(people.values())


def _is_reviewer(user: Any) -> bool:
    return bool(policy_registry.get_by_type(Resource).user_has_permission(user, "publish"))
