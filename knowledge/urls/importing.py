"""Imports and exports of the own organisation, in the members' area."""

from django.urls import path

from knowledge.views import importing

urlpatterns = [
    path("mitmachen/import/", importing.start, name="import_start"),
    path("mitmachen/import/beispiel/<slug:kind>/", importing.example_file, name="import_example"),
    path("mitmachen/import/<uuid:public_id>/", importing.run, name="import_run"),
    path(
        "mitmachen/export/<uuid:public_id>/<slug:kind>/",
        importing.own_resources,
        name="own_export",
    ),
]
