"""Reads about submissions: whose they are, who reviews them, what waits."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from knowledge.enums import RequestState, SubmissionState
from knowledge.models import (
    OPEN_STATES,
    CuratedItem,
    Organisation,
    Resource,
    Submission,
    SubmissionAppeal,
    SubmissionMessage,
)
from knowledge.queries.membership import items_editable_by
from nexsm.accounts.models import User
from nexsm.base.admin.roles import REVIEWERS

Person = AbstractBaseUser | AnonymousUser
MODELS: tuple[type[Any], ...] = (Resource, Organisation)


def submissions_visible_to(user: Person) -> QuerySet[Submission]:
    """Submissions of items this person may change as a member. Nobody else's, whoever sent them."""
    mine = Q(pk__in=[])
    for model in MODELS:
        content_type = ContentType.objects.get_for_model(model)
        items = items_editable_by(user, model).order_by().values("pk")
        mine |= Q(content_type=content_type, object_id__in=items)
    return Submission.objects.filter(mine).select_related("organisation", "submitted_by")


def submissions_of(item: CuratedItem) -> QuerySet[Submission]:
    """All submissions of an item, newest first."""
    content_type = ContentType.objects.get_for_model(type(item))
    return Submission.objects.filter(content_type=content_type, object_id=item.pk).order_by(
        "-submitted_at", "-pk"
    )


def open_submission_of(item: CuratedItem) -> Submission | None:
    """The submission of an item that still waits for somebody."""
    return submissions_of(item).filter(state__in=OPEN_STATES).first()


def open_notes(submission: Submission) -> list[SubmissionMessage]:
    """Notes at fields since changes were last asked for; none once it was sent again."""
    if submission.state != SubmissionState.CHANGES:
        return []
    messages = list(submission.messages.all())
    steps = [index for index, message in enumerate(messages) if message.event]
    return [message for message in messages[steps[-1] :] if message.field] if steps else []


def was_taken_offline(item: CuratedItem) -> bool:
    """Whether an item was online and is not any more, whoever withdrew it."""
    return not item.live and item.first_published_at is not None


def may_review(user: Person, item: CuratedItem | None) -> bool:
    """Say whether this person may decide about versions of the item."""
    model = type(item) if item is not None else Resource
    policy = policy_registry.get_by_type(model)
    if item is None:
        return bool(policy.user_has_permission(user, "publish"))
    return bool(policy.user_has_permission_for_instance(user, "publish", item))


def reviewers() -> QuerySet[User]:
    """Who is told that something waits: the group of reviewers; without any, all who may publish.

    Nobody is left out for a missing role or language (invenio-rdm-records#1903 lost mails that way).
    """
    group = User.objects.filter(is_active=True, groups__name=REVIEWERS).distinct().order_by("pk")
    if group.exists():
        return group
    return publishers(Resource)


def publishers(*models: type[Any]) -> QuerySet[User]:
    """Who is active and may publish items of one of the models, superusers included."""
    may_publish = Q(pk__in=[])
    for model in models:
        policy = policy_registry.get_by_type(model)
        may_publish |= Q(pk__in=policy.users_with_permission("publish").values("pk"))
    return User.objects.filter(may_publish, is_active=True).order_by("pk")


def is_alone(user: User) -> bool:
    """Whether nobody else may publish: then nobody else can decide about her own decisions.

    Superusers count, too. Who is told that something waits (`reviewers`) does not matter here. May she
    publish herself, is asked elsewhere.
    """
    return not publishers(*MODELS).exclude(pk=user.pk).exists()


def queue() -> QuerySet[Submission]:
    """All submissions with what the editors' list shows, in a fixed number of queries."""
    return Submission.objects.select_related(
        "content_type",
        "organisation__standing",
        "submitted_by",
        "assigned_to",
        "language",
        "appeal",
    )


def may_appeal(submission: Submission) -> bool:
    """Whether its author can object now: it is refused, was not sent again, and nobody has objected."""
    if submission.state != SubmissionState.REFUSED or submission.item is None:
        return False
    if open_submission_of(submission.item) is not None:
        return False
    return not SubmissionAppeal.objects.filter(submission=submission).exists()


def is_left_to_refuser(submission: Submission) -> bool:
    """Whether who refused it is the whole team: then she herself decides about an objection."""
    return submission.decided_by is not None and is_alone(submission.decided_by)


def is_neutral(user: Person, submission: Submission) -> bool:
    """Whether somebody did not refuse what its author objects to, or has objected to with success.

    Only others decide about the objection and, once it is granted, about the version: so the author
    was told. May she review it, is asked elsewhere.
    """
    standing = (RequestState.OPEN, RequestState.ACCEPTED)
    objection = SubmissionAppeal.objects.filter(submission=submission, state__in=standing).first()
    if objection is None:
        return True
    refusals = submission.messages.filter(
        event=SubmissionState.REFUSED, created_at__lte=objection.created_at
    )
    return user.pk is not None and not refusals.filter(author_id=user.pk).exists()
