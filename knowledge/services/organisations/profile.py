"""A changed profile: a new version that is sent for review, or published at once if it is trusted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from knowledge.models import Organisation, Submission
from knowledge.queries.membership import may_edit
from knowledge.services.curation import CannotCurateError, refuse_locked
from knowledge.services.submissions import SubmissionError, submit
from nexsm.accounts.models import User
from nexsm.base.models import Image

from .errors import PeopleError
from .memberships import lock


class ChangedMeanwhileError(PeopleError):
    """Somebody saved another version after this one was opened."""


def newest_version(organisation: Organisation) -> Organisation:
    """The profile with all changes, also those that are not online yet."""
    version: Organisation = organisation.get_latest_revision_as_object()
    return version


@transaction.atomic
def send_profile(
    *, version: Organisation, by: User, seen: int | None, logo: File[Any] | None = None
) -> Submission:
    """Save a changed profile and send it. ``seen`` is the number of the version it was made from.

    Raises PermissionDenied if the person may not change it, ChangedMeanwhileError if there is a
    newer version than ``seen``, PeopleError if the organisation is blocked or the profile locked.
    """
    current = lock(version)
    if not may_edit(by, current):
        raise PermissionDenied
    if current.latest_revision_id != seen:
        raise ChangedMeanwhileError(_("Somebody else has changed the profile meanwhile."))
    try:
        refuse_locked(current, by)
        if logo is not None:
            version.logo = Image.objects.create(
                title=version.name,
                file=logo,
                uploaded_by_user=by,
                organisation_id=current.public_id,
            )
        version.save_revision(user=by, log_action=True)
        current.refresh_from_db()
        return submit(item=current, by=by)
    except (CannotCurateError, SubmissionError) as error:
        raise PeopleError(str(error)) from error
