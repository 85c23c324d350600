"""Keeps an uploaded schedule for the hour between its check and its import, for its uploader only."""

from __future__ import annotations

import re
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import signing

from nexsm.base.old_files import delete_older

_SALT = "conference.schedule_import"
# Nobody else keeps anything in it: what is old is deleted.
_FOLDER = "schedules"
_NAME = re.compile(r"[0-9a-f]{32}")
MAX_AGE = 60 * 60


def keep_upload(data: bytes, user: Any) -> str:
    """Store the bytes; returns the token that gives them back."""
    folder = _folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    name = uuid.uuid4().hex
    (folder / name).write_bytes(data)
    return signing.dumps([name, user.pk], salt=_SALT)


def kept_upload(token: str, user: Any) -> bytes | None:
    """The bytes of a token; None when it is damaged, too old, used, or somebody else's."""
    path = _path_of(token, user)
    try:
        return path.read_bytes() if path else None
    except FileNotFoundError:
        return None


def delete_upload(token: str, user: Any) -> None:
    """Delete the file of a token: it is imported. It holds names, also of people without consent."""
    path = _path_of(token, user)
    if path:
        path.unlink(missing_ok=True)


def delete_old_uploads() -> None:
    """Delete what was checked and not imported. A periodic job."""
    delete_older(_folder(), seconds=MAX_AGE)


def _path_of(token: str, user: Any) -> Path | None:
    try:
        name, owner = signing.loads(token, salt=_SALT, max_age=MAX_AGE)
    except (signing.BadSignature, ValueError):
        return None
    return _folder() / name if owner == user.pk and _NAME.fullmatch(name) else None


def _folder() -> Path:
    return Path(settings.DATA_DIR) / _FOLDER
