"""Reads of the members' area: one's own drafts and items, and what becomes of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from knowledge.enums import SubmissionState
from knowledge.models import Membership, Resource, ResourceDraft, Submission
from knowledge.queries.membership import Person, items_editable_by, memberships_of
from knowledge.queries.submissions import open_notes, open_submission_of

# Where a draft has another field than the resource.
_DRAFT_FIELDS = {"contributors": "persons"}


class OwnState(models.TextChoices):
    """What became of an item, as its author reads it."""

    LIVE = "live", _("published")
    LIVE_WAITING = "live-waiting", _("published; a new version is being reviewed")
    LIVE_CHANGES = "live-changes", _("published; changes to the new version are asked for")
    WAITING = "waiting", _("being reviewed")
    CHANGES = "changes", _("changes are asked for")
    REFUSED = "refused", _("not published")
    WITHDRAWN = "withdrawn", _("taken back")
    OFFLINE = "offline", _("taken offline")
    UNSENT = "unsent", _("not sent")


@dataclass(frozen=True)
class OwnItem:
    """One resource in the list of whoever may change it or made it."""

    resource: Resource
    title: str
    state: OwnState
    submission: Submission | None
    may_change: bool


@dataclass(frozen=True)
class OwnDraft:
    """What somebody has begun. Without ``may_go_on`` it changes an item she may not change any more."""

    draft: ResourceDraft
    may_go_on: bool


def own_drafts(user: Person, *, limit: int) -> list[OwnDraft]:
    """What somebody has begun and not sent, newest first, in two queries."""
    drafts = list(open_drafts_of(user)[:limit])
    wanted = {draft.resource_id for draft in drafts} - {None}
    editable = items_editable_by(user, Resource).filter(pk__in=wanted)
    mine = set(editable.values_list("pk", flat=True)) if wanted else set()
    return [
        OwnDraft(draft, draft.resource_id is None or draft.resource_id in mine) for draft in drafts
    ]


def open_drafts_of(user: Person) -> QuerySet[ResourceDraft]:
    """What somebody has begun and not sent, newest first."""
    drafts = ResourceDraft.objects.filter(owner_id=user.pk, sent_at=None)
    return drafts.select_related("resource").order_by("-updated_at", "-pk")


def draft_of(user: Person, public_id: UUID) -> ResourceDraft | None:
    """Somebody's own draft, also one that was sent; None for those of others."""
    drafts = ResourceDraft.objects.filter(owner_id=user.pk, public_id=public_id)
    return drafts.select_related("resource", "submission").first()


def own_resources(user: Person) -> QuerySet[Resource]:
    """Resources somebody may change, or made, newest change first.

    What she imported for others is not in her list.
    """
    made = Q(created_by_id=user.pk, import_source="")
    editable = Q(pk__in=items_editable_by(user, Resource).values("pk"))
    resources = Resource.objects.filter(made | editable).select_related(
        "type", "language", "organisation", "latest_revision"
    )
    return resources.order_by("-updated_at", "-pk")


def own_items(resources: Iterable[Resource], user: Person) -> list[OwnItem]:
    """The state of each, in three queries."""
    rows = list(resources)
    pks = [resource.pk for resource in rows]
    editable = set(
        items_editable_by(user, Resource).filter(pk__in=pks).values_list("pk", flat=True)
    )
    content_type = ContentType.objects.get_for_model(Resource)
    sent = Submission.objects.filter(content_type=content_type, object_id__in=pks)
    newest = {one.object_id: one for one in sent.order_by("submitted_at", "pk")}
    return [
        OwnItem(
            resource=resource,
            # Who has left the organisation sees what everybody sees.
            title=_newest_title(resource) if resource.pk in editable else resource.title,
            state=_state(resource, newest.get(resource.pk)),
            submission=newest.get(resource.pk),
            may_change=resource.pk in editable,
        )
        for resource in rows
    ]


def asked_changes_of(user: Person) -> QuerySet[Submission]:
    """Submissions that wait for this person: editors asked for changes."""
    content_type = ContentType.objects.get_for_model(Resource)
    mine = items_editable_by(user, Resource).values("pk")
    waiting = Submission.objects.filter(
        content_type=content_type, object_id__in=mine, state=SubmissionState.CHANGES
    )
    return waiting.order_by("-submitted_at", "-pk")


def notes_for(resource: Resource | None) -> dict[str, list[str]]:
    """Field of a draft → what editors asked to change there; the empty field: in general."""
    submission = open_submission_of(resource) if resource else None
    if submission is None or submission.state != SubmissionState.CHANGES:
        return {}
    notes: dict[str, list[str]] = {}
    for note in open_notes(submission):
        notes.setdefault(_DRAFT_FIELDS.get(note.field, note.field), []).append(note.text)
    asked = submission.messages.filter(event=SubmissionState.CHANGES).order_by("created_at", "pk")
    last = asked.last()
    return {"": [last.text], **notes} if last and last.text else notes


def organisations_of(user: Person) -> QuerySet[Membership]:
    """Somebody's organisations by name, with the role in each."""
    return memberships_of(user).order_by("organisation__name", "pk")


def organisations_of_draft(draft: ResourceDraft, user: Person) -> list[int]:
    """Primary keys of the organisations a draft is probably for; one, once that is known."""
    if draft.resource is not None:
        return [draft.resource.organisation_id] if draft.resource.organisation_id else []
    mine = {str(one.organisation.public_id): one.organisation_id for one in memberships_of(user)}
    chosen = mine.get(draft.value("on_behalf"))
    return [chosen] if chosen else list(mine.values())


def _newest_title(resource: Resource) -> str:
    revision = resource.latest_revision
    return revision.object_str if revision else resource.title


def _state(resource: Resource, submission: Submission | None) -> OwnState:
    state = submission.state if submission else ""
    if resource.live:
        if state == SubmissionState.WAITING:
            return OwnState.LIVE_WAITING
        return OwnState.LIVE_CHANGES if state == SubmissionState.CHANGES else OwnState.LIVE
    if resource.first_published_at is not None and state not in {"waiting", "changes"}:
        return OwnState.OFFLINE
    return OwnState(state) if state and state != SubmissionState.PUBLISHED else OwnState.UNSENT
