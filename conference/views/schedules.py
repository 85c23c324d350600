"""The programme in the formats of other conference programs."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from conference.exports.schedule import Schedule, schedule_of
from conference.exports.schedule_json import schedule_json
from conference.exports.schedule_xml import schedule_xml
from conference.models import ConferencePage
from conference.queries import publication_of
from conference.views.files import file_response

# Registered with IANA for this format.
XML_TYPE = "application/vnd.c3voc.schedule+xml; charset=utf-8"
JSON_TYPE = "application/json"


@require_safe
def xml(request: HttpRequest, conference: ConferencePage) -> HttpResponseBase:
    """schedule.xml. Raises Http404 while neither a date nor a time is known."""
    return _response(request, conference, schedule_xml, XML_TYPE)


@require_safe
def json(request: HttpRequest, conference: ConferencePage) -> HttpResponseBase:
    """schedule.json. Raises Http404 while neither a date nor a time is known."""
    return _response(request, conference, schedule_json, JSON_TYPE)


def _response(
    request: HttpRequest,
    conference: ConferencePage,
    write: Callable[[Schedule], bytes],
    content_type: str,
) -> HttpResponseBase:
    publication = publication_of(conference, None)
    schedule = schedule_of(publication)
    if schedule is None:
        raise Http404
    return file_response(
        request,
        write(schedule),
        content_type=content_type,
        filename=request.path.rsplit("/", 1)[-1],
        modified_at=publication.modified_at,
    )
