"""Calendars of a programme and of its parts, below the pages of conferences and sessions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from conference.exports import calendar_parts
from conference.exports.calendar import calendar_of, calendar_of_conference
from conference.exports.calendar_parts import CalendarPart
from conference.models import ConferencePage, SessionPage
from conference.queries import ProgrammeFilter, ProgrammePublication, absolute, publication_of
from conference.views.files import file_response

CONTENT_TYPE = "text/calendar; charset=utf-8"
# `?nur-konferenz`: the conference as one entry, without its programme.
ONLY_CONFERENCE = "nur-konferenz"
Choose = Callable[[ProgrammePublication], CalendarPart | None]


@require_safe
def programme(request: HttpRequest, conference: ConferencePage) -> HttpResponseBase:
    """The whole programme, or what the parameters of the programme's page choose of it."""
    if ONLY_CONFERENCE in request.GET:
        if not conference.live:
            raise Http404
        publication = publication_of(conference, None)
        content = calendar_of_conference(publication, address=_address(request))
        return _response(request, publication, content)
    return _calendar(request, conference, calendar_parts.whole)


@require_safe
def day(request: HttpRequest, conference: ConferencePage, day: str) -> HttpResponseBase:
    """One day. Raises Http404 when the conference has no such day."""
    try:
        wanted = date.fromisoformat(day)
    except ValueError as error:
        raise Http404 from error
    return _calendar(request, conference, lambda found: calendar_parts.of_day(found, wanted))


@require_safe
def round_(request: HttpRequest, conference: ConferencePage, uid: uuid.UUID) -> HttpResponseBase:
    """One round. Raises Http404 when it is not known."""
    return _calendar(request, conference, lambda found: calendar_parts.of_round(found, uid))


@require_safe
def entry(request: HttpRequest, conference: ConferencePage, uid: uuid.UUID) -> HttpResponseBase:
    """One entry. Raises Http404 when it was never public."""
    return _calendar(request, conference, lambda found: calendar_parts.of_entry(found, uid))


@require_safe
def session(request: HttpRequest, session: SessionPage) -> HttpResponseBase:
    """All times of a session. Raises Http404 for one that was never public."""
    conference = session.get_parent().specific

    def choose(publication: ProgrammePublication) -> CalendarPart | None:
        part = calendar_parts.of_session(publication, session.public_id)
        return part if session.live or part.withdrawn else None

    return _calendar(request, conference, choose)


def _calendar(request: HttpRequest, conference: ConferencePage, choose: Choose) -> HttpResponseBase:
    chosen = ProgrammeFilter.from_query(request.GET)
    publication = publication_of(conference, None, chosen)
    part = choose(publication)
    if part is not None and not conference.live:  # nothing takes place, and what was public is told
        part = replace(part, entries=()) if part.withdrawn else None
    if part is None:
        raise Http404
    return _response(
        request, publication, calendar_of(publication, part, address=_address(request))
    )


def _address(request: HttpRequest) -> str:
    return absolute(request.get_full_path())


def _response(
    request: HttpRequest, publication: ProgrammePublication, content: bytes
) -> HttpResponseBase:
    return file_response(
        request,
        content,
        content_type=CONTENT_TYPE,
        filename=request.path.rsplit("/", 1)[-1],
        modified_at=publication.modified_at,
    )
