"""Where the generations of the embedded index lie: a folder each, and a pointer that names one."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Set as AbstractSet
from pathlib import Path

POINTER = "CURRENT"
# These say something about the process or the machine, not about the file.
_NO_ANSWER = {errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EINTR}


class Folders:
    """The generations below one folder. Methods raise OSError."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, generation: str) -> Path:
        """The folder of a generation."""
        return self.root / generation

    def current(self) -> str | None:
        """The generation the pointer names; None if it names none, or cannot be read for good."""
        try:
            name = (self.root / POINTER).read_text(encoding="ascii").strip()
        except OSError as error:
            if error.errno in _NO_ANSWER:
                raise
            return None
        except UnicodeDecodeError:
            return None
        # Whatever else stands in a damaged pointer must not lead out of the folder.
        is_name = name.replace("_", "").isalnum()
        return name if is_name and self.path(name).is_dir() else None

    def point_to(self, generation: str) -> None:
        """Let the pointer name this generation, in one step."""
        pointer, pending = self.root / POINTER, self.root / f"{POINTER}.new"
        with pending.open("w", encoding="ascii") as file:
            file.write(generation)
            file.flush()
            os.fsync(file.fileno())  # else a power cut may leave an empty pointer
        if pointer.is_dir():
            shutil.rmtree(pointer)
        os.replace(pending, pointer)  # noqa: PTH105 - atomic, and says so

    def delete_all_but(self, kept: AbstractSet[str | None]) -> list[str]:
        """Delete the other generations and return their names."""
        if not self.root.is_dir():
            return []
        others = [path for path in self.root.iterdir() if path.is_dir() and path.name not in kept]
        for folder in others:
            shutil.rmtree(folder, ignore_errors=True)
        return sorted(folder.name for folder in others)

    def delete(self, generation: str) -> None:
        """Delete one generation."""
        shutil.rmtree(self.path(generation), ignore_errors=True)
