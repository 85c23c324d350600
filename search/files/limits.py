"""How much reading one file may cost. Measured values and reasons: docs/search-files.md."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024

# Archives: the same bounds as for uploads (nexsm.base.media.archives), because files also come from
# imports and backups, and the headers checked there may lie about what is packed.
MAX_ENTRIES = 2_000
MAX_PART = 64 * MEBIBYTE
MAX_UNPACKED = 200 * MEBIBYTE
MAX_RATIO = 100
# Small parts of honest files pack very well, so the ratio counts from here.
RATIO_COUNTS_FROM = MEBIBYTE

# Text without pages is kept in pieces of about this many characters.
PIECE = 8_000
# More than any printed page holds: page breaks are missing, so there are no page numbers to tell.
LONGEST_PAGE = 8_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use. Seconds, bytes, characters."""

    cpu_seconds: int = 10
    wall_seconds: float = 30.0
    memory: int = 512 * MEBIBYTE
    # JSON needs up to six bytes for a character; this is the wall behind ``characters``.
    output: int = 8 * MEBIBYTE
    characters: int = 1_000_000
    pages: int = 2_000
