"""Reading a file in a child process: what comes out of it, or why nothing does. Knows no Django."""

from __future__ import annotations

import json
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import IO, Any

from nexsm.base.confined import run
from search.files.limits import Limits
from search.files.outcome import Outcome

_PROGRAM = "search.files.child"


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
    finished = run(_PROGRAM, json.dumps(asdict(limits)), file=file, bounds=limits)
    found = understood(finished.output, finished.status)
    if finished.status and not found.pages:
        return Extract(found.outcome, detail=found.detail or finished.complaint)
    return found


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
