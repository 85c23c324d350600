"""URLs of the conferences beside their pages in the tree. They carry a language prefix."""

from django.urls import path

from conference.views import documenting, people

app_name = "conference"

urlpatterns = [
    path("mitmachen/programmpunkte/", documenting.sessions, name="own_sessions"),
    path(
        "mitmachen/programmpunkte/<int:pk>/unterlagen/", documenting.add, name="documentation_add"
    ),
    path("personen/<uuid:public_id>/", people.person, name="person_short"),
    path("personen/<uuid:public_id>-<slug:slug>/", people.person, name="person"),
]
