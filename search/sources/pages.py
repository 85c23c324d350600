"""Pages of the tree as search documents: what they share, and pages of running text."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeAlias

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext as _, override
from wagtail.models import Page

from nexsm.base.models import ContentPage
from nexsm.base.page_links import localised_url
from search.documents import Attachment, IndexDocument
from search.files.attachments import FilesOf
from search.sources.base import (
    FALLBACK_LIMIT,
    Chosen,
    Found,
    Viewer,
    contains_all,
    day_of,
    found_files,
    ids_of,
    keyset,
    served_languages,
    state_of,
)
from search.sources.plaintext import stream_text

# The generic page manager has no type of its own.
Pages: TypeAlias = QuerySet[Any]


def page_url(page: Page) -> str:
    """The address a reader of the active language should follow.

    German pages are served below every language prefix. A page that exists in another language only is
    served below its own.
    """
    own = page.locale.language_code
    active = get_language() or settings.LANGUAGE_CODE
    if own in {active, settings.LANGUAGE_CODE}:
        return localised_url(page)
    with override(own):
        return localised_url(page)


class PageSource(ABC):
    """What the kinds of pages share: a group is a page in all its languages."""

    kind: str
    text_columns: tuple[str, ...] = ("title",)
    # What a list of results does not show, and what it shows from another table.
    long_columns: tuple[str, ...] = ("body",)
    shown_with: tuple[str, ...] = ("locale",)

    @abstractmethod
    def indexable(self) -> Pages:
        """Public pages of this kind."""

    @abstractmethod
    def visible(self, viewer: Viewer) -> Pages:
        """Pages of this kind the viewer may see in lists."""

    def prefetched(self, pages: Pages) -> Pages:
        """Load with the pages what their documents need."""
        return pages

    @abstractmethod
    def document_parts(self, page: Any, context: Any) -> dict[str, Any]:
        """The fields of IndexDocument that differ from kind to kind."""

    @abstractmethod
    def found_parts(self, page: Any, context: Any) -> dict[str, Any]:
        """The fields of Found that differ from kind to kind."""

    def text_of(self, page: Any) -> str:
        """The running text of a page."""
        return stream_text(page.body)

    def of_conferences(self, pages: Pages, conferences: Sequence[str]) -> Pages:  # noqa: ARG002
        """Those that belong to conferences with these public ids: none, for most kinds."""
        return pages.none()

    def document_context_of(self, pages: Sequence[Any]) -> Any:
        """The same for documents, which may need more than a list of results."""
        return self.context_of(pages)

    def context_of(self, pages: Sequence[Any]) -> Any:  # noqa: ARG002 - for those who need it
        """What several pages need together, in a fixed number of queries."""
        return None

    def files_of(self, pages: Iterable[int]) -> FilesOf:  # noqa: ARG002 - for those that have some
        """Primary key of a page → its files, in at most one query."""
        return {}

    def groups(self) -> Iterator[str]:
        """One for each page and its translations."""
        for key in keyset(self._originals(self.indexable()), "translation_key"):
            yield f"{self.kind}:{key}"

    def public(self, groups: Sequence[str]) -> set[str]:
        """Pages that are public in some language."""
        rows = self._originals(self.indexable()).filter(translation_key__in=ids_of(groups))
        return {f"{self.kind}:{key}" for key in rows.values_list("translation_key", flat=True)}

    def collect(self, groups: Sequence[str]) -> list[IndexDocument]:
        """Documents of these pages in all languages they are public in."""
        wanted = self._originals(self.indexable()).filter(translation_key__in=ids_of(groups))
        pages = list(self.prefetched(wanted).select_related("locale").order_by("path"))
        context = self.document_context_of(pages)
        works: dict[Any, dict[str, Any]] = {}
        for page in pages:
            works.setdefault(page.translation_key, {})[page.locale.language_code] = page
        files = self.files_of(page.pk for page in pages)
        return [item for work in works.values() for item in self._work(work, context, files)]

    def _work(
        self, versions: dict[str, Any], context: Any, files: FilesOf
    ) -> Iterator[IndexDocument]:
        serves = served_languages(versions)
        for language, page in versions.items():
            others = [(code, other.title) for code, other in versions.items() if other is not page]
            parts = {"languages": (language,), **self.document_parts(page, context)}
            yield IndexDocument(
                key=self._key(page),
                group=f"{self.kind}:{page.translation_key}",
                kind=self.kind,
                language=language,
                title=page.title,
                url=page_url(page),
                elsewhere=tuple(others),
                serves=serves[language],
                online_since=day_of(page.first_published_at),
                version=state_of(page.last_published_at),
                attachments=files.get(page.pk, ()),
                **parts,
            )

    def _key(self, page: Any) -> str:
        return f"{self.kind}:{page.translation_key}:{page.locale.language_code}"

    def read(self, keys: Sequence[str], viewer: Viewer) -> dict[str, Found]:
        """Pages the viewer may see."""
        wanted = self._originals(self.visible(viewer)).filter(translation_key__in=ids_of(keys))
        pages = list(wanted.select_related(*self.shown_with).defer(*self.long_columns))
        context = self.context_of(pages)
        files = self.files_of(page.pk for page in pages)
        return {
            self._key(page): self._found(page, context, files.get(page.pk, ())) for page in pages
        }

    def texts(self, keys: Sequence[str], viewer: Viewer) -> dict[str, str]:
        """Running texts of pages the viewer may see."""
        wanted = self._originals(self.visible(viewer)).filter(translation_key__in=ids_of(keys))
        return {self._key(page): self.text_of(page) for page in wanted.select_related("locale")}

    def _found(self, page: Any, context: Any, files: Sequence[Attachment] = ()) -> Found:
        parts = {"public_id": str(page.translation_key), **self.found_parts(page, context)}
        return Found(
            key=self._key(page),
            kind=self.kind,
            title=page.title,
            url=page_url(page),
            language=page.locale.language_code,
            version=state_of(page.last_published_at),
            files=found_files(files),
            **parts,
        )

    def fallback(self, words: Sequence[str], chosen: Chosen, viewer: Viewer) -> list[Found]:
        """Search in the texts that stand in columns of their own."""
        if any(chosen.get(name) for name in ("topic", "tag", "region", "publisher")):
            return []
        pages = self._originals(self.visible(viewer)).filter(contains_all(words, self.text_columns))
        if chosen.get("conference"):
            pages = self.of_conferences(pages, chosen["conference"])
        if chosen.get("language"):
            pages = pages.filter(locale__language_code__in=chosen["language"])
        pages = pages.select_related(*self.shown_with).order_by("-first_published_at")
        rows = list(pages[:FALLBACK_LIMIT])
        context = self.context_of(rows)
        found = [self._found(page, context) for page in rows]
        return [item for item in found if _fits(item, chosen)]

    def _originals(self, pages: Pages) -> Pages:
        """Without pages that only mirror another one."""
        return pages.filter(alias_of__isnull=True)


class ContentPages(PageSource):
    """Pages of running text."""

    kind = "page"
    text_columns = ("title", "introduction", "body")

    def indexable(self) -> Pages:
        """Public pages."""
        return ContentPage.objects.live().public()

    def visible(self, viewer: Viewer) -> Pages:  # noqa: ARG002 - the same for everybody
        """Public pages: one with a password must not appear in a list."""
        return self.indexable()

    def document_parts(self, page: ContentPage, context: Any) -> dict[str, Any]:  # noqa: ARG002
        """Introduction and text."""
        return {
            "summary": page.introduction,
            "body": stream_text(page.body),
            "published": day_of(page.first_published_at),
        }

    def found_parts(self, page: ContentPage, context: Any) -> dict[str, Any]:  # noqa: ARG002
        """Introduction and text."""
        return {
            "type_label": _("Page"),
            "summary": page.introduction,
        }


def _fits(item: Found, chosen: Chosen) -> bool:
    """Filters that are cheaper to apply to the few pages found than to express in every query."""
    if chosen.get("type") and item.type not in chosen["type"]:
        return False
    low, high = (chosen.get(name) for name in ("year_from", "year_to"))
    if not low and not high:
        return True
    if item.day is None:
        return False
    return not (low and item.day.year < int(low[0])) and not (high and item.day.year > int(high[0]))
