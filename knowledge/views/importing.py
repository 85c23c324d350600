"""Imports and exports in the members' area: for the own organisations."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.enums import ImportKind
from knowledge.exports import RESOURCE_FORMATS, download
from knowledge.exports.examples import EXAMPLE_FORMATS, example
from knowledge.forms.importing import UploadForm
from knowledge.models import ImportRun, Organisation, Resource
from knowledge.queries.membership import items_editable_by
from knowledge.services.imports import runs
from knowledge.views.import_steps import LAST_RUNS, Place, run_page, start_page
from nexsm.accounts.models import User

PLACE = Place(
    start="knowledge:import_start",
    run="knowledge:import_run",
    start_template="knowledge/importing/start.html",
    run_template="knowledge/importing/run.html",
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file for an own organisation."""
    organisations = _organisations(request)
    form = UploadForm(request.POST or None, request.FILES or None, organisations=organisations)
    context = {
        "organisations": organisations,
        "formats": RESOURCE_FORMATS.values(),
        "examples": EXAMPLE_FORMATS.values(),
        "runs": _runs(request)[:LAST_RUNS],
    }
    return start_page(request, PLACE, form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The import of a file. Raises Http404 for imports of others."""
    return run_page(request, PLACE, get_object_or_404(_runs(request), public_id=public_id))


@login_required
@require_safe
def own_resources(request: HttpRequest, public_id: UUID, kind: str) -> HttpResponseBase:
    """All resources of an own organisation as a file, drafts as well."""
    organisation = get_object_or_404(_organisations(request), public_id=public_id)
    if kind not in RESOURCE_FORMATS:
        raise Http404
    items = Resource.objects.filter(organisation=organisation).order_by("title", "pk")
    source = runs.source_of(organisation)
    chosen = RESOURCE_FORMATS[kind]
    return download(items, chosen, name="nexsm-material", source=source, public=False, newest=True)


@login_required
@require_safe
def example_file(request: HttpRequest, kind: str) -> HttpResponseBase:  # noqa: ARG001 - the same for all
    """A small table to start with. Raises Http404 for an unknown format."""
    if kind not in EXAMPLE_FORMATS:
        raise Http404
    return example(ImportKind.RESOURCE, EXAMPLE_FORMATS[kind])


def _organisations(request: HttpRequest) -> QuerySet[Organisation]:
    return items_editable_by(request.user, Organisation).order_by("name", "pk")


def _runs(request: HttpRequest) -> QuerySet[ImportRun]:
    """Imports of this person, for organisations she still writes for."""
    return ImportRun.objects.filter(
        user=cast("User", request.user), organisation__in=_organisations(request)
    ).select_related("organisation", "user")
