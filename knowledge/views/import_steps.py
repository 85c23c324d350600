"""The steps of an import on the web; the members' area and the admin show the same ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from knowledge.enums import ImportState
from knowledge.forms.importing import ColumnsForm, DecisionForm, UploadForm
from knowledge.models import ImportRun
from knowledge.services.imports import (
    ImportRefusedError,
    column_meanings,
    decisions,
    run_states,
    runs,
    tasks,
    uploads,
    web_limits,
)
from nexsm.accounts.models import User

LAST_RUNS = 10
WORKING = (ImportState.CHECKING, ImportState.RUNNING)


@dataclass(frozen=True)
class Place:
    """Where the steps are shown: names of its addresses and its templates."""

    start: str
    run: str
    start_template: str
    run_template: str


def start_page(
    request: HttpRequest, place: Place, form: UploadForm, context: dict[str, Any]
) -> HttpResponse:
    """Choose a file; leads to the page of its import."""
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            run = uploads.start(
                by=cast("User", request.user),
                upload=chosen["file"],
                kind=chosen.get("kind", "resource"),
                organisation=chosen.get("organisation"),
            )
        except ImportRefusedError as refused:
            for problem in refused.problems:
                form.add_error("file", str(problem))
        else:
            return redirect(place.run, run.public_id)
    return TemplateResponse(request, place.start_template, {"form": form, **context})


def run_page(
    request: HttpRequest, place: Place, run: ImportRun, *, may_publish: bool = False
) -> HttpResponse:
    """Show the step an import is at, or do what was decided in it."""
    run_states.settle(run)
    try:
        if request.method == "POST":
            return _Step(request, place, run, may_publish=may_publish).answer()
        return _show(request, place, run, may_publish=may_publish)
    except ImportRefusedError as refused:
        messages.error(request, " ".join(str(problem) for problem in refused.problems))
        return redirect(place.start if not runs.has_file(run) else request.path)


class _Step:
    """What somebody decided on the page of an import."""

    def __init__(
        self, request: HttpRequest, place: Place, run: ImportRun, *, may_publish: bool
    ) -> None:
        self.request, self.place, self.run, self.may_publish = request, place, run, may_publish

    def answer(self) -> HttpResponse:
        """Do it; an unknown step only shows the page again."""
        steps: dict[str, Callable[[], HttpResponse]] = {
            "columns": self._columns,
            "again": self._again,
            "import": self._import,
            "discard": self._discard,
        }
        step = steps.get(self.request.POST.get("step", ""))
        return step() if step else redirect(self.request.path)

    def _columns(self) -> HttpResponse:
        form = ColumnsForm(self.run, column_meanings.samples(self.run), self.request.POST)
        if not form.is_valid():
            return _show(self.request, self.place, self.run, form=form)
        column_meanings.choose_columns(self.run, columns=form.columns, defaults=form.defaults)
        tasks.check(self.run)
        return redirect(self.request.path)

    def _again(self) -> HttpResponse:
        column_meanings.choose_columns(
            self.run, columns=self.run.columns, defaults=self.run.defaults
        )
        return redirect(self.request.path)

    def _import(self) -> HttpResponse:
        form = DecisionForm(self.run, self.request.POST, may_publish=self.may_publish)
        if not form.is_valid():
            return _show(self.request, self.place, self.run, form=form)
        chosen = form.cleaned_data
        decisions.decide(
            self.run,
            publish=chosen.get("publish", False),
            send=chosen.get("send", False),
            keep={int(row) for row in chosen.get("keep", ())},
            keep_rest=chosen.get("keep_rest", False),
        )
        tasks.write(self.run)
        return redirect(self.request.path)

    def _discard(self) -> HttpResponse:
        decisions.discard(self.run)
        messages.success(self.request, _("The file was deleted. Nothing was imported."))
        return redirect(self.place.start)


def _show(
    request: HttpRequest,
    place: Place,
    run: ImportRun,
    *,
    form: Any = None,
    may_publish: bool = False,
) -> HttpResponse:
    if form is None and run.state == ImportState.UPLOADED:
        form = ColumnsForm(run, column_meanings.samples(run))
    elif form is None and run.state == ImportState.CHECKED:
        form = DecisionForm(run, may_publish=may_publish)
    report = run.report
    context = {
        "run": run,
        "form": form,
        "step": "working" if run.state in WORKING else run.state,
        "report": report,
        "to_write": report.get("created", 0) + report.get("changed", 0),
        "more_problems": report.get("problems_total", 0) - len(report.get("problems", ())),
        "start_url": reverse(place.start),
        "max_sent": web_limits.MAX_SENT,
    }
    return TemplateResponse(request, place.run_template, context)
