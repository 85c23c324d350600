"""Uploaded files between the upload and the import: private, on this machine, for a day."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from knowledge.services.imports.problems import ImportRefusedError
from nexsm.base.media import disk
from nexsm.base.media.storage import is_full
from nexsm.base.old_files import delete_older

MAX_AGE = 24 * 3600
_FOLDER = "imports"


def path_of(key: UUID) -> Path:
    """Where the file of an import lies. The name is ours, never the uploader's."""
    return Path(settings.DATA_DIR) / _FOLDER / key.hex


def check_space(size: int) -> None:
    """Raise ValidationError if a file of so many bytes would fill the disk."""
    disk.check_space(size, Path(settings.DATA_DIR) / _FOLDER)


def keep(key: UUID, upload: Any) -> Path:
    """Store an uploaded file so that only this program reads it. Raises ImportRefusedError on a full disk."""
    path = path_of(key)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    try:
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
    except OSError as error:
        path.unlink(missing_ok=True)
        if is_full(error):  # somebody else took the space since the form looked
            raise ImportRefusedError.because(disk.full_message()) from error
        raise
    return path


def delete(key: UUID) -> None:
    """Delete the file, if it is still there."""
    path_of(key).unlink(missing_ok=True)


def delete_old() -> None:
    """Delete what nobody has used for a day."""
    delete_older(Path(settings.DATA_DIR) / _FOLDER, seconds=MAX_AGE, is_held=is_held)


@contextmanager
def held(path: Path) -> Iterator[bool]:
    """Hold the file while it is worked on; False: somebody else does.

    The operating system lets go of it when the process dies, however it dies.
    """
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


def is_held(path: Path) -> bool:
    """Whether a process works on the file now."""
    if not path.exists():
        return False
    with held(path) as free:
        return not free
