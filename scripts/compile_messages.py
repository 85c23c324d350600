"""Compile the message catalogues without the gettext programs, which a fresh machine lacks."""

from __future__ import annotations

import sys
from pathlib import Path

import polib

LOCALE = Path(__file__).resolve().parent.parent / "locale"


def compile_catalogues(folder: Path) -> list[Path]:
    """Write the .mo file beside each .po file that is newer. Returns what was written.

    Fuzzy and empty entries are left out, as msgfmt does.
    """
    written = []
    for source in sorted(folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        unfinished = target.with_suffix(".mo.part")
        polib.pofile(str(source)).save_as_mofile(str(unfinished))
        unfinished.replace(target)  # a running site never reads half a file
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_catalogues(LOCALE):
        print(f"compiled {path.relative_to(LOCALE.parent)}", file=sys.stderr)
