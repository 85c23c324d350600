"""URLs of the knowledge base, one module for each part. They carry a language prefix."""

from knowledge.urls import contributing, importing, organisations, public, reviewing, upkeep

app_name = "knowledge"

urlpatterns = [
    *public.urlpatterns,
    *contributing.urlpatterns,
    *organisations.urlpatterns,
    *importing.urlpatterns,
    *reviewing.urlpatterns,
    *upkeep.urlpatterns,
]
