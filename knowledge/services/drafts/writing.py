"""Keeping what a member types: nothing is lost, and nobody's text is overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.utils.file import hash_filelike

from knowledge.models import DraftFile, Resource, ResourceDraft, ResourceFile
from knowledge.queries.membership import may_edit
from knowledge.services.drafts.values import (
    STEP_FIELDS,
    empty,
    fingerprint,
    values_of,
    version_to_change,
)
from knowledge.services.metadata.facts import Fact
from nexsm.accounts.models import User
from nexsm.base.media.checks import CheckedFile
from nexsm.base.models import Document

MAX_FILES = 10


class DraftError(Exception):
    """It cannot be done. The text says why, in plain words."""


class SentOrGoneError(DraftError):
    """It was sent or deleted meanwhile, on another page."""


class TooManyFilesError(DraftError):
    """A draft has as many files as it may have."""


class NotYoursError(DraftError):
    """The draft or the resource belongs to somebody else."""


class ChangedElsewhereError(DraftError):
    """Another page wrote the same step meanwhile. ``values`` is what stands there now."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__()
        self.values = dict(values)


def begin(*, by: User, key: UUID) -> ResourceDraft:
    """The draft with this key, made if it is not there: a form that is sent twice makes one.

    Raises NotYoursError if it is somebody else's.
    """
    try:
        with transaction.atomic():
            draft, _made = ResourceDraft.objects.get_or_create(
                public_id=key, defaults={"owner": by}
            )
    except IntegrityError:  # made at this very moment by the same form, sent twice
        draft = ResourceDraft.objects.get(public_id=key)
    if draft.owner_id != by.pk:
        raise NotYoursError
    return draft


@transaction.atomic
def begin_changing(*, resource: Resource, by: User) -> ResourceDraft:
    """The draft in which somebody changes a resource; a new one starts with its newest version.

    Raises NotYoursError if the person may not change it.
    """
    Resource.objects.select_for_update().get(pk=resource.pk)
    if not may_edit(by, resource):
        raise NotYoursError
    known = ResourceDraft.objects.filter(owner=by, resource=resource, sent_at=None).first()
    if known is not None:
        return known
    values = values_of(version_to_change(resource))
    return ResourceDraft.objects.create(
        owner=by,
        resource=resource,
        base_revision=resource.latest_revision_id,
        base_values=values,
        values=values,
        done_steps=list(STEP_FIELDS),
    )


@transaction.atomic
def save_step(
    *,
    draft: ResourceDraft,
    step: str,
    values: Mapping[str, Any],
    seen: str,
    page: str,
    is_done: bool = True,
) -> ResourceDraft:
    """Keep the values of one step. ``seen``: the fingerprint of the step when the page was opened.

    ``page`` names that page: what it saved itself before is not somebody else's. ``is_done`` False:
    saved in passing, values that were suggested still need a look. Raises ChangedElsewhereError.
    """
    locked = _locked(draft)
    wanted = {field: values[field] for field in STEP_FIELDS[step] if field in values}
    differs = any(
        (locked.values.get(field) or empty(field)) != (value or empty(field))
        for field, value in wanted.items()
    )
    is_stale = seen != fingerprint(locked.values, step) and locked.writers.get(step) != page
    if differs and is_stale:
        raise ChangedElsewhereError({field: locked.value(field) for field in wanted})
    locked.values = {**locked.values, **wanted}
    locked.writers = {**locked.writers, step: page[:40]}
    if is_done:
        locked.sources = {
            field: source
            for field, source in locked.sources.items()
            if field not in STEP_FIELDS[step]
        }
        if step not in locked.done_steps:
            locked.done_steps = [*locked.done_steps, step]
    return _kept(locked)


@transaction.atomic
def keep_source(*, draft: ResourceDraft, values: Mapping[str, str]) -> None:
    """Keep the link or the DOI somebody began with."""
    locked = _locked(draft)
    given = {field: values[field] for field in ("url", "doi") if values.get(field)}
    locked.values = {**locked.values, **given}
    _kept(locked)


@transaction.atomic
def suggest(*, draft: ResourceDraft, found: Mapping[str, Fact]) -> list[str]:
    """Fill in what was found where nothing was typed, marked with its source.

    Returns the names of the fields that were filled in.
    """
    locked = _locked(draft)
    new = {field: fact for field, fact in found.items() if not locked.values.get(field)}
    locked.values = {**locked.values, **{field: fact.value for field, fact in new.items()}}
    locked.sources = {
        **locked.sources,
        **{field: str(fact.source) for field, fact in new.items()},
    }
    _kept(locked)
    return list(new)


@transaction.atomic
def add_file(*, draft: ResourceDraft, file: CheckedFile) -> Document:
    """Keep an uploaded file with the draft. Raises TooManyFilesError."""
    locked = _locked(draft)
    files = locked.values.get("files") or []
    if len(files) >= MAX_FILES:
        text = _("A resource has at most %(limit)s files.")
        raise TooManyFilesError(text % {"limit": MAX_FILES})
    same = locked.uploads.filter(document__file_hash=hash_filelike(file)).first()
    if same is not None and str(same.document.public_id) in files:
        return same.document  # the form was sent twice
    document = Document.objects.create(
        title=PurePosixPath(file.shown_name).stem[:255],
        file=file,
        uploaded_by_user_id=locked.owner_id,
    )
    DraftFile.objects.create(draft=locked, document=document)
    locked.values = {**locked.values, "files": [*files, str(document.public_id)]}
    _kept(locked)
    return document


@transaction.atomic
def remove_file(*, draft: ResourceDraft, public_id: str) -> None:
    """Take a file out of the draft; one that was uploaded for it is deleted. Others are no error."""
    try:
        UUID(public_id)
    except ValueError:
        return
    locked = _locked(draft)
    files = locked.values.get("files") or []
    locked.values = {**locked.values, "files": [one for one in files if one != public_id]}
    _kept(locked)
    for upload in locked.uploads.filter(document__public_id=public_id).select_related("document"):
        _delete_unused(upload.document)


@transaction.atomic
def note_distinct(*, draft: ResourceDraft, public_id: UUID) -> None:
    """The person says that a similar item is something else."""
    locked = _locked(draft)
    locked.distinct_from = list(dict.fromkeys([*locked.distinct_from, str(public_id)]))[-50:]
    _kept(locked)


@transaction.atomic
def discard(*, draft: ResourceDraft) -> None:
    """Delete a draft and the files that were uploaded for it alone."""
    locked = _locked(draft)
    documents = [upload.document for upload in locked.uploads.select_related("document")]
    locked.delete()
    for document in documents:
        _delete_unused(document)


def _locked(draft: ResourceDraft) -> ResourceDraft:
    """The row as it is now, held until the transaction ends. Raises SentOrGoneError."""
    locked = ResourceDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise SentOrGoneError(_("This was deleted meanwhile."))
    if locked.is_sent:
        raise SentOrGoneError(_("This was sent already."))
    return locked


def _kept(draft: ResourceDraft) -> ResourceDraft:
    draft.updated_at = timezone.now()
    draft.save()
    return draft


def _delete_unused(document: Document) -> None:
    if not ResourceFile.objects.filter(document=document).exists():
        document.delete()
