"""The list of changes of a programme, for people and for feed readers."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.exports.change_feed import change_feed
from conference.models import ConferencePage
from conference.queries import (
    Programme,
    absolute,
    changes_of,
    last_published_at,
    zone_sentence,
)
from conference.views.files import file_response
from nexsm.base.page_links import localised_url

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
LIST = "aenderungen/"


@require_safe
def changes(request: HttpRequest, conference: ConferencePage) -> HttpResponse:
    """The list."""
    empty = Programme(conference.zone, conference.timezone_is_derived)
    context = {
        "page": conference,
        "conference_url": localised_url(conference),
        "changes": changes_of(conference, None),
        "zone_sentence": zone_sentence(conference, empty),
    }
    return render(request, "conference/changes.html", context)


@require_safe
def feed(request: HttpRequest, conference: ConferencePage) -> HttpResponseBase:
    """The same as an Atom feed."""
    found = changes_of(conference, None)
    at = last_published_at(conference, None)
    content = change_feed(
        conference,
        found,
        page_url=f"{localised_url(conference)}{LIST}",
        address=absolute(request.path),
        at=at,
    )
    latest = found.changes()[:1]
    return file_response(
        request,
        content,
        content_type=CONTENT_TYPE,
        filename="aenderungen.atom",
        modified_at=latest[0].at if latest else at,
    )
