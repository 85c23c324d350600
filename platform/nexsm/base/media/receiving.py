"""While a request comes in: no more of a file is kept than the largest one we take."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class LimitHandler(FileUploadHandler):
    """Throws away what comes after the limit, and reads on.

    Django would put a body of any length on the disk before a form says that it is too big. Here
    the file is cut off just above the limit, so that the form refuses it by its size, and the
    fields that follow it are still read: nothing typed is lost.
    """

    chunk_size = 64 * 1024
    left = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Each file has the same allowance."""
        super().new_file(*args, **kwargs)
        self.left = settings.WAGTAILDOCS_MAX_UPLOAD_SIZE

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:  # noqa: ARG002
        """Hand the chunk on, or drop it once the allowance is used up."""
        if self.left < 0:
            return None
        self.left -= len(raw_data)
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002 - the next handler has the file
        """Leave the file to the handlers that keep it."""
        return
