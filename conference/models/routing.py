"""Addresses below the pages of conferences and sessions.

A route only imports its view from `conference.views` when it is asked, and hands over. It names
what Wagtail's tree cannot: files (`programm.ics`) and pages without an editor (`aenderungen/`).
Wagtail adds a slash to whatever it looks up, so the pattern of a file ends with one, too; its
address has none. New endings of files belong into `nexsm.config.page_urls`.

Routes come before children in the tree: a session must not have the slug of one (`reserved_slugs`).
Every route stands in tests/matrix/page_table.py with who gets which answer.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls.resolvers import RoutePattern
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path
from wagtail.url_routing import RouteResult

from nexsm.base.players import allow_frames


class ShowsPlayers:
    """A page that may show players of other sites: its answer names their hosts in its policy."""

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Add what the context calls `players` to the frames this answer may show."""
        response = super().serve(request, *args, **kwargs)  # type: ignore[misc]
        allow_frames(response, (getattr(response, "context_data", None) or {}).get("players", ()))
        return response


def _calendar_of_withdrawn(page: RoutablePageMixin, path_components: list[str]) -> Any:
    """The route to a calendar below a page that is not public, or None.

    Whoever subscribed has to be told that it is cancelled; the view knows whether it was ever public.
    """
    was_public = page.first_published_at is not None  # a translation may never have been
    if not was_public or not path_components or not path_components[-1].endswith(".ics"):
        return None
    try:
        view, args, kwargs = page.resolve_subpage(f"/{'/'.join(path_components)}/")
    except Http404:
        return None
    return RouteResult(page, args=(view, args, kwargs))


class ConferenceRoutes(ShowsPlayers, RoutablePageMixin):
    """What is to be had below the page of a conference."""

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Calendars stay after the conference was taken offline. Raises Http404."""
        kept = None if self.live else _calendar_of_withdrawn(self, path_components)
        return kept or super().route(request, path_components)

    @path("programm.ics/")
    def programme_calendar(self, request: HttpRequest) -> HttpResponseBase:
        """The programme as a calendar."""
        from conference.views import calendars  # noqa: PLC0415 - the stated exception

        return calendars.programme(request, self)

    @path("programm.pdf/")
    def programme_pdf(self, request: HttpRequest) -> HttpResponseBase:
        """The programme for paper."""
        from conference.views import programme_pdf  # noqa: PLC0415 - the stated exception

        return programme_pdf.programme(request, self)

    @re_path(r"^(?P<day>\d{4}-\d{2}-\d{2})\.ics/$")
    def day_calendar(self, request: HttpRequest, day: str) -> HttpResponseBase:
        """A day as a calendar."""
        from conference.views import calendars  # noqa: PLC0415 - the stated exception

        return calendars.day(request, self, day)

    @path("runde/<uuid:uid>.ics/")
    def round_calendar(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
        """A round as a calendar. By its UUID: a round before it would move a number."""
        from conference.views import calendars  # noqa: PLC0415 - the stated exception

        return calendars.round_(request, self, uid)

    @path("termin/<uuid:uid>.ics/")
    def entry_calendar(self, request: HttpRequest, uid: uuid.UUID) -> HttpResponseBase:
        """One entry as a calendar."""
        from conference.views import calendars  # noqa: PLC0415 - the stated exception

        return calendars.entry(request, self, uid)

    @path("aenderungen/")
    def changes(self, request: HttpRequest) -> HttpResponseBase:
        """What has changed in the programme."""
        from conference.views import changes  # noqa: PLC0415 - the stated exception

        return changes.changes(request, self)

    @path("aenderungen.atom/")
    def change_feed(self, request: HttpRequest) -> HttpResponseBase:
        """The same for feed readers."""
        from conference.views import changes  # noqa: PLC0415 - the stated exception

        return changes.feed(request, self)

    @path("einbetten/")
    def embedded_programme(self, request: HttpRequest) -> HttpResponseBase:
        """The programme for frames of other sites."""
        from conference.views import embedding  # noqa: PLC0415 - the stated exception

        return embedding.programme(request, self)

    @path("schedule.xml/")
    def schedule_xml(self, request: HttpRequest) -> HttpResponseBase:
        """The programme for other conference programs."""
        from conference.views import schedules  # noqa: PLC0415 - the stated exception

        return schedules.xml(request, self)

    @path("schedule.json/")
    def schedule_json(self, request: HttpRequest) -> HttpResponseBase:
        """The programme for other conference programs."""
        from conference.views import schedules  # noqa: PLC0415 - the stated exception

        return schedules.json(request, self)


class SessionRoutes(ShowsPlayers, RoutablePageMixin):
    """What is to be had below the page of a session."""

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """Raises Http404 when the conference is not public: Wagtail only looks at the page itself.

        The calendar stays after session or conference were taken offline.
        """
        is_public = self.live and self.get_parent().live
        was_public = self.get_parent().first_published_at is not None
        if was_public and not is_public:
            kept = _calendar_of_withdrawn(self, path_components)
            if kept is not None:
                return kept
        if not self.get_parent().live:
            raise Http404
        return super().route(request, path_components)

    @path("termine.ics/")
    def session_calendar(self, request: HttpRequest) -> HttpResponseBase:
        """All times of the session as a calendar."""
        from conference.views import calendars  # noqa: PLC0415 - the stated exception

        return calendars.session(request, self)


def reserved_slugs(page_type: type[RoutablePageMixin]) -> frozenset[str]:
    """Return the first parts of all routes below pages of this type."""
    patterns = [route.pattern for route in page_type.get_subpage_urls()]
    parts = [
        str(pattern).split("/")[0] for pattern in patterns if isinstance(pattern, RoutePattern)
    ]
    return frozenset(part for part in parts if part and "<" not in part)
