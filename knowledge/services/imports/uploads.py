"""The first step of an import on the web: the file arrives."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import ImportKind, ImportState, Trust
from knowledge.models import ImportRun, Organisation
from knowledge.queries.membership import trust_of
from knowledge.services.imports import column_meanings, import_files, web_limits
from knowledge.services.imports.bibtex import BibtexTable
from knowledge.services.imports.problems import ImportRefusedError
from knowledge.services.imports.reading import open_raw
from knowledge.services.imports.ris import RisTable
from knowledge.services.imports.runs import import_class
from nexsm.accounts.models import User
from nexsm.base.media.names import clean_line


def start(
    *, by: User, upload: Any, kind: str, organisation: Organisation | None = None
) -> ImportRun:
    """Keep an uploaded file. Raises ImportRefusedError if it cannot be read at all."""
    if organisation and trust_of(organisation) == Trust.BLOCKED:
        reason = _("This organisation is blocked and cannot send anything.")
        raise ImportRefusedError.because(reason)
    _refuse_too_many(by)
    name = clean_line(upload.name or "")[:150] or _("file")
    run = ImportRun(kind=kind, organisation=organisation, user=by, file_name=name)
    import_files.delete_old()
    path = import_files.keep(run.public_id, upload)
    try:
        _look_at(run, path)
        run.save()
    except BaseException:
        import_files.delete(run.public_id)
        raise
    return run


def _refuse_too_many(user: User) -> None:
    """Each unfinished import keeps a file. Raises ImportRefusedError."""
    kept_since = timezone.now() - timedelta(seconds=import_files.MAX_AGE)
    recent = ImportRun.objects.filter(user=user, created_at__gte=kept_since)
    if recent.exclude(state=ImportState.DONE).count() >= web_limits.MAX_UNFINISHED:
        raise ImportRefusedError.because(
            _("You have begun many imports. Please finish or delete one of them first.")
        )


def _look_at(run: ImportRun, path: Path) -> None:
    """Find out the format and guess the columns. Raises ImportRefusedError."""
    table = open_raw(path, import_class(run.kind).columns)
    column_meanings.refuse_unclear_header(table)
    run.is_reference_list = isinstance(table, RisTable | BibtexTable)
    if run.is_reference_list and run.kind != ImportKind.RESOURCE:
        reason = _("RIS and BibTeX files hold resources, not organisations.")
        raise ImportRefusedError.because(reason)
    run.columns = {} if run.is_reference_list else column_meanings.guess(run, table)
