"""A fingerprint of everything that shapes tokens. An index made with another one is rebuilt."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

_PACKAGES = ("PyStemmer", "regex", "simplemma")


def _fingerprint() -> str:
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted([*here.rglob("*.py"), *here.rglob("*.txt")]):
        digest.update(path.relative_to(here).as_posix().encode())
        digest.update(path.read_bytes())
    for package in _PACKAGES:
        digest.update(f"{package}={version(package)}".encode())
    return digest.hexdigest()[:12]


ANALYSIS_VERSION = _fingerprint()
