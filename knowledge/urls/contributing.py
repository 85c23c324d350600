"""The members' area: what one can do, and adding or changing a resource."""

from django.urls import path

from knowledge.views import contributing, drafts, sending

urlpatterns = [
    path("mitmachen/", contributing.overview, name="contribute"),
    path("mitmachen/material/", contributing.own_resources, name="own_resources"),
    path("mitmachen/material/neu/", drafts.start, name="draft_start"),
    path("mitmachen/material/bearbeiten/<uuid:public_id>/", drafts.change, name="resource_change"),
    path("mitmachen/material/<uuid:public_id>/pruefen/", sending.check, name="draft_check"),
    path("mitmachen/material/<uuid:public_id>/vergleich/", sending.compare, name="draft_compare"),
    path(
        "mitmachen/material/<uuid:public_id>/dasselbe/<uuid:other_id>/",
        sending.same,
        name="draft_same",
    ),
    path("mitmachen/material/<uuid:public_id>/loeschen/", sending.discard, name="draft_discard"),
    path("mitmachen/material/<uuid:public_id>/<slug:step>/", drafts.step, name="draft_step"),
]
