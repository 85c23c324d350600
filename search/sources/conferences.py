"""Conferences and their sessions as search documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.translation import gettext as _, override
from wagtail.models import Page

from conference import eligibility, queries
from conference.enums import Availability, SessionFormat
from conference.models import ConferencePage, Participation, Round, SessionPage
from conference.queries.people import best_language
from search.files.attachments import FilesOf, conference_files, session_files
from search.sources.base import Viewer, day_of
from search.sources.names import all_labels
from search.sources.pages import Pages, PageSource
from search.sources.plaintext import html_text, stream_text


class Conferences(PageSource):
    """Conferences."""

    kind = "conference"
    text_columns = ("title", "subtitle", "introduction", "hashtag", "body")
    long_columns = ("body", "results")
    shown_with = ("locale", "venue")

    def indexable(self) -> Pages:
        """Public conferences."""
        return eligibility.indexable_conferences()

    def visible(self, viewer: Viewer) -> Pages:
        """Conferences the viewer may see."""
        return queries.conferences_visible_to(viewer)

    def prefetched(self, pages: Pages) -> Pages:
        """With the organisations behind them, rounds and documentation."""
        return pages.select_related("venue").prefetch_related(
            "organisers", "funders", "rounds", "documentation"
        )

    def of_conferences(self, pages: Pages, conferences: Sequence[str]) -> Pages:
        """The conferences themselves."""
        return pages.filter(public_id__in=_uuids(conferences))

    def files_of(self, pages: Iterable[int]) -> FilesOf:
        """Files of the documentation."""
        return conference_files(pages)

    def document_parts(self, page: ConferencePage, context: Any) -> dict[str, Any]:  # noqa: ARG002
        """Texts, organisations, place and date."""
        organisations = [row.name_as_shown for row in (*page.organisers.all(), *page.funders.all())]
        place = page.venue_as_shown or (str(page.venue) if page.venue else "")
        return {
            "other_names": tuple(filter(None, (page.hashtag, page.acronym))),
            "organisations": tuple(
                dict.fromkeys(filter(None, (*organisations, page.project_name)))
            ),
            "summary": " ".join(filter(None, (page.subtitle, page.introduction))),
            "body": " ".join(
                filter(
                    None,
                    (
                        page.format_label,
                        stream_text(page.body),
                        html_text(page.results),
                        place,
                        *(_round_words(row) for row in page.rounds.all()),
                        *(html_text(row.results) for row in page.rounds.all()),
                        *_documentation_words(page),
                    ),
                )
            ),
            "conferences": (str(page.public_id),),
            "year": page.date_start.year if page.date_start else None,
            "published": page.date_start or day_of(page.first_published_at),
        }

    def found_parts(self, page: ConferencePage, context: Any) -> dict[str, Any]:  # noqa: ARG002
        """Kind of event and date."""
        return {
            "public_id": str(page.public_id),
            "type_label": page.format_label or _("Conference"),
            "import_id": page.import_id,
            "summary": " ".join(filter(None, (page.subtitle, page.introduction))),
            "day": page.date_start,
            "shown_date": page.date_start,
            "where": str(page.venue) if page.venue else ", ".join(page.venue_as_shown.splitlines()),
            "where_language": page.locale.language_code,
            "is_example": page.is_example,
        }


class Sessions(PageSource):
    """Sessions of conferences."""

    kind = "session"
    text_columns = ("title", "subtitle", "abstract", "body", "people_as_shown")
    long_columns = ("abstract", "body", "results")

    def indexable(self) -> Pages:
        """Public sessions of public conferences."""
        return eligibility.indexable_sessions()

    def visible(self, viewer: Viewer) -> Pages:
        """Sessions the viewer may see."""
        return queries.sessions_visible_to(viewer)

    def prefetched(self, pages: Pages) -> Pages:
        """With people, languages, times and documentation."""
        return pages.prefetch_related(
            "participations__person", "languages", "interpretation", "occurrences", "documentation"
        )

    def of_conferences(self, pages: Pages, conferences: Sequence[str]) -> Pages:
        """Those below these conferences."""
        chosen = ConferencePage.objects.filter(public_id__in=_uuids(conferences))
        return pages.filter(conference_path__in=chosen.values("path"))

    def files_of(self, pages: Iterable[int]) -> FilesOf:
        """Files of the documentation."""
        return session_files(pages)

    def context_of(self, pages: Sequence[Any]) -> dict[str, ConferencePage]:
        """Path → conference, for the conferences of all these sessions."""
        return {row.path: row for row in self._parents(pages)}

    def document_context_of(self, pages: Sequence[Any]) -> dict[str, ConferencePage]:
        """The same with the rounds, whose names find the sessions in them."""
        return {row.path: row for row in self._parents(pages).prefetch_related("rounds")}

    def _parents(self, pages: Sequence[Any]) -> Pages:
        paths = {_parent_path(page) for page in pages}
        return ConferencePage.objects.filter(path__in=paths).select_related("locale")

    def document_parts(
        self, page: SessionPage, context: dict[str, ConferencePage]
    ) -> dict[str, Any]:
        """Texts, people as printed, the conference."""
        conference = context.get(_parent_path(page))
        people = [name for row in page.participations.all() for name in _names(row)]
        spoken = tuple(language.code for language in page.languages.all())
        day = conference.date_start if conference else None
        return {
            "type": page.format,
            "organisations": tuple(
                dict.fromkeys(
                    filter(None, (*people, page.people_as_shown, conference and conference.title))
                )
            ),
            "summary": page.subtitle,
            "body": " ".join(filter(None, (*self._facts(page, conference), self.text_of(page)))),
            "conferences": (str(conference.public_id),) if conference else (),
            "languages": spoken or (page.locale.language_code,),
            "year": day.year if day else None,
            "published": day or day_of(page.first_published_at),
        }

    def _facts(self, page: SessionPage, conference: ConferencePage | None) -> Iterable[str]:
        """What the programme says of a session beside its text."""
        yield from dict.fromkeys((page.shown_format, *_format_names(page.format)))
        yield page.track
        yield page.languages_as_shown
        yield from all_labels([*page.languages.all(), *page.interpretation.all()])
        rounds = {row.uid: row for row in conference.rounds.all()} if conference else {}
        chosen = dict.fromkeys(row.round_uid for row in page.occurrences.all())
        yield from (_round_words(rounds[uid]) for uid in chosen if uid in rounds)
        yield from _documentation_words(page)

    def found_parts(self, page: SessionPage, context: dict[str, ConferencePage]) -> dict[str, Any]:
        """Format, conference and date."""
        conference = context.get(_parent_path(page))
        return {
            "public_id": str(page.public_id),
            "type": page.format,
            "type_label": page.shown_format or _("Conference session"),
            "import_id": page.import_id,
            "summary": page.subtitle,
            "other_text": page.people_as_shown,
            "where": conference.title if conference else "",
            "where_language": conference.locale.language_code if conference else "",
            "day": conference.date_start if conference else None,
            "shown_date": conference.date_start if conference else None,
            "is_example": bool(conference and conference.is_example),
        }

    def text_of(self, page: SessionPage) -> str:
        """Abstract, text and results."""
        parts = (html_text(page.abstract), stream_text(page.body), html_text(page.results))
        return " ".join(filter(None, parts))


def conference_titles(public_ids: Sequence[str]) -> dict[str, str]:
    """Public id → title in the active language, for public conferences only."""
    pages = queries.conferences_visible_to(AnonymousUser()).filter(
        public_id__in=_uuids(public_ids), alias_of=None
    )
    found: dict[str, list[ConferencePage]] = {}
    for page in pages.select_related("locale"):
        found.setdefault(str(page.public_id), []).append(page)
    return {key: str(best_language(versions).title) for key, versions in found.items()}


def _names(row: Participation) -> Iterable[str]:
    """A person as printed; by her other names only where she agreed to be shown."""
    yield row.name_as_shown
    yield row.affiliation_as_shown
    if row.person and row.person.has_consented:
        yield row.person.name
        yield from row.person.other_names


def _round_words(row: Round) -> str:
    return " ".join(filter(None, (row.label, row.title_as_shown)))


def _documentation_words(page: ConferencePage | SessionPage) -> Iterable[str]:
    """What items are called that are no files of ours: of those the index has name and text."""
    for row in page.documentation.all():
        if row.is_public and row.availability == Availability.AVAILABLE:
            yield from (row.creators, row.description)
            if row.document_id is None:
                yield row.title


def _format_names(code: str) -> Iterable[str]:
    for language, _name in settings.LANGUAGES if code else ():
        with override(language):
            yield str(SessionFormat(code).label)


def _uuids(texts: Iterable[str]) -> list[UUID]:
    """The UUIDs among these texts."""
    found = []
    for text in texts:
        with suppress(ValueError):
            found.append(UUID(text))
    return found


def _parent_path(page: Page) -> str:
    path: str = page.path[: -page.steplen]
    return path
