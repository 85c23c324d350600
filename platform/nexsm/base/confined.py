"""Reading what strangers made in a process of its own, with narrow limits. Knows no Django.

``run`` starts a program of ours and hands it the bytes; the program calls ``confine`` before it
looks at them. Whatever they do to it, our process stays well and gets an answer in time.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

_ROOT = Path(__file__).resolve().parents[3]
# The child gets nothing of our environment: it holds the password of the database.
_ENVIRONMENT = {
    "PATH": os.defpath,
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "PYTHONPATH": str(_ROOT / "platform"),
}
_FEW_FILES = 64
_LONGEST_COMPLAINT = 300


class Bounds(Protocol):
    """What the child may use: seconds and bytes."""

    @property
    def cpu_seconds(self) -> int:
        """Seconds of the processor."""
        ...

    @property
    def wall_seconds(self) -> float:
        """Seconds from beginning to end."""
        ...

    @property
    def memory(self) -> int:
        """Bytes of memory."""
        ...

    @property
    def output(self) -> int:
        """Bytes it may write."""
        ...


@dataclass(frozen=True, slots=True)
class Finished:
    """What a child left behind. ``status`` is negative for a signal, None if its time was up."""

    output: bytes
    status: int | None
    complaint: str


def confine(bounds: Bounds) -> None:
    """Give up what reading needs not, for good. Only for the child."""
    os.nice(10)  # visitors come first
    for what, most in (
        (resource.RLIMIT_CPU, bounds.cpu_seconds),
        (resource.RLIMIT_AS, bounds.memory),
        (resource.RLIMIT_FSIZE, bounds.output),
        (resource.RLIMIT_NOFILE, _FEW_FILES),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def run(module: str, *arguments: str, file: IO[bytes], bounds: Bounds) -> Finished:
    """Run ``python -m module`` with the file as its standard input.

    Comes back within ``bounds.wall_seconds``, whatever the file does. Raises OSError if the file or
    the disk cannot be used.
    """
    with (
        _real_file(file) as source,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        status = _wait([sys.executable, "-B", "-m", module, *arguments], source, out, err, bounds)
        out.seek(0)
        err.seek(0)
        complaint = err.read().decode("utf-8", "replace").strip()[-_LONGEST_COMPLAINT:]
        return Finished(out.read(bounds.output), status, complaint)


def _wait(
    program: list[str], source: IO[bytes], out: IO[bytes], err: IO[bytes], bounds: Bounds
) -> int | None:
    with subprocess.Popen(  # noqa: S603 - our own program, and the file is no argument
        program,
        stdin=source,
        stdout=out,
        stderr=err,
        cwd=_ROOT,
        env=_ENVIRONMENT,
        start_new_session=True,
    ) as child:
        try:
            return child.wait(bounds.wall_seconds)
        except subprocess.TimeoutExpired:
            return None
        finally:
            child.kill()


@contextmanager
def _real_file(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """The file as one the operating system knows; others, of a remote storage, are copied first."""
    file.seek(0)
    try:
        descriptor = file.fileno()
    except (AttributeError, OSError):
        with tempfile.TemporaryFile() as copy:
            shutil.copyfileobj(file, copy)
            copy.seek(0)
            yield copy
    else:
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield file
