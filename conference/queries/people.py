"""People who agreed to be shown, and where they took part."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import get_language
from wagtail.models import Locale

from conference.models import ConferencePage, Contact, Participation, Person, SessionPage
from conference.queries.entries import language_of
from conference.queries.visible import Viewer, conferences_visible_to, sessions_visible_to
from knowledge.models import Organisation
from knowledge.queries import organisations_visible_to
from nexsm.base.page_links import localised_url


@dataclass(frozen=True)
class Appearance:
    """A person in one session, as the programme printed her then."""

    title: str
    url: str
    language_code: str
    format_label: str
    # The format as printed is in the session's language; our own word is in the reader's.
    format_language: str
    name: str
    affiliation: str
    role: str

    @property
    def title_language(self) -> str:
        """The language of the title; empty where its letters are not those of the page's language."""
        return language_of(self.title, [self.language_code])


@dataclass(frozen=True)
class ContactShown:
    """Whom visitors may ask. The e-mail address is there only where the person wants it."""

    name: str
    role: str
    organisation: str
    email: str
    # Empty unless the person agreed to a page.
    url: str


@dataclass(frozen=True)
class AppearancesThere:
    """All sessions of a person at one conference."""

    title: str
    url: str
    locale: Locale
    date_start: date | None
    date_end: date | None
    sessions: tuple[Appearance, ...]


def people_visible_to(viewer: Viewer) -> QuerySet[Person]:
    """People who agreed to a page and whom visitors already meet in a published programme.

    The second half keeps a programme that is not out yet from being told by the pages of its people.
    """
    spoken = Participation.objects.filter(
        person=OuterRef("pk"), session__in=sessions_visible_to(viewer).values("pk")
    )
    asked = Contact.objects.filter(
        person=OuterRef("pk"), conference__in=conferences_visible_to(viewer).values("pk")
    )
    return Person.objects.filter(Exists(spoken) | Exists(asked), has_consented=True)


def person_context(person: Person, viewer: Viewer) -> dict[str, Any]:
    """Return the template variables of a person's page. The number of queries is fixed."""
    return {
        "person": person,
        "organisation": _profile(person, viewer),
        "conferences": appearances(person, viewer),
    }


def contacts_shown(rows: Iterable[Contact]) -> list[ContactShown]:
    """Return whom to ask, each with a link where the person agreed to a page."""
    return [
        ContactShown(
            name=row.name_as_shown,
            role=row.role_as_shown,
            organisation=row.organisation_as_shown,
            email=row.public_email,
            url=row.person.get_absolute_url() if row.person and row.person.has_consented else "",
        )
        for row in rows
    ]


def appearances(person: Person, viewer: Viewer) -> list[AppearancesThere]:
    """Return the public sessions of a person by conference, the latest conference first."""
    rows = (
        Participation.objects.filter(
            person=person,
            session__in=sessions_visible_to(viewer).filter(alias_of=None).values("pk"),
        )
        .select_related("session__locale")
        .order_by("session__path", "sort_order", "pk")
    )
    sessions: dict[Any, list[Participation]] = defaultdict(list)
    for row in rows:
        sessions[row.session.translation_key].append(row)
    conferences = _conferences([row.session for group in sessions.values() for row in group])
    found: dict[Any, list[Participation]] = defaultdict(list)
    for group in sessions.values():
        best = best_language(row.session for row in group)
        parent = conferences[_parent_path(best)]
        found[parent.translation_key] += [row for row in group if row.session == best]
    shown = [
        (best_language(page for page in conferences.values() if page.translation_key == key), rows_)
        for key, rows_ in found.items()
    ]
    shown.sort(key=lambda pair: pair[0].date_start or date.max, reverse=True)
    return [_there(conference, rows_, conferences) for conference, rows_ in shown]


def best_language(pages: Iterable[Any]) -> Any:
    """Return the page in the reader's language, else in that of the sources, else any of them."""
    language = get_language() or ""

    def rank(page: Any) -> tuple[bool, bool]:
        code = page.locale.language_code
        return (code != language, code != settings.LANGUAGE_CODE)

    return min(pages, key=rank)


def _there(
    conference: ConferencePage, rows: list[Participation], parents: dict[str, ConferencePage]
) -> AppearancesThere:
    return AppearancesThere(
        title=conference.title,
        url=localised_url(conference),
        locale=conference.locale,
        date_start=conference.date_start,
        date_end=conference.date_end,
        sessions=tuple(_appearance(row, parents[_parent_path(row.session)]) for row in rows),
    )


def _appearance(row: Participation, conference: ConferencePage) -> Appearance:
    session: SessionPage = row.session
    return Appearance(
        title=session.heading,
        url=f"{localised_url(conference)}{session.slug}/",
        language_code=session.language_code,
        format_label=session.shown_format,
        format_language=session.language_code if session.format_label else "",
        name=str(row),
        affiliation=row.affiliation_as_shown,
        role=row.role_label,
    )


def _conferences(sessions: list[SessionPage]) -> dict[str, ConferencePage]:
    """Path → conference of these sessions, in one query."""
    paths = {_parent_path(session) for session in sessions}
    pages = ConferencePage.objects.filter(path__in=paths).select_related("locale")
    return {page.path: page for page in pages}


def _parent_path(session: SessionPage) -> str:
    path: str = session.path[: -session.steplen]
    return path


def _profile(person: Person, viewer: Viewer) -> Organisation | None:
    """The organisation of today, where its profile is public."""
    if person.organisation_id is None:
        return None
    asking = viewer if viewer is not None else AnonymousUser()
    return organisations_visible_to(asking).filter(pk=person.organisation_id).first()
