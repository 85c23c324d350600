"""What keeps content right: reports about it and what became of them."""

from django.urls import path

from knowledge.views import freshness, own_links, reporting, suggesting

urlpatterns = [
    path("aendern/<slug:kind>/<slug:key>/", suggesting.suggestion, name="suggestion"),
    path("mitmachen/vorschlaege/", suggesting.own_suggestions, name="own_suggestions"),
    path("mitmachen/vorschlaege/<int:pk>/", suggesting.decide_own, name="decide_own_suggestion"),
    path("mitmachen/links/", own_links.own_links, name="own_links"),
    path("bestaetigen/<str:token>/", freshness.questions, name="freshness"),
    path("melden/<slug:kind>/<slug:key>/", reporting.report, name="report"),
    path("melden/vorgang/<str:token>/status/", reporting.status, name="report_status"),
]
