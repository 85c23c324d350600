"""What can become of reading a file. The values are those of ``search.models.TextState``."""

from __future__ import annotations

from enum import StrEnum


class Outcome(StrEnum):
    """The end of reading."""

    READ = "read"
    EMPTY = "empty"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_BIG = "too_big"
    TIMED_OUT = "timed_out"
    UNSUPPORTED = "unsupported"


class CannotReadError(Exception):
    """The file has no text for us; ``outcome`` says why, the message says it to administrators."""

    def __init__(self, outcome: Outcome, detail: str = "") -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
