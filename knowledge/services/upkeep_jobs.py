"""What upkeep does by itself. Each job is small and may run in several processes at once."""

from __future__ import annotations

from knowledge.services.report_decisions import forget_reporters
from nexsm.base import periodic

DAY = 24 * 3600


def register() -> None:
    """Make the jobs known; called once, from the app's configuration."""
    periodic.register("forget_reporters", _forget_reporters, every=DAY)


def _forget_reporters() -> None:
    forget_reporters()
