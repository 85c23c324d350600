"""How an import on the web goes from one state to the next.

Long files are checked and written by a background task; the state stands in the database, and the file
is held while a process works on it, so that an import whose process died is recognised.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import ImportState
from knowledge.models import ImportRun
from knowledge.services.imports import import_files
from knowledge.services.imports.problems import ImportRefusedError


def refuse_unless(run: ImportRun, *states: ImportState) -> None:
    """Raise ImportRefusedError if the import is in none of these states."""
    if run.state not in states:
        raise ImportRefusedError.because(_("This import has been started already."))


def begin(run: ImportRun) -> None:
    """Note that a process has begun to work on it."""
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now())
    run.refresh_from_db()


def fail(run: ImportRun, report: dict[str, Any]) -> None:
    """Note that nothing was imported, and why."""
    run.report, run.state, run.finished_at = report, ImportState.FAILED, timezone.now()
    run.save(update_fields=["report", "state", "finished_at"])


def settle(run: ImportRun) -> None:
    """If the process that worked on the import has died, say so: it can be started again."""
    working = (ImportState.CHECKING, ImportState.RUNNING)
    if run.state not in working or run.started_at is None:
        return  # a run that waits for its turn has not begun
    if import_files.is_held(import_files.path_of(run.public_id)):
        return
    run.refresh_from_db()
    if run.state in working:
        fail(run, {"problems": [_("The import was interrupted. Nothing was imported.")]})
