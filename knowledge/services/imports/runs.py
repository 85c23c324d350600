"""An import on the web: where its file is, and how that is read.

It goes from ``uploads`` (the file) over ``column_meanings`` (what its columns mean), ``checks`` (what would
happen) and ``decisions`` (what shall happen) to ``execution`` (it happens). Nothing is written before
somebody has decided. ``run_states`` says how it goes from one to the next.
"""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext as _

from knowledge.enums import ImportKind
from knowledge.models import ImportRun, Organisation
from knowledge.services.imports import import_files, web_limits
from knowledge.services.imports.organisations import OrganisationImport
from knowledge.services.imports.problems import ImportRefusedError
from knowledge.services.imports.reading import Reading, open_raw
from knowledge.services.imports.resources import ResourceImport
from knowledge.services.imports.running import Options
from knowledge.services.imports.schema import ItemImport, Scope
from knowledge.services.imports.table import Table

_IMPORTS: dict[str, type[ResourceImport | OrganisationImport]] = {
    ImportKind.RESOURCE: ResourceImport,
    ImportKind.ORGANISATION: OrganisationImport,
}


def import_class(kind: str) -> type[ResourceImport | OrganisationImport]:
    """What an import of this kind knows of its columns."""
    return _IMPORTS[kind]


def source_of(organisation: Organisation | None) -> str:
    """The source that ids of a file belong to: each organisation has its own."""
    return f"org-{organisation.public_id}" if organisation else "csv"


def has_file(run: ImportRun) -> bool:
    """Whether the uploaded file is still there: it is deleted after the import, or after a day."""
    return import_files.path_of(run.public_id).is_file()


def path_of(run: ImportRun) -> Path:
    """Where the uploaded file lies. Raises ImportRefusedError if the file is not there any more."""
    path = import_files.path_of(run.public_id)
    if not path.is_file():
        reason = _("The file is not here any more. Please choose it again.")
        raise ImportRefusedError.because(reason)
    return path


def raw_table(run: ImportRun) -> Table:
    """The file as it is, under its own names. Raises ImportRefusedError."""
    return open_raw(path_of(run), import_class(run.kind).columns)


def reading_of(run: ImportRun) -> Reading:
    """How the person wants the file to be read."""
    columns = None if run.is_reference_list else run.columns
    return Reading(columns=columns, defaults=run.defaults, makes_ids=True)


def importer_of(run: ImportRun) -> ItemImport:
    """What knows the columns, and whose entries they become."""
    scope = Scope(by=run.user, organisation=run.organisation)
    return import_class(run.kind)(source_of(run.organisation), scope)


def options_of(run: ImportRun) -> Options:
    """How the file is read, how much of it, and whether what it holds goes online."""
    most = web_limits.most_rows(is_member=run.organisation_id is not None)
    return Options(publish=run.publish, reading=reading_of(run), most=most)


def is_long(run: ImportRun) -> bool:
    """Whether the import takes longer than somebody should wait for a page."""
    rows = run.report.get("rows", 0)
    return rows > web_limits.ROWS_AT_ONCE or path_of(run).stat().st_size > web_limits.BYTES_AT_ONCE
