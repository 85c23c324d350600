"""URLs of the floor that carry a language prefix."""

from django.urls import path

from nexsm.base.views import site

app_name = "base"

urlpatterns = [
    path("impressum/", site.imprint, name="imprint"),
    path("datenschutz/", site.privacy, name="privacy"),
    path("barrierefreiheit/", site.accessibility, name="accessibility"),
    path("stil/", site.style, name="style"),
]
