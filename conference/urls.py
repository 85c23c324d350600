"""URLs of the conferences beside their pages in the tree. They carry a language prefix."""

from django.urls import path

from conference.views import people

app_name = "conference"

urlpatterns = [
    path("personen/<uuid:public_id>/", people.person, name="person_short"),
    path("personen/<uuid:public_id>-<slug:slug>/", people.person, name="person"),
]
