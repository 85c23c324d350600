"""Files that are not the editors' to use or to delete yet.

Wagtail shows editors every document. Two kinds are no matter of theirs: files of what somebody is still
writing and has sent to nobody, and files that only a version needs which is not online: Wagtail's index of
references does not know them, and a version whose file is gone cannot be read any more. The floor does
not know drafts. Each room registers in `AppConfig.ready` what it knows.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db.models import Model, QuerySet
from wagtail.documents import get_document_model_string
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from nexsm.base.providers import Providers

if TYPE_CHECKING:
    from nexsm.base.models import Document

# Rows with a foreign key ``document``: these files are for nobody but who uploaded them.
_private: Providers[[], QuerySet[Any]] = Providers()
keep_private = _private.register
# Reasons not to delete a file: what would be damaged without it.
_needs: Providers[[Document], Iterable[Model]] = Providers()
need = _needs.register


def is_private(document: Document) -> bool:
    """Whether the file belongs to something that was not sent."""
    return any(rows.filter(document=document).exists() for rows in _private.answers())


def is_needed(document: Document) -> bool:
    """Whether something that is not online yet would be damaged without the file."""
    return any(True for found in _needs.answers(document) for _one in found)


def needed_by(document: Document) -> list[Model]:
    """What that is. Not everybody may see all of it."""
    return [one for found in _needs.answers(document) for one in found]


def file_policy() -> FilePolicy:
    """The policy of documents, with the names Wagtail uses (``wagtail.documents.get_permission_policy``)."""
    return FilePolicy(
        get_document_model_string(),
        auth_model="wagtaildocs.Document",
        owner_field_name="uploaded_by_user",
    )


class FilePolicy(CollectionOwnershipPermissionPolicy):
    """The rights of Wagtail, without the files that are held. Superusers have no other rights here."""

    def instances_user_has_any_permission_for(
        self, user: Any, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """Documents somebody may use in one of these ways; private ones are not among them."""
        found = super().instances_user_has_any_permission_for(user, actions)
        for rows in _private.answers():
            found = found.exclude(pk__in=rows.filter(document__isnull=False).values("document"))
        return found

    def user_has_any_permission_for_instance(
        self, user: Any, actions: Iterable[str], instance: Document
    ) -> bool:
        """Whether somebody may use this document in one of these ways."""
        left = set(actions)
        if is_private(instance):
            return False
        if "delete" in left and is_needed(instance):
            left.discard("delete")
        return bool(left) and super().user_has_any_permission_for_instance(user, left, instance)
