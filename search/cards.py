"""Results as cards: what the list shows of each item beside title and snippet."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape

from django.utils.formats import date_format
from django.utils.html import conditional_escape, strip_tags
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from knowledge.enums import Visibility
from knowledge.models import Organisation, Publisher
from nexsm.base.languages import direction, language_name
from search.analysis.chain import primary
from search.repeated import RepeatedQuery
from search.service import ResultHit
from search.sources.base import Found

# A card is read at a glance: of publishers and languages it names the first few.
MAX_PUBLISHERS = 2
MAX_LANGUAGES = 4
SUMMARY_WORDS = 22


@dataclass(frozen=True, slots=True)
class HitCard:
    """A result as the template shows it."""

    kind: str
    type_label: str
    title_html: SafeString
    snippet_html: SafeString
    url: str
    language: str
    language_dir: str
    language_label: str
    date: str
    is_example: bool
    where: str = ""
    where_language: str = ""
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    licence: str = ""
    files: tuple[str, ...] = ()
    file_label: str = ""
    file_page: int | None = None


def cards(hits: Sequence[ResultHit], ui_language: str) -> list[HitCard]:
    """Cards for these results, at the cost of at most two queries for any number of them."""
    publishers = _publishers(hit.item for hit in hits)
    languages = _languages((hit.item for hit in hits), ui_language)
    return [_card(hit, ui_language, publishers, languages) for hit in hits]


def small_cards(items: Sequence[Found], ui_language: str) -> list[HitCard]:
    """Cards for items shown beside something else: no marks, the beginning of the summary."""
    hits = [
        ResultHit(
            item=item,
            title_html=conditional_escape(item.title),
            snippet_html=conditional_escape(
                Truncator(item.summary or item.other_text).words(SUMMARY_WORDS, truncate="…")
            ),
        )
        for item in items
    ]
    return [_card(hit, ui_language, {}, {}) for hit in hits]


def _card(
    hit: ResultHit,
    ui_language: str,
    publishers: Mapping[str, Sequence[str]],
    languages: Mapping[str, Sequence[str]],
) -> HitCard:
    item = hit.item
    differs = primary(item.language) != ui_language
    return HitCard(
        kind=item.kind,
        type_label=item.type_label,
        title_html=hit.title_html,
        snippet_html=_snippet(hit),
        url=item.url,
        language=item.language,
        language_dir=direction(item.language),
        language_label=language_name(item.language, ui_language) if differs else "",
        date=shown_date(item.shown_date),
        is_example=item.is_example,
        where=item.where,
        where_language=item.where_language,
        publishers=tuple(publishers.get(item.public_id, ())[:MAX_PUBLISHERS]),
        languages=tuple(languages.get(item.public_id, ())[:MAX_LANGUAGES]),
        licence=item.open_licence,
        files=_file_marks(item),
        file_label=hit.file_label,
        file_page=hit.file_page,
    )


def _snippet(hit: ResultHit) -> SafeString:
    """The snippet; of an item without any text but its kind nothing, for that stands above the title."""
    is_kind = unescape(strip_tags(hit.snippet_html)) == hit.item.type_label
    return SafeString("") if is_kind else hit.snippet_html


def shown_date(day: date | int | None) -> str:
    """A date in words of the active language; of many items only the year is known."""
    if isinstance(day, date):
        return date_format(day)
    return str(day) if day else ""


def _file_marks(item: Found) -> tuple[str, ...]:
    """Kinds of files, each once, in the order of the files."""
    return tuple(dict.fromkeys(file.extension.upper() for file in item.files if file.extension))


def _publishers(items: Iterable[Found]) -> dict[str, list[str]]:
    """Public id of a resource → names of who published it, as far as everybody may know."""
    ids = [item.public_id for item in items if item.kind == "resource"]
    found: dict[str, list[str]] = defaultdict(list)
    if not ids:
        return found
    for public_id, name, organisation, live, visibility in _publisher_rows.rows(ids):
        # As `Publisher.public_name`: a hidden profile is not told by its works.
        is_public = live and visibility == Visibility.PUBLIC
        shown = name or (organisation if is_public else "")
        if shown:
            found[str(public_id)].append(shown)
    return found


_publisher_rows = RepeatedQuery(
    "resource__public_id",
    lambda ids: (
        Publisher.objects.filter(resource__public_id__in=ids)
        .order_by("resource", "sort_order", "pk")
        .values_list(
            "resource__public_id",
            "name",
            "organisation__name",
            "organisation__live",
            "organisation__visibility",
        )
    ),
)


def _languages(items: Iterable[Found], ui_language: str) -> dict[str, list[str]]:
    """Public id of an organisation → names of the languages it speaks."""
    ids = [item.public_id for item in items if item.kind == "organisation"]
    found: dict[str, list[str]] = defaultdict(list)
    if not ids:
        return found
    rows = (
        Organisation.objects.filter(public_id__in=ids, languages_spoken__isnull=False)
        .order_by("pk", "languages_spoken__position", "languages_spoken__code")
        .values_list("public_id", "languages_spoken__code", "languages_spoken__labels")
    )
    for public_id, code, labels in rows:
        own = (labels or {}).get(ui_language)
        found[str(public_id)].append(str(own or language_name(code, ui_language)))
    return found
