"""Long imports run outside of the web request, by django-tasks.

`start_waiting_tasks` is a job of the site's worker: it starts django-tasks' own worker in a process of
its own while there is something to do. So a site needs no further service, and an import neither slows
the pages down nor dies with a request.
"""

from __future__ import annotations

import subprocess
import sys

from django.conf import settings
from django.utils.translation import get_language, override
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from knowledge.enums import ImportState
from knowledge.models import ImportRun
from knowledge.services.imports import checks, execution, import_files, runs


@task()
def check_in_background(run_id: int, language: str) -> None:
    """Check a long file."""
    if run := ImportRun.objects.filter(pk=run_id, state=ImportState.CHECKING).first():
        with override(language):
            checks.check(run)


@task()
def write_in_background(run_id: int, language: str) -> None:
    """Import a long file."""
    if run := ImportRun.objects.filter(pk=run_id, state=ImportState.RUNNING).first():
        with override(language):
            execution.write(run)


def check(run: ImportRun) -> None:
    """Check a file now, or have it checked."""
    if not runs.is_long(run):
        checks.check(run)
        return
    run.state, run.started_at = ImportState.CHECKING, None
    run.save(update_fields=["state", "started_at"])
    check_in_background.enqueue(run.pk, get_language() or settings.LANGUAGE_CODE)
    run.refresh_from_db()


def write(run: ImportRun) -> None:
    """Import a file that was decided about now, or have it imported."""
    if runs.is_long(run):
        write_in_background.enqueue(run.pk, get_language() or settings.LANGUAGE_CODE)
    else:
        execution.write(run)
    run.refresh_from_db()


def start_waiting_tasks() -> None:
    """Work off what waits, in a process of its own; returns when nothing waits any more."""
    if DBTaskResult.objects.ready().exists():
        command = [sys.executable, "-m", "django", "db_worker", "--batch", "--no-startup-delay"]
        subprocess.run(command, check=True)  # noqa: S603 - our own program


def sweep() -> None:
    """Delete files and imports that nobody has finished."""
    import_files.delete_old()
    unfinished = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    for run in ImportRun.objects.filter(state__in=unfinished):
        if not runs.has_file(run):
            run.delete()
