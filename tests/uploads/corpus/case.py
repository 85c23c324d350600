"""What a file of the corpus is, and what must happen to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property


class Verdict(Enum):
    """What an upload route must say."""

    REJECT = "reject"
    ACCEPT = "accept"
    # It may come in, because no browser and no reader of ours does with it what it is meant to do:
    # it is sent with the type of our table, and packed parts are never unpacked.
    EITHER = "either"


REJECT, ACCEPT, EITHER = Verdict.REJECT, Verdict.ACCEPT, Verdict.EITHER


@dataclass(frozen=True)
class Case:
    """One file. ``make`` writes it when it is needed; ``why`` is the reason for the verdict."""

    name: str
    make: Callable[[], bytes]
    why: str
    document: Verdict = REJECT
    image: Verdict = REJECT
    # Bytes that must not be in what is stored: pictures are written anew from their pixels.
    gone: bytes = b""

    @cached_property
    def content(self) -> bytes:
        """Its bytes, made once in a process: some take a second, and every route wants them."""
        return self.make()

    @property
    def label(self) -> str:
        """A readable name of the test."""
        return ascii(self.name)[1:50] + "-" + self.why[:30].replace(" ", "_")


def fixed(content: bytes) -> Callable[[], bytes]:
    """A file whose bytes are there already."""
    return lambda: content
