"""Pages from Wagtail's tree, in every UI language."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language, get_language_from_request, override
from wagtail import hooks
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve_chain

from nexsm.base.gone import gone_response


def root(request: HttpRequest) -> HttpResponse:
    """Lead ``/`` to the home page in the reader's language, without a cookie."""
    response = HttpResponseRedirect(f"/{get_language_from_request(request)}/")
    patch_vary_headers(response, ["Accept-Language"])
    return response


def serve(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """Serve a page of the active language, else the German page with the active interface.

    German is the source of content. A page without a translation is better shown in German, marked
    as such, than missing. Raises Http404 when neither exists.
    """
    route = Page.route_for_request(request, path) or _route_in_source_language(request, path)
    if route is None:
        gone = gone_response(request, path)
        if gone is not None:
            return gone
        raise Http404
    page, args, kwargs = route
    request.nexsm_page = page  # type: ignore[attr-defined]
    for hook in hooks.get_hooks("before_serve_page"):
        result = hook(page, request, args, kwargs)
        if isinstance(result, HttpResponse):
            return result
    chain = serve_chain
    for hook in reversed(hooks.get_hooks("on_serve_page")):
        chain = hook(chain)
    response: HttpResponseBase = chain(page, request, args, kwargs)
    return response


def serve_file(request: HttpRequest, path: str) -> HttpResponseBase:
    """Serve a file that a page makes, such as a calendar.

    Programs ask for these. They cannot fill in a form, so what needs a password or a sign-in is
    not there for them. Raises Http404.
    """
    route = Page.route_for_request(request, path) or _route_in_source_language(request, path)
    if route is None:
        raise Http404
    restrictions = route.page.get_view_restrictions()
    if not all(restriction.accept_request(request) for restriction in restrictions):
        raise Http404
    return serve(request, path)


def _route_in_source_language(request: HttpRequest, path: str) -> RouteResult | None:
    if (get_language() or "").split("-")[0] == settings.LANGUAGE_CODE:
        return None
    site = Site.find_for_request(request)
    if site is None:
        return None
    with override(settings.LANGUAGE_CODE):
        source_root = site.root_page.localized.specific
    components = [part for part in path.split("/") if part]
    try:
        route: RouteResult = source_root.route(request, components)
    except Http404:
        return None
    request._wagtail_route_for_request = route  # type: ignore[attr-defined]  # noqa: SLF001 - Wagtail's cache
    return route
