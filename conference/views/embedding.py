"""The programme inside other sites: a bare page for a frame, and oEmbed to find it."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.utils.translation import override
from django.views.decorators.http import require_safe

from conference.exports.embedding import HEIGHT, flat_days, frame_code, frame_title
from conference.models import ConferencePage
from conference.queries import (
    ProgrammeFilter,
    absolute,
    conferences_visible_to,
    publication_of,
    zone_sentence,
)
from nexsm.base.page_links import localised_url

WIDTH = 800
SMALLEST = 200


@require_safe
def programme(request: HttpRequest, conference: ConferencePage) -> HttpResponse:
    """The programme without the frame of the site. Sets no cookie and loads nothing from elsewhere."""
    chosen = ProgrammeFilter.from_query(request.GET)
    publication = publication_of(conference, None, chosen)
    context = {
        "page": conference,
        "conference_url": publication.url,
        "days": flat_days(publication.programme),
        "zone_sentence": zone_sentence(conference, publication.programme),
        "is_chosen": chosen.is_active,
    }
    response = render(request, "conference/embedded.html", context)
    # What the decorators of Django and django-csp set; the sites are a setting.
    response.xframe_options_exempt = True
    response._csp_replace = {"frame-ancestors": settings.EMBED_FRAME_ANCESTORS}  # type: ignore[attr-defined]  # noqa: SLF001
    return response


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """Answer oEmbed (oembed.com, version 1.0): the frame for the address of a conference.

    Raises Http404 for addresses that are none; 501 for other formats than JSON, as its text asks.
    """
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    address = request.GET.get("url", "")
    if not address:
        return HttpResponseBadRequest("url is missing")
    language, conference = _conference_at(address)
    with override(language):
        url = absolute(localised_url(conference))
        title = frame_title(conference)
    width, height = _length(request, "maxwidth", WIDTH), _length(request, "maxheight", HEIGHT)
    answer = {
        "type": "rich",
        "version": "1.0",
        "title": conference.title,
        "provider_name": settings.SITE_NAME,
        "provider_url": settings.BASE_URL,
        "cache_age": 3600,
        "width": width,
        "height": height,
        "html": frame_code(url, title, width=width, height=height),
    }
    response = JsonResponse(answer)
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _conference_at(address: str) -> tuple[str, ConferencePage]:
    """Language and conference of an address of this site. Raises Http404 for anything else."""
    try:
        parts = urlsplit(address)
    except ValueError as error:
        raise Http404 from error
    if parts.netloc != urlsplit(settings.BASE_URL).netloc:
        raise Http404
    # Browsers copy an address with letters beyond ASCII in either spelling.
    address = unquote(parts.path).strip("/")
    language, _slash, path = address.partition("/")
    slug = path.rsplit("/", 1)[-1]
    if language not in dict(settings.LANGUAGES) or not slug:
        raise Http404
    with override(language):
        for conference in conferences_visible_to(None).filter(slug=slug):
            if unquote(localised_url(conference)).strip("/") == address:
                return language, conference
    raise Http404


def _length(request: HttpRequest, name: str, usual: int) -> int:
    """The usual length, or less where the asking site has less room."""
    text = request.GET.get(name, "")
    most = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else usual  # noqa: PLR2004 - no screen has more
    return max(min(usual, most), SMALLEST)
