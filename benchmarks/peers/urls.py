"""Wagtail's search as an address that answers JSON, and an empty view."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from benchmarks.peers.asking import FACETS, search


def answer(request: HttpRequest) -> JsonResponse:
    """The search; parameters as the site's API has them."""
    filters = {name: request.GET.getlist(name) for name in FACETS if name in request.GET}
    return JsonResponse(search("elasticsearch", request.GET["q"], filters))


def empty(_request: HttpRequest) -> HttpResponse:
    """Nothing."""
    return HttpResponse(b"")


urlpatterns = [path("api/v1/search", answer), path("benchmark/empty", empty)]
