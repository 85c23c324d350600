"""The files of items that everybody who sees the item may open: one rule for index and results.

A file in a restricted collection is for editors only, whatever uses it (``nexsm.base.media.publicity``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import Any

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from wagtail.models import CollectionViewRestriction

from conference.enums import Availability
from conference.models import ConferenceDocumentation, SessionDocumentation
from knowledge.models import ResourceFile
from search.documents import Attachment
from search.models import TextState

FilesOf = Mapping[int, tuple[Attachment, ...]]

_WITH_TEXT = (TextState.READ, TextState.WAITING)

_COLUMNS = (
    "document_id",
    "label_shown",
    "document__title",
    "document__download_name",
    "document__file",
    "language__code",
    "document__language",
    "document__search_text__state",
    "document__search_text__file_hash",
    "document__search_text__read_at",
)


def resource_files(resources: Iterable[int]) -> FilesOf:
    """Primary key of a resource → its files in order, in one query if any is asked for."""
    wanted = list(resources)
    if not wanted:
        return {}
    rows = ResourceFile.objects.filter(resource__in=wanted)
    return _by_owner(rows.order_by("resource", "sort_order", "pk"), "resource_id", "label")


def conference_files(pages: Iterable[int]) -> FilesOf:
    """Primary key of a conference → the files of its documentation that visitors see."""
    rows = ConferenceDocumentation.objects.filter(_SHOWN, conference__in=list(pages))
    return _by_owner(rows.order_by("conference", "sort_order", "pk"), "conference_id", "title")


def session_files(pages: Iterable[int]) -> FilesOf:
    """Primary key of a session → the files of its documentation that visitors see."""
    rows = SessionDocumentation.objects.filter(_SHOWN, session__in=list(pages))
    return _by_owner(rows.order_by("session", "sort_order", "pk"), "session_id", "title")


_SHOWN = Q(document__isnull=False, is_public=True, availability=Availability.AVAILABLE)


def _by_owner(rows: QuerySet[Any], owner: str, label: str) -> FilesOf:
    restricted = CollectionViewRestriction.objects.annotate(
        path_of_file=ExpressionWrapper(
            OuterRef("document__collection__path"), output_field=CharField()
        )
    ).filter(path_of_file__startswith=F("collection__path"))
    found: defaultdict[int, list[Attachment]] = defaultdict(list)
    rows = rows.exclude(Exists(restricted)).annotate(label_shown=F(label), owner=F(owner))
    for row in rows.values_list("owner", *_COLUMNS, named=True):
        found[row.owner].append(_attachment(row))
    return {key: tuple(files) for key, files in found.items()}


def _attachment(row: Any) -> Attachment:
    name = row.document__download_name or PurePosixPath(row.document__file).name
    # What waits to be read once more has its text; what waits for the first time has no date.
    has_text = row.document__search_text__read_at and row.document__search_text__state in _WITH_TEXT
    text = f"{row.document__search_text__file_hash} {row.document__search_text__read_at}"
    return Attachment(
        document=row.document_id,
        label=row.label_shown or row.document__title,
        name=name,
        extension=PurePosixPath(name).suffix[1:].lower(),
        language=row.language__code or row.document__language or "",
        text=text if has_text else "",
    )


def groups_of(documents: Q) -> list[str]:
    """Names of the groups that have a file: ``documents`` is a condition on rows with a document."""
    keys = {
        "resource": ResourceFile.objects.filter(documents).values_list("resource__translation_key"),
        "conference": ConferenceDocumentation.objects.filter(documents).values_list(
            "conference__translation_key"
        ),
        "session": SessionDocumentation.objects.filter(documents).values_list(
            "session__translation_key"
        ),
    }
    return [f"{kind}:{key}" for kind, rows in keys.items() for key in _flat(rows)]


def _flat(rows: QuerySet[Any, Any]) -> Iterable[Any]:
    return dict.fromkeys(key for (key,) in rows)
