"""What editors do with many items at once: publish drafts, add a topic, set the verification.

An item may have a published text and a newer draft. A change of one fact reaches both, and never
publishes the rest of the draft.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from knowledge.enums import Verification
from knowledge.models import OPEN_STATES, CuratedItem, Organisation, Submission, Topic
from knowledge.services.four_eyes import SOMEBODY_ELSE, may_decide, note_decision
from knowledge.services.freshness import without_reading
from knowledge.services.locking import held
from knowledge.services.submission_outcomes import note_published
from nexsm.accounts.models import User

Item = TypeVar("Item", bound=CuratedItem)


class CannotCurateError(Exception):
    """The item cannot be changed now. The text says why, in plain words."""


def refuse_locked(item: CuratedItem, by: AbstractBaseUser) -> None:
    """Raise CannotCurateError if somebody has locked the item or it waits for a review."""
    lock = item.get_lock()
    if lock is not None and lock.for_user(by):
        raise CannotCurateError(_("It is locked or being reviewed."))


def refuse_own(by: AbstractBaseUser, *versions: CuratedItem) -> None:
    """Raise CannotCurateError for what is somebody's own (`four_eyes`)."""
    if not may_decide(by, *versions):
        raise CannotCurateError(str(SOMEBODY_ELSE))


@transaction.atomic
def publish_latest(*, item: CuratedItem, by: AbstractBaseUser) -> None:
    """Publish the newest saved version of an item.

    Raises CannotCurateError if the item is locked or one's own, or if something is missing in the draft.
    """
    item = held(item)
    refuse_locked(item, by)
    draft = item.get_latest_revision_as_object()
    refuse_own(by, item, draft)
    try:
        draft.full_clean()
    except ValidationError as error:
        raise CannotCurateError(" ".join(error.messages)) from error
    revision = item.get_latest_revision() if item.has_unpublished_changes else None
    if revision is None:
        revision = item.save_revision(user=by, log_action=True)
    with LogContext(user=by):
        revision.publish(user=by)
        note_decision(item, by=by)
    note_published(item=item, revision=revision, by=cast("User", by))


@transaction.atomic
def add_topic(*, item: CuratedItem, topic: Topic, by: AbstractBaseUser) -> None:
    """Add a topic to the published text and to the draft.

    Raises CannotCurateError if the item is locked or one's own.
    """
    item = held(item)
    refuse_own(by, item)

    def change(version: Any) -> bool:
        if topic in version.topics.all():
            return False
        version.topics.add(topic)
        return True

    _change_held(item, by, change)


@transaction.atomic
def set_verification(
    *, organisation: Organisation, verification: Verification, by: AbstractBaseUser
) -> None:
    """Say how far a profile has been checked. Raises CannotCurateError if it is locked or one's own."""
    organisation = held(organisation)
    refuse_own(by, organisation)

    def change(version: Organisation) -> bool:
        if version.verification == verification:
            return False
        note_verification(version, verification)
        return True

    _change_held(organisation, by, change)


def confirm_profile(*, organisation: Organisation, by: AbstractBaseUser) -> None:
    """The people of an organisation look after its profile now."""
    _note_everywhere(organisation, by, Verification.VERIFIED)


def release_profile(*, organisation: Organisation, by: AbstractBaseUser) -> None:
    """Nobody looks after a profile any more."""
    _note_everywhere(organisation, by, Verification.UNVERIFIED)


@transaction.atomic
def _note_everywhere(
    organisation: Organisation, by: AbstractBaseUser, verification: Verification
) -> None:
    """Note the verification in the published text and the draft.

    A lock does not stop this: it guards the text against changes, and the text stays. Nor does it
    need the right to publish: the organisation's own people do it when their address proves it.
    """

    def change(version: Organisation) -> bool:
        if version.verification == verification:
            return False
        note_verification(version, verification)
        return True

    _change_versions(held(organisation), by, change, without_right=True)


def note_verification(organisation: Organisation, verification: str) -> None:
    """Set state and date in the object; the caller saves it."""
    organisation.verification = verification
    verified = verification == Verification.VERIFIED
    organisation.verified_at = timezone.now() if verified else None


def change_everywhere(item: Item, by: AbstractBaseUser, change: Callable[[Item], bool]) -> bool:
    """Change the published text and the draft, each as a saved version of its own.

    Call it within a transaction: the item is read again and held. Answers whether ``change`` changed
    one of them; raises CannotCurateError if the item is locked.
    """
    return _change_held(held(item), by, change)


def _change_held(item: Item, by: AbstractBaseUser, change: Callable[[Item], bool]) -> bool:
    refuse_locked(item, by)
    return _change_versions(item, by, change)


def _change_versions(
    item: Item,
    by: AbstractBaseUser,
    change: Callable[[Item], bool],
    *,
    without_right: bool = False,
) -> bool:
    has_draft = item.has_unpublished_changes or not item.live
    newest = item.latest_revision
    draft = item.get_latest_revision_as_object() if has_draft else None
    changed = False
    if item.live and change(item):
        revision = item.save_revision(user=by, log_action=True)
        with without_reading():
            revision.publish(user=by, skip_permission_checks=without_right)
        changed = True
    # Saved again also without a change: the newest version must stay the draft, not what is online.
    if draft is not None and (change(draft) or changed):
        sent = Submission.objects.filter(revision=newest, state__in=OPEN_STATES)
        waiting = list(sent.values_list("pk", flat=True))
        revision = draft.save_revision(user=by, log_action=True)
        # What waits for a review keeps the change, too: publishing it must not take it back.
        Submission.objects.filter(pk__in=waiting).update(revision=revision)
        changed = True
    return changed
