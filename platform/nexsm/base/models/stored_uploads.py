"""How an uploaded file and its row come to be, together or not at all."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from nexsm.base.media import quota
from nexsm.base.media.disk import full_message
from nexsm.base.media.refusals import NotStoredError
from nexsm.base.media.storage import is_full


class StoredUpload:
    """A file that is stored before its row, counted with its row, and never left without it."""

    # What the models have that are made with this.
    file: Any
    file_size: int
    pk: Any
    objects: ClassVar[Any]
    uploaded_by_user: Any
    organisation_id: UUID | None

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new file first: storing checks it, may change it, and finds out what it is.

        Raises ValidationError if the file is refused, NotStoredError if there is no space for it.
        Then nothing of it stays. The file it takes the place of goes when the row is safe.
        """
        upload: Any = self.file
        if not upload or upload._committed:  # noqa: SLF001 - Django offers no public name
            super().save(*args, **kwargs)  # type: ignore[misc]
            return
        with ExitStack() as undo:
            _store(upload)
            undo.callback(upload.storage.delete, upload.name)
            self._describe_file()
            self.file.close()
            with transaction.atomic():
                before = self._stored_before()
                self._count(before["file_size"] or 0)
                super().save(*args, **kwargs)  # type: ignore[misc]
                if before["file"]:
                    transaction.on_commit(partial(upload.storage.delete, before["file"]))
            undo.pop_all()

    def _describe_file(self) -> None:
        """Note size and hash of the stored file."""
        raise NotImplementedError

    def _stored_before(self) -> dict[str, Any]:
        rows = type(self).objects.filter(pk=self.pk).values("file", "file_size")
        found: dict[str, Any] | None = rows.first() if self.pk else None
        return found or {"file": "", "file_size": 0}

    def _count(self, replaced: int) -> None:
        try:
            quota.count(
                user=self.uploaded_by_user,
                organisation_id=self.organisation_id,
                size=self.file_size,
                replaced=replaced,
            )
        except ValidationError as refused:
            raise NotStoredError(refused.message, code=refused.code) from None


def _store(upload: Any) -> None:
    try:
        upload.save(upload.name, upload.file, save=False)
    except OSError as error:
        if not is_full(error):
            raise
        raise NotStoredError(full_message(), code="storage_full") from error
