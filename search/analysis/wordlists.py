"""Our own small word lists in ``data/``: one entry a line, ``#`` begins a comment, fields after tabs."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a list, cut at tabs; none if there is no such list."""
    path = _DATA / name
    if not path.exists():
        return ()
    lines = (line.strip() for line in path.read_text(encoding="utf-8").splitlines())
    return tuple(tuple(line.split("\t")) for line in lines if line and not line.startswith("#"))


@cache
def words(name: str) -> frozenset[str]:
    """The first fields of a list."""
    return frozenset(row[0] for row in rows(name))


@cache
def overrides(lang: str) -> dict[str, str]:
    """Where the dictionary is wrong or knows nothing: written form → dictionary form."""
    return {row[0]: row[1] for row in rows(f"overrides_{lang}.txt")}
