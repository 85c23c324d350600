"""Leads an import on the web: upload, meaning of the columns, check, decision, import.

Nothing is written before somebody has decided. Long files are checked and written by a background
task; the state stands in the database, and the file is held while a process works on it, so that an
import whose process died is recognised. The items and the state "imported" are written in one
transaction: after a crash either both are there or none.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.enums import ImportKind, ImportState, Trust
from knowledge.models import ImportRun, Organisation, Resource
from knowledge.queries import organisations_visible_to, resources_visible_to
from knowledge.queries.membership import may_edit, trust_of
from knowledge.services.imports import import_files
from knowledge.services.imports.bibtex import BibtexTable
from knowledge.services.imports.duplicates import DuplicateFinder, Likeness
from knowledge.services.imports.guessing import guess_columns
from knowledge.services.imports.organisations import OrganisationImport
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.reading import Reading, open_raw, open_table
from knowledge.services.imports.resources import ResourceImport
from knowledge.services.imports.ris import RisTable
from knowledge.services.imports.running import ImportReport, Options, check_import, run_import
from knowledge.services.imports.schema import ItemImport, Scope
from knowledge.services.imports.table import Table
from knowledge.services.submissions import SubmissionError, submit
from nexsm.accounts.models import User
from nexsm.base.media.names import clean_line

MAX_ROWS_OF_MEMBERS = 5_000
MAX_ROWS_OF_EDITORS = 100_000
# SQLite has one writer at a time: an import keeps all others waiting, and they give up after 20 s.
MAX_ROWS_ON_SQLITE = 5_000
MAX_BYTES_OF_MEMBERS = 10 * 1024 * 1024
MAX_BYTES_OF_EDITORS = 100 * 1024 * 1024
MAX_UNFINISHED = 10
# So many may wait in the editors' queue at once; what is more stays a draft.
MAX_SENT = 50
SHOWN_LIKENESSES = 200
SAMPLE_ROWS = 3
REMEMBERED_RUNS = 20
# What a page can wait for: a few seconds.
ROWS_AT_ONCE = 500
BYTES_AT_ONCE = 1024 * 1024
_IMPORTS: dict[str, type[ResourceImport | OrganisationImport]] = {
    ImportKind.RESOURCE: ResourceImport,
    ImportKind.ORGANISATION: OrganisationImport,
}


def import_class(kind: str) -> type[ResourceImport | OrganisationImport]:
    """What an import of this kind knows of its columns."""
    return _IMPORTS[kind]


def most_rows(*, is_member: bool) -> int:
    """How many rows a file may have on the web, so that nobody else is kept from saving."""
    most = MAX_ROWS_OF_MEMBERS if is_member else MAX_ROWS_OF_EDITORS
    return min(most, MAX_ROWS_ON_SQLITE) if connection.vendor == "sqlite" else most


def source_of(organisation: Organisation | None) -> str:
    """The source that ids of a file belong to: each organisation has its own."""
    return f"org-{organisation.public_id}" if organisation else "csv"


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
    if recent.exclude(state=ImportState.DONE).count() >= MAX_UNFINISHED:
        raise ImportRefusedError.because(
            _("You have begun many imports. Please finish or delete one of them first.")
        )


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


def _look_at(run: ImportRun, path: Path) -> None:
    """Find out the format and guess the columns. Raises ImportRefusedError."""
    table = open_raw(path, import_class(run.kind).columns)
    _refuse_unclear_header(table)
    run.is_reference_list = isinstance(table, RisTable | BibtexTable)
    if run.is_reference_list and run.kind != ImportKind.RESOURCE:
        reason = _("RIS and BibTeX files hold resources, not organisations.")
        raise ImportRefusedError.because(reason)
    run.columns = {} if run.is_reference_list else _guess(run, table)


def samples(run: ImportRun) -> dict[str, list[str]]:
    """For each column of the file the first values, shortened."""
    table = _raw(run)
    found: dict[str, list[str]] = {name: [] for name in table.header if name}
    for number, row in enumerate(table.rows(Problems())):
        if number == SAMPLE_ROWS:
            break
        for name, values in found.items():
            if text := " ".join(row.cells.get(name, "").split()):
                values.append(text[:60])
    return found


def choose_columns(
    run: ImportRun, *, columns: Mapping[str, str], defaults: Mapping[str, str]
) -> None:
    """Say what the columns mean. Raises ImportRefusedError if that cannot be."""
    _refuse_state(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    run.columns, run.defaults = dict(columns), dict(defaults)
    run.report, run.skip, run.state = {}, [], ImportState.UPLOADED
    run.started_at = run.finished_at = None
    importer = import_class(run.kind)
    open_table(
        _path(run),
        known=importer.columns,
        required=importer.required,
        reading=reading_of(run),
    )
    run.save()


def check(run: ImportRun) -> None:
    """Compare the file with what is there; the report says what would happen. Writes no item."""
    with import_files.held(_path(run)) as free:
        if not free:
            return
        _begin(run)
        try:
            finder = DuplicateFinder(_may_know(run))
            report, problems = check_import(
                path=_path(run), importer=_importer(run), options=_options(run), look=finder.look
            )
        except ImportRefusedError as refused:
            run.report = _refusal(refused)
        else:
            _name_as_in_the_file(run, problems)
            run.report = _told(report, problems, finder.found)
            run.skip = [likeness.row for likeness in finder.found]
        run.state = ImportState.CHECKED
        run.save()


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


def write(run: ImportRun) -> None:
    """Import the file: all rows or none. Does nothing if another process is at it or it is done."""
    with import_files.held(_path(run)) as free:
        if not free:
            return
        _begin(run)
        try:
            with transaction.atomic():
                current = ImportRun.objects.select_for_update().get(pk=run.pk)
                if current.state != ImportState.RUNNING:
                    return
                _write(current)
        except ImportRefusedError as refused:
            _fail(run, _refusal(refused))
            return
        except Exception:
            _fail(run, {"problems": [_("Something went wrong here. Nothing was imported.")]})
            raise
    import_files.delete(run.public_id)


def discard(run: ImportRun) -> None:
    """Throw an import away on which nobody works, with its file. Raises ImportRefusedError."""
    if run.started_at is not None:
        _refuse_state(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    import_files.delete(run.public_id)
    run.delete()


def settle(run: ImportRun) -> None:
    """If the process that worked on the import has died, say so: it can be started again."""
    working = (ImportState.CHECKING, ImportState.RUNNING)
    if run.state not in working or run.started_at is None:
        return  # a run that waits for its turn has not begun
    if import_files.is_held(import_files.path_of(run.public_id)):
        return
    run.refresh_from_db()
    if run.state in working:
        _fail(run, {"problems": [_("The import was interrupted. Nothing was imported.")]})


def has_file(run: ImportRun) -> bool:
    """Whether the uploaded file is still there: it is deleted after the import, or after a day."""
    return import_files.path_of(run.public_id).is_file()


def is_long(run: ImportRun) -> bool:
    """Whether the import takes longer than somebody should wait for a page."""
    rows = run.report.get("rows", 0)
    return rows > ROWS_AT_ONCE or _path(run).stat().st_size > BYTES_AT_ONCE


def reading_of(run: ImportRun) -> Reading:
    """How the person wants the file to be read."""
    columns = None if run.is_reference_list else run.columns
    return Reading(columns=columns, defaults=run.defaults, makes_ids=True)


def _write(run: ImportRun) -> None:
    _refuse_former_writers(run)
    options = _options(run)
    report = run_import(
        path=_path(run), importer=_importer(run), options=replace(options, skip=frozenset(run.skip))
    )
    run.report = _told(report, Problems(), [])
    run.report["sent"] = _send(run, report) if run.send else 0
    run.state = ImportState.DONE
    run.finished_at = timezone.now()
    run.save()


def _send(run: ImportRun, report: ImportReport) -> int:
    """Send what was written for review; one submission for each, with one note where it is from."""
    if len(report.written) > MAX_SENT:
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


def _begin(run: ImportRun) -> None:
    ImportRun.objects.filter(pk=run.pk).update(started_at=timezone.now())
    run.refresh_from_db()


def _fail(run: ImportRun, report: dict[str, Any]) -> None:
    run.report, run.state, run.finished_at = report, ImportState.FAILED, timezone.now()
    run.save(update_fields=["report", "state", "finished_at"])


def _importer(run: ImportRun) -> ItemImport:
    scope = Scope(by=run.user, organisation=run.organisation)
    return import_class(run.kind)(source_of(run.organisation), scope)


def _options(run: ImportRun) -> Options:
    most = most_rows(is_member=run.organisation_id is not None)
    return Options(publish=run.publish, reading=reading_of(run), most=most)


def _may_know(run: ImportRun) -> Any:
    """The entries that may be named as duplicates: members see no drafts of others."""
    model = Organisation if run.kind == ImportKind.ORGANISATION else Resource
    if run.organisation is None:
        return model.objects.all()
    if model is Organisation:
        return organisations_visible_to(run.user)
    own = Resource.objects.filter(organisation=run.organisation)
    return Resource.objects.filter(
        Q(pk__in=resources_visible_to(run.user).values("pk")) | Q(pk__in=own.values("pk"))
    )


def _told(report: ImportReport, problems: Problems, likenesses: list[Likeness]) -> dict[str, Any]:
    """The report as it is kept in the database."""
    counts = ("created", "changed", "unchanged", "published", "left_offline", "skipped")
    return {
        **{name: getattr(report, name) for name in counts},
        "rows": report.created + report.changed + report.unchanged + report.skipped,
        "read_as": report.read_as,
        "locked_rows": report.locked_rows[:SHOWN_LIKENESSES],
        "own_rows": report.own_rows[:SHOWN_LIKENESSES],
        "written": len(report.written),
        "problems": [str(problem) for problem in problems.shown],
        "problems_total": problems.total,
        "likenesses": [asdict(likeness) for likeness in likenesses[:SHOWN_LIKENESSES]],
        "likenesses_total": len(likenesses),
    }


def _name_as_in_the_file(run: ImportRun, problems: Problems) -> None:
    """People look for a problem under the name that the column has in their file."""
    theirs = {ours: name for name, ours in run.columns.items() if ours}
    problems.shown = [
        replace(problem, column=theirs.get(problem.column, problem.column))
        for problem in problems.shown
    ]


def _refusal(refused: ImportRefusedError) -> dict[str, Any]:
    problems = [str(problem) for problem in refused.problems]
    return {"problems": problems, "problems_total": refused.total}


def _guess(run: ImportRun, table: Table) -> dict[str, str]:
    """Meanings of the columns: as this organisation chose them before, else by their names."""
    before = ImportRun.objects.filter(
        kind=run.kind, organisation=run.organisation, state=ImportState.DONE
    ).order_by("finished_at")
    if run.organisation is None:
        before = before.filter(user=run.user)
    remembered: dict[str, str] = {}
    for columns in before.values_list("columns", flat=True)[:REMEMBERED_RUNS]:
        remembered |= {name.casefold(): ours for name, ours in columns.items()}
    return guess_columns(table.header, import_class(run.kind).columns, remembered)


def _refuse_unclear_header(table: Table) -> None:
    names = Counter(name for name in table.header if name)
    if not names:
        raise ImportRefusedError.because(_("The first row must hold the names of the columns."))
    for name, times in names.items():
        if times > 1:
            reason = _("This column stands there %(times)s times.") % {"times": times}
            raise ImportRefusedError.because(reason, row=1, column=name[:60])


def _refuse_state(run: ImportRun, *states: ImportState) -> None:
    if run.state not in states:
        raise ImportRefusedError.because(_("This import has been started already."))


def _raw(run: ImportRun) -> Table:
    return open_raw(_path(run), import_class(run.kind).columns)


def _path(run: ImportRun) -> Path:
    """Raises ImportRefusedError if the file is not there any more."""
    path = import_files.path_of(run.public_id)
    if not path.is_file():
        reason = _("The file is not here any more. Please choose it again.")
        raise ImportRefusedError.because(reason)
    return path
