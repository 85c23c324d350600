"""URLs of the search, below the language prefix."""

from django.urls import path

from search import views

app_name = "search"
urlpatterns = [
    path("suche/", views.results, name="results"),
    path("suche/vorschlaege/", views.suggestions, name="suggestions"),
    path("suche/fehlt/", views.missing, name="missing"),
]
