"""Whether the files of a Tantivy index are what Tantivy once wrote.

Opening an index proves little: a file that was cut or changed is noticed when a query happens to need
the broken part, as a wrong answer, an error, or a crash of the process. Every file of a segment is
written once and ends with a checksum, so the files can be compared with themselves.
"""

from __future__ import annotations

import json
import threading
import time
import zlib
from collections.abc import Callable
from pathlib import Path
from struct import unpack

# So much is read at one look; an index that is larger takes several looks.
PORTION_BYTES = 64_000_000
_READ_AT_ONCE = 1_000_000
_EXTENSIONS = ("idx", "store", "fieldnorm", "pos", "fast", "term")
# The last bytes of a file: "{…, "crc": 123}", the length of that, and this number.
_MAGIC = 1337
_TAIL = 8
_ATTEMPTS = 3


class FileCheck:
    """Looks at the files of one generation. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._sizes: dict[str, int] = {}
        self._read_at: dict[str, float] = {}

    def sizes(self) -> str:
        """What is missing or has another size than before; empty if nothing. Opens no file but one."""
        with self._lock:
            return self._steadily(self._compare_sizes)

    def contents(self, portion: int = PORTION_BYTES) -> str:
        """What differs from its checksum among the files not looked at for longest; empty if nothing."""
        with self._lock:
            return self._steadily(self._compare_sizes) or self._steadily(
                lambda: self._compare_contents(portion)
            )

    def _steadily(self, look: Callable[[], str]) -> str:
        """Look again if the writer has replaced files meanwhile."""
        found = ""
        for _attempt in range(_ATTEMPTS):
            before = self._stamp()
            found = look()
            if not found or before == self._stamp():
                break
        return found

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = (self.folder / "meta.json").stat()
        except OSError:
            return None
        return stat.st_mtime_ns, stat.st_ino

    def _names(self) -> list[str]:
        meta = json.loads((self.folder / "meta.json").read_bytes())
        names: list[str] = []
        for segment in meta["segments"]:
            stem = segment["segment_id"].replace("-", "")
            names.extend(f"{stem}.{extension}" for extension in _EXTENSIONS)
            if segment["deletes"]:
                names.append(f"{stem}.{segment['deletes']['opstamp']}.del")
        return names

    def _compare_sizes(self) -> str:
        try:
            sizes = {name: (self.folder / name).stat().st_size for name in self._names()}
        except (OSError, ValueError, KeyError, TypeError) as error:
            return f"{type(error).__name__}: {error}"
        for name, size in sizes.items():
            if self._sizes.get(name, size) != size:
                return f"{name} has another size than before"
        self._sizes = sizes
        return ""

    def _compare_contents(self, portion: int) -> str:
        self._read_at = {name: self._read_at.get(name, 0.0) for name in self._sizes}
        for name in sorted(self._sizes, key=lambda name: self._read_at[name]):
            try:
                is_whole = _is_whole(self.folder / name, self._sizes[name])
            except (OSError, ValueError, KeyError, TypeError) as error:
                return f"{name}: {type(error).__name__}: {error}"
            if not is_whole:
                return f"{name} is not what was written"
            self._read_at[name] = time.monotonic()
            portion -= self._sizes[name]
            if portion <= 0:
                break
        return ""


def _is_whole(path: Path, size: int) -> bool:
    """Whether the checksum at the end of a file is that of the rest."""
    with path.open("rb") as file:
        file.seek(max(0, size - _TAIL))
        length, magic = unpack("<II", file.read(_TAIL).rjust(_TAIL, b"\0"))
        end = size - _TAIL - length
        if magic != _MAGIC or end < 0:
            return False
        file.seek(end)
        expected = json.loads(file.read(length))["crc"]
        file.seek(0)
        found = 0
        while end > 0 and (part := file.read(min(end, _READ_AT_ONCE))):
            found = zlib.crc32(part, found)
            end -= len(part)
    return bool(end == 0 and found == expected)
