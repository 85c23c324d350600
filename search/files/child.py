"""The program that reads one file: from its standard input, with limits it sets itself first.

It writes lines of JSON: ``{"numbered": true}``, then ``{"page": "text"}`` for each page, at the end
``{"end": "read", "cut": false, "detail": ""}``. Run by ``search.files.extraction``.
"""

from __future__ import annotations

import json
import sys
from typing import IO

from nexsm.base.confined import confine
from search.files.limits import Limits
from search.files.outcome import CannotReadError, Outcome


def read(file: IO[bytes], out: IO[str], limits: Limits) -> None:
    """Read a file page by page. Raises CannotReadError."""
    # The parsers are loaded under the limits.
    from search.files.kinds import sniff  # noqa: PLC0415
    from search.files.readers import READERS  # noqa: PLC0415
    from search.files.readers.text import clean  # noqa: PLC0415

    text = READERS[sniff(file)](file, limits)
    _write(out, {"numbered": text.is_numbered})
    left = limits.characters
    has_text = False
    is_cut = False
    for number, page in enumerate(text.pages):
        if number >= limits.pages or left <= 0:
            is_cut = True
            break
        content = clean(page).strip()
        is_cut = is_cut or len(content) > left
        content = content[:left]
        left -= len(content)
        has_text = has_text or bool(content)
        _write(out, {"page": content})
    end = Outcome.READ if has_text else Outcome.EMPTY
    _write(out, {"end": end, "cut": is_cut or text.is_cut, "detail": ""})


def _write(out: IO[str], line: dict[str, object]) -> None:
    out.write(json.dumps(line) + "\n")
    out.flush()


def run(file: IO[bytes], out: IO[str], limits: Limits) -> None:
    """Read a file and say how it ended. Raises OSError if that cannot be written."""
    try:
        read(file, out, limits)
    except CannotReadError as error:
        _fail(out, error.outcome, error.detail)
    except MemoryError:
        _fail(out, Outcome.TOO_BIG, "memory")
    except Exception as error:  # noqa: BLE001 - parsers raise all kinds of errors for broken files
        _fail(out, Outcome.DAMAGED, f"{type(error).__name__}: {error}"[:200])


def main() -> None:
    """Read standard input under the limits given as JSON."""
    limits = Limits(**json.loads(sys.argv[1]))
    confine(limits)
    with open(0, "rb", buffering=0, closefd=False) as file:
        run(file, sys.stdout, limits)


def _fail(out: IO[str], outcome: Outcome, detail: str) -> None:
    _write(out, {"end": outcome, "cut": True, "detail": detail})


if __name__ == "__main__":
    main()
