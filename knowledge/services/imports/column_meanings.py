"""The second step of an import on the web: what the columns of the file mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _

from knowledge.enums import ImportState
from knowledge.models import ImportRun
from knowledge.services.imports.guessing import guess_columns
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.reading import open_table
from knowledge.services.imports.run_states import refuse_unless
from knowledge.services.imports.runs import import_class, path_of, raw_table, reading_of
from knowledge.services.imports.table import Table

SAMPLE_ROWS = 3
REMEMBERED_RUNS = 20


def refuse_unclear_header(table: Table) -> None:
    """Raise ImportRefusedError if columns have no names, or two have the same."""
    names = Counter(name for name in table.header if name)
    if not names:
        raise ImportRefusedError.because(_("The first row must hold the names of the columns."))
    for name, times in names.items():
        if times > 1:
            reason = _("This column stands there %(times)s times.") % {"times": times}
            raise ImportRefusedError.because(reason, row=1, column=name[:60])


def guess(run: ImportRun, table: Table) -> dict[str, str]:
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


def samples(run: ImportRun) -> dict[str, list[str]]:
    """For each column of the file the first values, shortened."""
    table = raw_table(run)
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
    refuse_unless(run, ImportState.UPLOADED, ImportState.CHECKED, ImportState.FAILED)
    run.columns, run.defaults = dict(columns), dict(defaults)
    run.report, run.skip, run.state = {}, [], ImportState.UPLOADED
    run.started_at = run.finished_at = None
    importer = import_class(run.kind)
    open_table(
        path_of(run),
        known=importer.columns,
        required=importer.required,
        reading=reading_of(run),
    )
    run.save()
