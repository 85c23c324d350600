"""From a draft to a version that waits for review."""

from __future__ import annotations

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.models import Organisation, Resource, ResourceDraft, Submission
from knowledge.queries.membership import WRITERS, may_edit, memberships_of
from knowledge.services.drafts.values import apply_values, is_behind, version_to_change
from knowledge.services.drafts.writing import DraftError, NotYoursError
from knowledge.services.submissions import submit
from nexsm.accounts.models import User
from nexsm.base.media import quota


class NewerVersionError(DraftError):
    """Somebody else saved a version meanwhile: both must be looked at first."""


class IncompleteError(DraftError):
    """Something is missing or wrong. ``messages``: field of the resource → what is wrong there.

    The field is Django's NON_FIELD_ERRORS for what is wrong with the whole.
    """

    def __init__(self, error: ValidationError) -> None:
        super().__init__(" ".join(error.messages))
        named = hasattr(error, "error_dict")
        self.messages: dict[str, list[str]] = (
            error.message_dict if named else {NON_FIELD_ERRORS: error.messages}
        )


@transaction.atomic
def send(*, draft: ResourceDraft, by: User, message: str = "") -> Submission:
    """Make a version of the draft and send it for review. Sent twice, it is one submission.

    A published version stays online until the new one is approved. Raises NewerVersionError,
    IncompleteError (also for an organisation she may not write for any more), NotYoursError, and
    SubmissionError (of the submissions) for a blocked organisation.
    """
    locked = ResourceDraft.objects.select_for_update().get(pk=draft.pk)
    if locked.owner_id != by.pk:
        raise NotYoursError
    if locked.is_sent and locked.submission is not None:
        return locked.submission
    resource = _new_version(locked, by) if locked.resource_id else _new_resource(locked, by)
    _count_files(locked, resource)
    submission = submit(item=resource, by=by, message=message)
    locked.uploads.all().delete()  # the files belong to the resource now
    locked.resource, locked.submission, locked.sent_at = resource, submission, timezone.now()
    # What was typed stands in the version; here nothing of it is kept.
    locked.values, locked.base_values, locked.sources, locked.distinct_from = {}, {}, {}, []
    locked.save()
    return submission


def _new_resource(draft: ResourceDraft, by: User) -> Resource:
    organisation = _in_the_name_of(draft, by)
    resource = Resource(
        public_id=draft.public_id, created_by=by, organisation=organisation, live=False
    )
    _apply(draft, resource)
    resource.has_unpublished_changes = True
    resource.save()
    resource.save_revision(user=by, log_action=True)
    return resource


def _new_version(draft: ResourceDraft, by: User) -> Resource:
    resource = Resource.objects.select_for_update().get(pk=draft.resource_id)
    draft.resource = resource
    if not may_edit(by, resource):
        raise NotYoursError
    if is_behind(draft):
        raise NewerVersionError
    version = version_to_change(resource)
    _apply(draft, version)
    version.save_revision(user=by, log_action=True)
    resource.refresh_from_db()
    return resource


def _apply(draft: ResourceDraft, resource: Resource) -> None:
    try:
        apply_values(draft.values, resource)
        resource.full_clean()
    except ValidationError as error:
        raise IncompleteError(error) from error


def _count_files(draft: ResourceDraft, resource: Resource) -> None:
    """What was uploaded for the draft takes up space of the organisation from now on."""
    if resource.organisation is None:
        return
    documents = [upload.document for upload in draft.uploads.select_related("document")]
    try:
        quota.assign(documents, organisation_id=resource.organisation.public_id)
    except ValidationError as error:
        raise IncompleteError(error) from error


def _in_the_name_of(draft: ResourceDraft, by: User) -> Organisation | None:
    """The organisation chosen, if the person may write for it now."""
    chosen = draft.value("on_behalf")
    if not chosen:
        return None
    mine = memberships_of(by).filter(role__in=WRITERS, organisation__public_id=chosen).first()
    if mine is None:
        text = _("You may not add anything for this organisation any more.")
        raise IncompleteError(ValidationError({"on_behalf": text}))
    return mine.organisation
