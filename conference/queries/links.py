"""The way back: which conferences and sessions a resource or an organisation belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conference.enums import OrganiserRole
from conference.models import ConferencePage, Funder, Organiser, SessionPage
from conference.queries.people import best_language, people_visible_to
from conference.queries.visible import Viewer, conferences_visible_to, sessions_visible_to
from knowledge.models import Organisation, Resource
from nexsm.base.linked_from import Link, LinkGroup
from nexsm.base.page_links import localised_url

# An organisation that was everywhere for decades: its latest sessions are enough for one page.
MOST_SESSIONS = 100


def links_to(item: Any, viewer: Viewer) -> list[LinkGroup]:
    """Return public conferences, sessions and people that belong to a resource or organisation."""
    if isinstance(item, Resource):
        return _of_resource(item, viewer)
    if isinstance(item, Organisation):
        return _of_organisation(item, viewer)
    return []


def _of_resource(resource: Resource, viewer: Viewer) -> list[LinkGroup]:
    """A link to one language version of a work counts for all of them."""
    work = Q(resource_links__resource__translation_key=resource.translation_key)
    conferences = _originals(conferences_visible_to(viewer).filter(work))
    sessions = _originals(sessions_visible_to(viewer).filter(work))
    return [_conferences(conferences, _when), _sessions(sessions)]


def _of_organisation(organisation: Organisation, viewer: Viewer) -> list[LinkGroup]:
    roles = _roles(organisation)
    conferences = _originals(conferences_visible_to(viewer).filter(pk__in=list(roles)))
    taking_part = Q(organisation_links__organisation=organisation) | Q(
        participations__organisation=organisation
    )
    sessions = _originals(sessions_visible_to(viewer).filter(taking_part))
    people = people_visible_to(viewer).filter(organisation=organisation).order_by("name")

    def role_and_date(page: ConferencePage) -> str:
        return " · ".join(filter(None, (roles[page.pk], _when(page))))

    return [
        _conferences(conferences, role_and_date),
        _sessions(sessions),
        LinkGroup(
            "people",
            _("People"),
            tuple(Link(person.name, person.get_absolute_url()) for person in people),
        ),
    ]


def _roles(organisation: Organisation) -> dict[int, str]:
    """Conference → what the organisation did there, in the words of the programme."""
    found: dict[int, list[str]] = defaultdict(list)
    for organiser in Organiser.objects.filter(organisation=organisation):
        label = organiser.role_as_shown or str(OrganiserRole(organiser.role).label)
        found[organiser.conference_id].append(label)
    for funder in Funder.objects.filter(organisation=organisation):
        found[funder.conference_id].append(funder.role_as_shown or _("Funded by"))
    return {page: ", ".join(dict.fromkeys(labels)) for page, labels in found.items()}


def _originals(pages: Any) -> Any:
    """Each page once, without those that only mirror another one."""
    return pages.filter(alias_of=None).select_related("locale").distinct()


def _by_work(pages: Iterable[Any]) -> list[Any]:
    works: dict[Any, list[Any]] = defaultdict(list)
    for page in pages:
        works[page.translation_key].append(page)
    return [best_language(versions) for versions in works.values()]


def _conferences(pages: Any, note: Callable[[ConferencePage], str]) -> LinkGroup:
    shown = _by_work(pages.order_by("-date_start", "path"))
    links = tuple(
        Link(page.title, localised_url(page), page.language_code, note(page)) for page in shown
    )
    return LinkGroup("conferences", _("Conferences"), links)


def _sessions(pages: Any) -> LinkGroup:
    shown: list[SessionPage] = _by_work(pages.order_by("-path")[:MOST_SESSIONS])
    paths = {page.path: page.path[: -page.steplen] for page in shown}
    parents = ConferencePage.objects.filter(path__in=set(paths.values())).in_bulk(field_name="path")
    links = []
    for page in shown:
        conference = parents[paths[page.path]]
        url = f"{localised_url(conference)}{page.slug}/"
        links.append((conference, Link(page.heading, url, page.language_code, conference.title)))
    links.sort(key=lambda pair: (pair[0].date_start is not None, pair[0].date_start), reverse=True)
    return LinkGroup("sessions", _("Conference sessions"), tuple(link for _page, link in links))


def _when(page: ConferencePage) -> str:
    return date_format(page.date_start, "DATE_FORMAT") if page.date_start else ""
