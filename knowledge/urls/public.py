"""What everybody reads: material, organisations, topics."""

from django.urls import path

from knowledge.views import browse, detail

urlpatterns = [
    path("material/", browse.resource_list, name="resource_list"),
    path("material/export/<slug:kind>/", browse.resource_export, name="resource_export"),
    path("material/<int:pk>/", detail.resource, name="resource_short"),
    path("material/<int:pk>-<slug:slug>/", detail.resource, name="resource"),
    path("organisationen/", browse.organisation_list, name="organisation_list"),
    path(
        "organisationen/export/<slug:kind>/",
        browse.organisation_export,
        name="organisation_export",
    ),
    path("organisationen/<int:pk>/", detail.organisation, name="organisation_short"),
    path("organisationen/<int:pk>-<slug:slug>/", detail.organisation, name="organisation"),
    path(
        "organisationen/<int:pk>-<slug:slug>/kontakt/",
        detail.organisation_contact,
        name="organisation_contact",
    ),
    path("themen/", browse.topic_list, name="topic_list"),
    path("themen/<str:code>/", browse.topic, name="topic"),
]
