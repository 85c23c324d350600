"""Reading a file in a child process: what comes out of it, or why nothing does. Knows no Django."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from search.files.limits import Limits
from search.files.outcome import Outcome

_PROGRAM = "search.files.child"
_ROOT = Path(__file__).resolve().parents[2]
# The child gets nothing of our environment: it holds the password of the database.
_ENVIRONMENT = {"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONUTF8": "1"}
_LONGEST_COMPLAINT = 300


@dataclass(frozen=True, slots=True)
class Extract:
    """The text of a file. ``is_numbered``: pages are pages readers can turn to, the first is 1."""

    outcome: Outcome
    pages: tuple[str, ...] = ()
    is_numbered: bool = False
    is_cut: bool = False
    detail: str = ""


def extract(file: IO[bytes], limits: Limits | None = None) -> Extract:
    """Read a file. What was read before a limit was reached is kept, and ``is_cut`` says so.

    Whatever the file does, this comes back within ``limits.wall_seconds``. Raises OSError if the file
    or the disk cannot be used.
    """
    limits = limits or Limits()
    with (
        _real_file(file) as source,
        tempfile.TemporaryFile() as out,
        tempfile.TemporaryFile() as err,
    ):
        status = _run(source, out, err, limits)
        out.seek(0)
        found = understood(out.read(limits.output), status)
        if status and not found.pages:
            err.seek(0)
            complaint = err.read().decode("utf-8", "replace").strip()[-_LONGEST_COMPLAINT:]
            return Extract(found.outcome, detail=found.detail or complaint)
    return found


def _run(source: IO[bytes], out: IO[bytes], err: IO[bytes], limits: Limits) -> int | None:
    """The exit status of the child, negative for a signal; None if its time was up."""
    program = [sys.executable, "-B", "-m", _PROGRAM, json.dumps(asdict(limits))]
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
            return child.wait(limits.wall_seconds)
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


def understood(output: bytes, status: int | None) -> Extract:
    """What the lines of a child say. ``status`` is its exit status, None if it was ended."""
    pages: list[str] = []
    is_numbered = False
    end: dict[str, Any] = {}
    for line in _lines(output):
        if "page" in line:
            pages.append(line["page"])
        elif "numbered" in line:
            is_numbered = line["numbered"]
        else:
            end = line
    outcome = Outcome(end["end"]) if end else _of_status(status)
    detail = end.get("detail", "") or ("" if end else f"status {status}")
    if any(pages):
        # Some text is better than none: what stopped the rest is told as a reason, not as a state.
        is_cut = bool(end.get("cut", True))
        return Extract(Outcome.READ, tuple(pages), is_numbered, is_cut, detail)
    return Extract(outcome, detail=detail)


def _lines(output: bytes) -> Iterator[dict[str, Any]]:
    """The complete lines. The last one of a child that was killed may be cut off."""
    for line in output.split(b"\n")[:-1]:
        yield json.loads(line)


def _of_status(status: int | None) -> Outcome:
    """Why a child without a last line has ended."""
    if status in {None, -signal.SIGXCPU, -signal.SIGKILL}:
        return Outcome.TIMED_OUT
    if status in {-signal.SIGXFSZ, -signal.SIGABRT}:  # pdfium aborts when it gets no memory
        return Outcome.TOO_BIG
    return Outcome.DAMAGED
