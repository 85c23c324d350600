"""Files that are kept between two pages of a form, and deleted when nobody came back."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def delete_older(
    folder: Path, *, seconds: float, is_held: Callable[[Path], bool] = lambda _path: False
) -> None:
    """Delete what nobody has written to for so long, but not what is held. The folder may be missing."""
    oldest = time.time() - seconds
    for path in folder.iterdir() if folder.is_dir() else ():
        with suppress(FileNotFoundError):  # somebody else deletes it at this moment
            if path.stat().st_mtime < oldest and not is_held(path):
                path.unlink()
