"""Health of parts that rooms above the floor bring: they register a probe here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Probe = Callable[[], dict[str, Any]]
_probes: dict[str, Probe] = {}


def register(name: str, probe: Probe) -> None:
    """Add a probe. It returns a dictionary with at least ``ok``, and never raises."""
    _probes[name] = probe


def collect() -> dict[str, dict[str, Any]]:
    """Ask all probes."""
    return {name: probe() for name, probe in _probes.items()}
