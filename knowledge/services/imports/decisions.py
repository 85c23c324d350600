"""The fourth step of an import on the web: somebody decides, or throws it away."""

from __future__ import annotations

from django.utils.translation import gettext as _

from knowledge.enums import ImportState
from knowledge.models import ImportRun
from knowledge.services.imports import import_files
from knowledge.services.imports.problems import ImportRefusedError
from knowledge.services.imports.run_states import refuse_unless


def decide(run: ImportRun, *, publish: bool, send: bool, keep: set[int], keep_rest: bool) -> None:
    """Start the import. ``keep``: rows that are imported although they resemble something.

    Raises ImportRefusedError if it has been started already or has problems.
    """
    shown = {likeness["row"] for likeness in run.report.get("likenesses", ())}
    skip = [row for row in run.skip if row not in keep and not (keep_rest and row not in shown)]
    if run.report.get("problems_total"):
        raise ImportRefusedError.because(_("Mend the problems in the file first."))
    found = ImportRun.objects.filter(pk=run.pk, state=ImportState.CHECKED).update(
        state=ImportState.RUNNING,
        started_at=None,
        publish=publish,
        send=send,
        skip=skip,
    )
    if not found:
        raise ImportRefusedError.because(_("This import has been started already."))
    run.refresh_from_db()


def discard(run: ImportRun) -> None:
    """Throw an import away on which nobody works, with its file. Raises ImportRefusedError."""
    if run.started_at is not None:
        refuse_unless(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    import_files.delete(run.public_id)
    run.delete()
