"""The third step of an import on the web: what would happen. Writes no item."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q

from knowledge.enums import ImportKind, ImportState
from knowledge.models import ImportRun, Organisation, Resource
from knowledge.queries import organisations_visible_to, resources_visible_to
from knowledge.services.imports import import_files, run_reports
from knowledge.services.imports.duplicates import DuplicateFinder
from knowledge.services.imports.problems import ImportRefusedError, Problems
from knowledge.services.imports.run_states import begin
from knowledge.services.imports.running import check_import
from knowledge.services.imports.runs import importer_of, options_of, path_of


def check(run: ImportRun) -> None:
    """Compare the file with what is there; the report says what would happen. Writes no item."""
    with import_files.held(path_of(run)) as free:
        if not free:
            return
        begin(run)
        try:
            finder = DuplicateFinder(_may_know(run))
            report, problems = check_import(
                path=path_of(run),
                importer=importer_of(run),
                options=options_of(run),
                look=finder.look,
            )
        except ImportRefusedError as refused:
            run.report = run_reports.refusal(refused)
        else:
            _name_as_in_the_file(run, problems)
            run.report = run_reports.told(report, problems, finder.found)
            run.skip = [likeness.row for likeness in finder.found]
        run.state = ImportState.CHECKED
        run.save()


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


def _name_as_in_the_file(run: ImportRun, problems: Problems) -> None:
    """People look for a problem under the name that the column has in their file."""
    theirs = {ours: name for name, ours in run.columns.items() if ours}
    problems.shown = [
        replace(problem, column=theirs.get(problem.column, problem.column))
        for problem in problems.shown
    ]
