"""The last step of an import on the web: what was decided is written.

The items and the state "imported" are written in one transaction: after a crash either both are there
or none.
"""

from __future__ import annotations

from dataclasses import replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import ImportState, Trust
from knowledge.models import ImportRun, Resource
from knowledge.queries.membership import may_edit, trust_of
from knowledge.services.imports import import_files, run_reports, web_limits
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.run_states import begin, fail
from knowledge.services.imports.running import ImportReport, run_import
from knowledge.services.imports.runs import importer_of, options_of, path_of
from knowledge.services.submissions import SubmissionError, submit


def write(run: ImportRun) -> None:
    """Import the file: all rows or none. Does nothing if another process is at it or it is done."""
    with import_files.held(path_of(run)) as free:
        if not free:
            return
        begin(run)
        try:
            with transaction.atomic():
                current = ImportRun.objects.select_for_update().get(pk=run.pk)
                if current.state != ImportState.RUNNING:
                    return
                _write(current)
        except ImportRefusedError as refused:
            fail(run, run_reports.refusal(refused))
            return
        except Exception:
            fail(run, {"problems": [_("Something went wrong here. Nothing was imported.")]})
            raise
    import_files.delete(run.public_id)


def _write(run: ImportRun) -> None:
    _refuse_former_writers(run)
    options = options_of(run)
    report = run_import(
        path=path_of(run),
        importer=importer_of(run),
        options=replace(options, skip=frozenset(run.skip)),
    )
    run.report = run_reports.told(report, Problems(), [])
    run.report["sent"] = _send(run, report) if run.send else 0
    run.state = ImportState.DONE
    run.finished_at = timezone.now()
    run.save()


def _refuse_former_writers(run: ImportRun) -> None:
    """Much may change while an import waits. Raises ImportRefusedError."""
    if run.organisation is None:
        return
    if run.user is None or not may_edit(run.user, run.organisation):
        raise ImportRefusedError.because(
            _("You may not add anything for this organisation any more.")
        )
    if trust_of(run.organisation) == Trust.BLOCKED:
        reason = _("This organisation is blocked and cannot send anything.")
        raise ImportRefusedError.because(reason)


def _send(run: ImportRun, report: ImportReport) -> int:
    """Send what was written for review; one submission for each, with one note where it is from."""
    if len(report.written) > web_limits.MAX_SENT:
        return 0
    note = _("From the file “%(name)s”, %(number)s entries.") % {
        "name": run.file_name,
        "number": len(report.written),
    }
    for item in Resource.objects.filter(pk__in=report.written).order_by("pk"):
        try:
            submit(item=item, by=run.user, message=note)
        except SubmissionError as error:
            raise ImportRefusedError.because(str(error)) from error
    return len(report.written)
