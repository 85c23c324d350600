"""Where the files of the project are."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("platform", "knowledge", "conference", "search")
SOURCES = (*ROOMS, "tests", "scripts")


def files(pattern, *folders):
    """Files below the folders, in a fixed order, without what tools made."""
    found = {path for folder in folders for path in (ROOT / folder).rglob(pattern)}
    return sorted(path for path in found if "__pycache__" not in path.parts)


def name(path):
    return path.relative_to(ROOT).as_posix()
