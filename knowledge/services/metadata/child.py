"""The program that reads what strangers made: ``python -m … <kind> <content type> <limits>``.

Reads standard input, writes a list of facts as JSON. Run by ``knowledge.services.metadata.reading``.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import IO

from nexsm.base.confined import confine

MEBIBYTE = 1024 * 1024
PDF, PAGE, CSL = "pdf", "page", "csl"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one file or page may take. Seconds, bytes."""

    cpu_seconds: int = 3
    wall_seconds: float = 6.0
    memory: int = 512 * MEBIBYTE
    output: int = MEBIBYTE


def read(kind: str, content_type: str, file: IO[bytes]) -> list[dict[str, object]]:
    """The facts of a file or page. Raises whatever parsers raise for broken ones."""
    # The parsers are loaded under the limits, and only the one that is needed.
    from knowledge.services.metadata import csl, pages  # noqa: PLC0415

    if kind == PDF:
        from knowledge.services.metadata import pdf  # noqa: PLC0415

        found = pdf.read(file)
    elif kind == PAGE:
        found = [pages.read(file.read(), content_type)]
    else:
        found = [csl.read(file.read())]
    return [facts.as_json() for facts in found]


def main() -> None:
    """Read standard input under the limits. Fails with a traceback, which the parent logs."""
    kind, content_type, limits = sys.argv[1:4]
    confine(Limits(**json.loads(limits)))
    with open(0, "rb", buffering=0, closefd=False) as file:
        json.dump(read(kind, content_type, file), sys.stdout)


if __name__ == "__main__":
    main()
