"""Parts of a zip archive, read as they are unpacked and never more than the limits allow."""

from __future__ import annotations

import io
import zipfile
from typing import IO, Any, Self

from search.files.limits import (
    MAX_ENTRIES,
    MAX_PART,
    MAX_RATIO,
    MAX_UNPACKED,
    RATIO_COUNTS_FROM,
)
from search.files.outcome import CannotReadError, Outcome

_ENCRYPTED_FLAG = 0x1
_LONGEST_MIMETYPE = 100


class Archive:
    """A zip archive whose directory has been checked; what is really unpacked is counted as well."""

    def __init__(self, file: IO[bytes]) -> None:
        """Raises zipfile.BadZipFile, or CannotReadError if the archive is a bomb or encrypted."""
        file.seek(0)
        self._zip = zipfile.ZipFile(file)
        self._left = MAX_UNPACKED
        entries = self._zip.infolist()
        self.names = [entry.filename for entry in entries]
        if len(entries) > MAX_ENTRIES:
            raise CannotReadError(Outcome.TOO_BIG, f"{len(entries)} parts")
        if any(entry.flag_bits & _ENCRYPTED_FLAG for entry in entries):
            raise CannotReadError(Outcome.ENCRYPTED)
        self._refuse_bombs(entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_args: object) -> None:
        self._zip.close()

    def _refuse_bombs(self, entries: list[zipfile.ZipInfo]) -> None:
        if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
            raise CannotReadError(Outcome.TOO_BIG, "too much when unpacked")
        for entry in entries:
            if _is_too_dense(entry.file_size, entry.compress_size):
                raise CannotReadError(Outcome.TOO_BIG, f"{entry.filename} is packed too densely")

    def mimetype(self) -> str:
        """What an OpenDocument file says it is; empty if it does not say."""
        if "mimetype" not in self.names:
            return ""
        with self.open("mimetype") as part:
            return part.read(_LONGEST_MIMETYPE).decode("ascii", "replace").strip()

    def open(self, name: str) -> IO[bytes]:
        """A part as a stream. Raises KeyError if there is none; CannotReadError while it is read."""
        entry = self._zip.getinfo(name)
        return io.BufferedReader(_Counted(self._zip.open(entry), entry.compress_size, self))

    def count(self, size: int) -> None:
        """Note that bytes were unpacked."""
        self._left -= size
        if self._left < 0:
            raise CannotReadError(Outcome.TOO_BIG, "too much when unpacked")


class _Counted(io.RawIOBase):
    """A part that ends with an error where it becomes too big, whatever its header claims."""

    def __init__(self, part: IO[bytes], packed: int, archive: Archive) -> None:
        super().__init__()
        self._part = part
        self._packed = packed
        self._archive = archive
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        content = self._part.read(len(buffer))
        self._archive.count(len(content))
        self._size += len(content)
        if self._size > MAX_PART or _is_too_dense(self._size, self._packed):
            raise CannotReadError(Outcome.TOO_BIG, "a part is too big when unpacked")
        buffer[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._part.close()
        super().close()


def _is_too_dense(size: int, packed: int) -> bool:
    return size > RATIO_COUNTS_FROM and size > MAX_RATIO * max(packed, 1)
