"""How much a member and an organisation may upload, and whether the disk has space for it.

A form calls `check`, to say it at the field. `count` is called by the models in the transaction
that writes the row; it locks, so it also holds for uploads at the same moment.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from . import disk
from .publicity import is_editor


@dataclass(frozen=True, slots=True)
class Usage:
    """Bytes stored and how many there may be."""

    used: int
    limit: int

    @property
    def percent(self) -> int:
        """For a bar: 0 to 100."""
        return min(100, round(100 * self.used / self.limit)) if self.limit else 100


def _stored(**whose: Any) -> int:
    """Sum of all documents and pictures that fit, in bytes. Two queries."""
    return sum(
        model.objects.filter(**whose).aggregate(total=Sum("file_size"))["total"] or 0
        for model in (get_document_model(), get_image_model())
    )


def usage_of_member(user: Any) -> Usage:
    """What the files take up that this person uploaded."""
    return Usage(_stored(uploaded_by_user=user), settings.UPLOAD_MEMBER_BYTES)


def usage_of_organisation(organisation_id: UUID) -> Usage:
    """What the files of the organisation with this public id take up."""
    return Usage(_stored(organisation_id=organisation_id), settings.UPLOAD_ORGANISATION_BYTES)


def usage_of_day(user: Any) -> Usage:
    """What this person has uploaded today; what she has deleted since then counts, too."""
    account = _accounts().filter(user=user, day=timezone.localdate()).first()
    return Usage(account.day_bytes if account else 0, settings.UPLOAD_MEMBER_DAY_BYTES)


def is_limited(user: Any) -> bool:
    """Members are; programs (no user) and people with access to the admin are not."""
    return user is not None and user.pk is not None and not is_editor(user)


def check(*, user: Any, organisation_id: UUID | None = None, size: int, replaced: int = 0) -> None:
    """Raise ValidationError, with what is used and what to do, if this upload would be too much.

    ``size`` of the new file and ``replaced`` of the one it takes the place of are in bytes;
    ``organisation_id`` is the public id of the organisation it is for. For forms: nothing is
    counted or locked. The limits are settings; ASVS 5.2.4 asks for them.
    """
    disk.check_space(size - replaced)
    if is_limited(user):
        account = _accounts().filter(user=user).first()
        _check_day(account, size)
        _check_member(usage_of_member(user), size, replaced)
    if organisation_id is not None:
        _check_organisation(usage_of_organisation(organisation_id), size, replaced)


def count(*, user: Any, organisation_id: UUID | None, size: int, replaced: int) -> None:
    """Check once more and count, with the accounts locked until the end of the transaction.

    Call it inside the transaction that writes the row of the file, before the row. Raises
    ValidationError like `check`.
    """
    if is_limited(user):
        account, _made = _accounts().select_for_update().get_or_create(user=user)
        _check_day(account, size)
        _check_member(usage_of_member(user), size, replaced)
        if account.day != timezone.localdate():
            account.day, account.day_files, account.day_bytes = timezone.localdate(), 0, 0
        account.day_files += 1
        account.day_bytes += size
        account.save(update_fields=["day", "day_files", "day_bytes"])
    if (
        organisation_id is not None
    ):  # always after the member's: two uploads cannot block each other
        _accounts().select_for_update().get_or_create(organisation_id=organisation_id)
        _check_organisation(usage_of_organisation(organisation_id), size, replaced)


def assign(documents: Iterable[Any], *, organisation_id: UUID) -> None:
    """Count stored documents for an organisation, from when it is known that they are for it.

    Call it inside the transaction that says so. Raises ValidationError if its space is used up.
    """
    new = [document for document in documents if document.organisation_id != organisation_id]
    if not new:
        return
    _accounts().select_for_update().get_or_create(organisation_id=organisation_id)
    size = sum(document.file_size or 0 for document in new)
    _check_organisation(usage_of_organisation(organisation_id), size, 0)
    primary_keys = [document.pk for document in new]
    get_document_model().objects.filter(pk__in=primary_keys).update(organisation_id=organisation_id)


def _accounts() -> Any:
    # The models of the floor import this module.
    return apps.get_model("base", "UploadAccount").objects


def _check_day(account: Any, size: int) -> None:
    if account is None or account.day != timezone.localdate():
        files = used = 0
    else:
        files, used = account.day_files, account.day_bytes
    if files >= settings.UPLOAD_MEMBER_DAY_FILES:
        raise ValidationError(
            _("You have uploaded %(files)s files today; more are possible tomorrow.")
            % {"files": files},
            code="quota_day",
        )
    if used + size > settings.UPLOAD_MEMBER_DAY_BYTES:
        raise ValidationError(
            _(
                "You have uploaded %(used)s of the %(limit)s possible today, and this file has "
                "%(size)s. Please upload it tomorrow, or make it smaller."
            )
            % _sizes(used, settings.UPLOAD_MEMBER_DAY_BYTES, size),
            code="quota_day",
        )


def _check_member(usage: Usage, size: int, replaced: int) -> None:
    if usage.used + size - replaced > usage.limit:
        raise ValidationError(
            _(
                "Your files take up %(used)s of %(limit)s, and this file has %(size)s. Please delete "
                "files that are not needed any more, make this one smaller, or give a link instead."
            )
            % _sizes(usage.used, usage.limit, size),
            code="quota_member",
        )


def _check_organisation(usage: Usage, size: int, replaced: int) -> None:
    if usage.used + size - replaced > usage.limit:
        raise ValidationError(
            _(
                "The files of this organisation take up %(used)s of %(limit)s, and this file has "
                "%(size)s. Please delete files that are not needed any more, make this one smaller, "
                "or give a link instead."
            )
            % _sizes(usage.used, usage.limit, size),
            code="quota_organisation",
        )


def _sizes(used: int, limit: int, size: int) -> dict[str, str]:
    return {
        "used": filesizeformat(used),
        "limit": filesizeformat(limit),
        "size": filesizeformat(size),
    }
