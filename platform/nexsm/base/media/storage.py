"""Files on the disk: whole or not at all."""

from __future__ import annotations

import errno
import os
import uuid
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.storage import FileSystemStorage

# The end of the name of a file that is still being written.
UNFINISHED = ".part"
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def is_full(error: OSError) -> bool:
    """Whether the disk, or what this program may use of it, is full."""
    return error.errno in _FULL


class _Written(File[bytes]):
    """A file that lies next to its place already; Django's storage only has to move it."""

    def __init__(self, path: Path) -> None:
        super().__init__(None, name=str(path))
        self.path = path

    def temporary_file_path(self) -> str:
        """Django moves what has one of these."""
        return str(self.path)


class WholeFileStorage(FileSystemStorage):
    """Django's storage, with a file that appears under its name only when all of it is on the disk.

    A full disk leaves nothing, a killed program only a file that ends in `.part`.
    """

    def _save(self, name: str, content: Any) -> str:
        part = Path(self.path(f"{name}.{uuid.uuid4().hex}{UNFINISHED}"))
        part.parent.mkdir(parents=True, exist_ok=True)
        try:
            with part.open("xb") as target:
                for chunk in content.chunks():
                    target.write(chunk if isinstance(chunk, bytes) else chunk.encode())
                target.flush()
                os.fsync(target.fileno())
            saved: str = super()._save(name, _Written(part))  # type: ignore[misc]
            return saved
        finally:
            part.unlink(missing_ok=True)
