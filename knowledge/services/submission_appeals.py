"""Objections to refusals: once for each submission, decided by somebody who did not refuse it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from knowledge.enums import RequestState, SubmissionState, SubmissionStep
from knowledge.models import Submission, SubmissionAppeal
from knowledge.queries.submissions import may_appeal
from knowledge.services import announcements
from knowledge.services.submission_outcomes import say
from knowledge.services.submissions import SubmissionError, lock, refuse_partial, set_waiting
from nexsm.accounts.models import User


@transaction.atomic
def appeal(*, submission: Submission, text: str, by: User) -> SubmissionAppeal:
    """Object to a refusal, as somebody who may change the item; other editors are told.

    Raises SubmissionError without a text, the second time, or if it is not refused (any more);
    NotAllowedError for everybody else.
    """
    if not text.strip():
        raise SubmissionError(_("Say what speaks against the decision."))
    locked = lock(submission, SubmissionState.REFUSED, author=by)
    if not may_appeal(locked):
        raise SubmissionError(_("An objection is not possible, or not any more."))
    made = SubmissionAppeal.objects.create(submission=locked, user=by, text=text.strip())
    step = say(locked, by=by, event=SubmissionStep.APPEAL, text=made.text)
    log(instance=locked.item, action="knowledge.appeal", user=by)
    announcements.appealed(locked, step)
    return made


@transaction.atomic
def decide_appeal(*, submission: Submission, is_granted: bool, answer: str, by: User) -> None:
    """Let the version wait for a decision once more, or leave it refused; its people are told why.

    Raises NotAllowedError for who refused it (unless she is the whole team) or may change it,
    SubmissionError without an answer, if there is nothing to decide, or if the item was sent again since
    and the objection is to be granted.
    """
    if not answer.strip():
        raise SubmissionError(_("Give a reason: the author reads it."))
    locked = lock(submission, SubmissionState.REFUSED, reviewer=by)
    found = SubmissionAppeal.objects.filter(submission=locked, state=RequestState.OPEN).first()
    if found is None:
        raise SubmissionError(_("Somebody else has decided this meanwhile."))
    refuse_partial(locked, by)
    found.state = RequestState.ACCEPTED if is_granted else RequestState.REFUSED
    found.answer, found.decided_by, found.decided_at = answer.strip(), by, timezone.now()
    found.save()
    if is_granted:
        locked.assigned_to = by
        event = SubmissionStep.APPEAL_GRANTED
        step = set_waiting(locked, by=by, event=event, text=found.answer)
    else:
        step = say(locked, by=by, event=SubmissionStep.APPEAL_REFUSED, text=found.answer)
        if locked.item is not None:
            log(instance=locked.item, action="knowledge.appeal_refused", user=by)
    announcements.appeal_decided(locked, step, is_granted=is_granted)
