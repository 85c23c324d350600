"""What the page templates are given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location, get_timezone_name
from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language, gettext as _
from wagtail.models import Locale

from conference.enums import ConferenceState, OrganiserRole
from conference.models import (
    ConferenceIndexPage,
    ConferencePage,
    Funder,
    Organiser,
    Round,
    SessionPage,
)
from conference.queries.documentation import documentation_of, players_in
from conference.queries.entries import Programme, RoundEntry, SessionEntry
from conference.queries.gathered import documented_sessions
from conference.queries.own_sessions import own_session_of
from conference.queries.parallel import parallel_sessions
from conference.queries.people import contacts_shown
from conference.queries.programme import programme, session_programme
from conference.queries.programme_filter import ProgrammeFilter
from conference.queries.programme_page import programme_shown
from conference.queries.visible import Viewer, conferences_visible_to, source_of
from knowledge.models import Organisation, Resource
from knowledge.queries import (
    organisations_for_cards,
    organisations_visible_to,
    resources_for_cards,
    resources_visible_to,
)
from nexsm.base.filters import active_filters
from nexsm.base.models import Image
from nexsm.base.page_links import localised_url


@dataclass(frozen=True)
class ConferenceCard:
    """A conference in a list."""

    title: str
    subtitle: str
    url: str
    date_start: date | None
    date_end: date | None
    venue: str
    hashtag: str
    locale: Locale
    is_example: bool
    state: ConferenceState

    @property
    def state_label(self) -> str:
        """The state in words where it is more than the date says."""
        silent = {ConferenceState.ANNOUNCED, ConferenceState.PAST}
        return "" if self.state in silent else str(self.state.label).capitalize()


@dataclass(frozen=True)
class OrganisationShown:
    """An organisation beside a conference, as printed."""

    name: str
    role: str
    role_is_printed: bool
    logo: Image | None
    # Empty unless its profile is public.
    url: str


@dataclass(frozen=True)
class ZoneWords:
    """A time zone in words a reader understands."""

    city: str
    name: str
    offset: str
    is_derived: bool


def conference_card(conference: ConferencePage) -> ConferenceCard:
    """Return what a list shows of a conference."""
    return ConferenceCard(
        title=conference.title,
        subtitle=conference.subtitle,
        url=localised_url(conference),
        date_start=conference.date_start,
        date_end=conference.date_end,
        venue=str(conference.venue) if conference.venue else conference.venue_as_shown,
        hashtag=conference.hashtag,
        locale=conference.locale,
        is_example=conference.is_example,
        state=conference.current_state(),
    )


def conference_list(viewer: Viewer, index: ConferenceIndexPage) -> dict[str, Any]:
    """Return the conferences below an index page: those to come, and those that are over."""
    pages = (
        conferences_visible_to(viewer)
        .filter(path__startswith=index.path, depth=index.depth + 1)
        .select_related("locale", "venue")
        .order_by(F("date_start").desc(nulls_first=True), "path")
    )
    cards = [conference_card(page) for page in pages]
    over = {ConferenceState.PAST, ConferenceState.DOCUMENTED}
    return {
        "coming_conferences": [card for card in reversed(cards) if card.state not in over],
        "is_one_live": any(card.state == ConferenceState.LIVE for card in cards),
        "past_conferences": [card for card in cards if card.state in over],
    }


def conference_context(
    conference: ConferencePage, viewer: Viewer, request: HttpRequest
) -> dict[str, Any]:
    """Return the template variables of a conference's page. The address may choose a part of it."""
    whole = programme(conference, viewer)
    chosen = ProgrammeFilter.from_query(request.GET)
    shown = programme_shown(conference, whole, chosen, timezone.now())
    state = conference.current_state()
    is_over = state in {ConferenceState.PAST, ConferenceState.DOCUMENTED}
    source = source_of(conference)
    organisers = list(source.organisers.select_related("logo").all())
    funders = list(source.funders.select_related("logo").all())
    profiles = _visible_organisations([*organisers, *funders], viewer)
    documentation = documentation_of(conference)
    return {
        "programme": whole,
        "shown": shown,
        "active_filters": active_filters(request, shown.filters),
        "page_address": request.path,
        "zone_words": zone_words(conference, _first_start(whole)),
        "state": state,
        "is_over": is_over,
        "documented_sessions": documented_sessions(whole) if is_over else [],
        "documented_rounds": [
            entry for entry in whole.entries() if isinstance(entry, RoundEntry) and entry.results
        ],
        "index_url": _parent_url(conference),
        "organisers": [
            _organisation_shown(row, str(OrganiserRole(row.role).label), profiles)
            for row in organisers
        ],
        "funders": [_organisation_shown(row, _("Funded by"), profiles) for row in funders],
        "contacts": contacts_shown(source.contacts.select_related("person").all()),
        "documentation": documentation,
        "players": players_in(documentation),
        "resources": _resources(conference, viewer),
    }


def session_context(session: SessionPage, viewer: Viewer) -> dict[str, Any]:
    """Return the template variables of a session's page."""
    conference = session.get_parent().specific
    shown, entries = session_programme(session, conference)
    links = session.organisation_links.all()
    organisations = organisations_for_cards(organisations_visible_to(_asking(viewer)))
    documentation = documentation_of(session)
    return {
        "conference": conference,
        "conference_url": localised_url(conference),
        "session": shown,
        "entries": entries,
        "parallel": parallel_sessions(conference, session, entries, viewer),
        "taking_place": [entry for entry in entries if not entry.is_cancelled and entry.start],
        "zone_words": zone_words(conference, entries[0].start if entries else None),
        "documentation": documentation,
        "own_session": own_session_of(session, viewer),
        "players": players_in(documentation),
        "rounds_with_results": _rounds_with_results(conference, entries),
        "resources": _resources(session, viewer),
        "organisations": _in_order(links, "organisation_id", organisations),
    }


def zone_words(conference: ConferencePage, moment: datetime | None = None) -> ZoneWords:
    """Return the conference's time zone in the active language, with its name on that day."""
    zone: ZoneInfo = conference.zone
    if moment is None and conference.date_start:
        moment = datetime.combine(conference.date_start, time(12), tzinfo=zone)
    local = (moment or timezone.now()).astimezone(zone)
    language = (get_language() or "de").replace("-", "_")
    return ZoneWords(
        city=get_timezone_location(local, locale=language, return_city=True),
        name=get_timezone_name(local, width="long", locale=language),
        offset=_offset(local),
        is_derived=conference.timezone_is_derived,
    )


def zone_sentence(conference: ConferencePage, shown: Programme) -> str:
    """Return the sentence about the zone of all times of a programme."""
    words = zone_words(conference, _first_start(shown))
    sentence = _("All times are local times in %(city)s: %(name)s, %(offset)s.") % {
        "city": words.city,
        "name": words.name,
        "offset": words.offset,
    }
    if words.is_derived:
        sentence += " " + _("The programme names no time zone; it is concluded from the place.")
    return sentence


def _offset(local: datetime) -> str:
    """`UTC+2`, `UTC+5:30`, `UTC`."""
    minutes = int((local.utcoffset() or timedelta(0)).total_seconds() // 60)
    if not minutes:
        return "UTC"
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'+' if minutes > 0 else '−'}{hours}{f':{rest:02d}' if rest else ''}"


def _first_start(shown: Programme) -> datetime | None:
    return next((entry.start for entry in shown.entries() if entry.start), None)


def _parent_url(page: ConferencePage) -> str:
    parent = page.get_parent()
    return localised_url(parent) if parent is not None else ""


def _asking(viewer: Viewer) -> Any:
    return viewer if viewer is not None else AnonymousUser()


def _rounds_with_results(
    conference: ConferencePage, entries: Iterable[SessionEntry]
) -> list[Round]:
    """The rounds a session was part of, as far as something came out of them as a whole."""
    uids = {entry.round_uid for entry in entries if entry.round_uid}
    if not uids:
        return []
    return [row for row in source_of(conference).rounds.all() if row.uid in uids and row.results]


def _visible_organisations(rows: Iterable[Any], viewer: Viewer) -> dict[int, Organisation]:
    """Profiles to link to, by id: a profile that is not public must not be linked."""
    ids = [row.organisation_id for row in rows if row.organisation_id]
    return organisations_visible_to(_asking(viewer)).in_bulk(ids) if ids else {}


def _organisation_shown(
    row: Organiser | Funder, role: str, profiles: dict[int, Organisation]
) -> OrganisationShown:
    profile = profiles.get(row.organisation_id or 0)
    return OrganisationShown(
        name=row.name_as_shown,
        role=row.role_as_shown or role,
        role_is_printed=bool(row.role_as_shown),
        logo=row.logo,
        url=profile.get_absolute_url() if profile else "",
    )


def _resources(page: ConferencePage | SessionPage, viewer: Viewer) -> list[Resource]:
    resources = resources_for_cards(resources_visible_to(_asking(viewer)))
    return _in_order(page.resource_links.all(), "resource_id", resources)


def _in_order(links: Iterable[Any], attribute: str, found: Any) -> list[Any]:
    """Load the linked objects the viewer may see, in the order of the links."""
    ids = [getattr(link, attribute) for link in links]
    if not ids:
        return []
    by_id = found.in_bulk(ids)
    return [by_id[pk] for pk in ids if pk in by_id]
