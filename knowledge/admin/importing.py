"""Imports and exports in the admin: for all organisations."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.menu import MenuItem

from knowledge.enums import ImportKind
from knowledge.exports import ORGANISATION_FORMATS, RESOURCE_FORMATS, download
from knowledge.exports.examples import EXAMPLE_FORMATS, example
from knowledge.forms.importing import UploadForm
from knowledge.models import ImportRun, Organisation, Resource
from knowledge.views.import_steps import LAST_RUNS, Place, run_page, start_page
from nexsm.accounts.models import User

PLACE = Place(
    start="knowledge_import",
    run="knowledge_import_run",
    start_template="knowledge/admin/import_start.html",
    run_template="knowledge/admin/import_run.html",
)
_EXPORTS: dict[str, tuple[type[Any], dict[str, Any]]] = {
    ImportKind.RESOURCE: (Resource, RESOURCE_FORMATS),
    ImportKind.ORGANISATION: (Organisation, ORGANISATION_FORMATS),
}


def _may(user: Any, action: str) -> bool:
    return all(user.has_perm(f"knowledge.{action}_{kind}") for kind in _EXPORTS)


def _require_editor(request: HttpRequest) -> None:
    if not (_may(request.user, "add") and _may(request.user, "change")):
        raise PermissionDenied


@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Choose a file. Raises PermissionDenied for who may not edit resources and organisations."""
    _require_editor(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    context = {
        "examples": EXAMPLE_FORMATS.values(),
        "exports": [
            (kind, ImportKind(kind).label, formats.values())
            for kind, (_model, formats) in _EXPORTS.items()
        ],
        "runs": _runs(request)[:LAST_RUNS],
    }
    return start_page(request, PLACE, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The import of a file. Raises Http404 for imports of others."""
    _require_editor(request)
    found = get_object_or_404(_runs(request), public_id=public_id)
    return run_page(request, PLACE, found, may_publish=_may(request.user, "publish"))


@require_safe
def export(request: HttpRequest, kind: str, file_format: str) -> HttpResponseBase:
    """All resources or organisations in the columns of the import, drafts as well."""
    _require_editor(request)
    model, formats = _EXPORTS.get(kind, (None, {}))
    if model is None or file_format not in formats:
        raise Http404
    items = model._default_manager.order_by("pk")  # noqa: SLF001 - Django's name
    return download(items, formats[file_format], name=f"nexsm-{kind}", public=False, newest=True)


@require_safe
def example_file(request: HttpRequest, kind: str, file_format: str) -> HttpResponseBase:
    """A small table to start with."""
    _require_editor(request)
    if kind not in _EXPORTS or file_format not in EXAMPLE_FORMATS:
        raise Http404
    return example(kind, EXAMPLE_FORMATS[file_format])


def urls() -> list[URLPattern]:
    """Addresses below that of the admin."""
    return [
        path("import/", start, name=PLACE.start),
        path("import/<uuid:public_id>/", run, name=PLACE.run),
        path(
            "import/example/<slug:kind>/<slug:file_format>/",
            example_file,
            name="knowledge_import_example",
        ),
        path("export/<slug:kind>/<slug:file_format>/", export, name="knowledge_export"),
    ]


class ImportMenuItem(MenuItem):
    """The entry of the menu, for those who may import."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether this person may import."""
        return _may(request.user, "add") and _may(request.user, "change")


def menu_item() -> MenuItem:
    """The way to imports and exports."""
    return ImportMenuItem(
        _("Import and export"), reverse(PLACE.start), icon_name="upload", name="import", order=150
    )


def _runs(request: HttpRequest) -> Any:
    return ImportRun.objects.filter(
        user=cast("User", request.user), organisation=None
    ).select_related("user")
