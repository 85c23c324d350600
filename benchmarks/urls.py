"""The addresses of the site, and a view that does nothing: what HTTP and Django alone cost."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from nexsm.config.urls import handler404, handler500, urlpatterns as site_urls

__all__ = ["handler404", "handler500", "urlpatterns"]


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse(b"")


urlpatterns = [path("benchmark/empty", empty), *site_urls]
