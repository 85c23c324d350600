"""A fingerprint of everything that shapes tokens. An index made with another one is rebuilt."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("PyStemmer", "regex", "simplemma")


def fingerprint(folder: Path = Path(__file__).parent) -> str:
    """Twelve characters that change with every file of the analysis and every package it uses."""
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.rglob("*.txt")]):
        digest.update(path.relative_to(folder).as_posix().encode())
        digest.update(path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package}={version(package)}".encode())
    return digest.hexdigest()[:12]


ANALYSIS_VERSION = fingerprint()
