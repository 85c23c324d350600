"""What imports on the web need of the site's worker."""

from __future__ import annotations

from knowledge.services.imports import tasks
from nexsm.base import periodic

DAY = 24 * 3600.0


def register() -> None:
    """Make the jobs known; called once, from the app's configuration."""
    # It waits for a process of its own, which may take minutes.
    periodic.register("start_waiting_tasks", tasks.start_waiting_tasks, every=2.0, apart=True)
    periodic.register("sweep_imports", tasks.sweep, every=DAY)
