"""Is it here already? What a member is about to send, compared with what is there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q, QuerySet
from rapidfuzz import fuzz, process, utils

from knowledge.models import Resource
from knowledge.queries import resources_visible_to
from knowledge.queries.membership import Person, items_editable_by

# Of 100: "Leitfaden für Vereine" and "Leitfaden für den Verein" are 84, a swapped word order is 100.
NEAR = 85
_MOST_CANDIDATES = 500
_MOST_SHOWN = 5
_WORD = re.compile(r"\w{4,}")
_WORDS = 3


class Reason(StrEnum):
    """Why two are probably the same, the surest first."""

    DOI = "doi"
    FILE = "file"
    LINK = "link"
    TITLE = "title"


@dataclass(frozen=True)
class Duplicate:
    """A resource that is probably the same."""

    resource: Resource
    reason: Reason


@dataclass(frozen=True)
class Sought:
    """What is known of the one that is to be sent."""

    title: str = ""
    doi: str = ""
    url: str = ""
    file_hashes: tuple[str, ...] = ()


def probable_duplicates(
    sought: Sought, *, viewer: Person, leave_out: Iterable[str] = (), own: int | None = None
) -> list[Duplicate]:
    """Resources the viewer may see that are probably the same, the surest first, five at most.

    ``leave_out``: public ids of those that were looked at; ``own``: the resource that is changed. What
    others have not published yet is not told.
    """
    seen = Q(pk__in=resources_visible_to(viewer).values("pk"))
    seen |= Q(pk__in=items_editable_by(viewer, Resource).values("pk"))
    there = Resource.objects.filter(seen).exclude(public_id__in=list(leave_out))
    if own is not None:
        there = there.exclude(pk=own)
    found: dict[int, Reason] = {}
    for reason, pks in (
        (Reason.DOI, _same(there, doi__iexact=sought.doi) if sought.doi else ()),
        (Reason.FILE, _same(there, files__document__file_hash__in=sought.file_hashes)),
        (Reason.LINK, _same_link(there, sought.url)),
        (Reason.TITLE, _near_titles(there, sought.title)),
    ):
        for pk in pks:
            found.setdefault(pk, reason)
    shown = list(found)[:_MOST_SHOWN]
    rows = Resource.objects.select_related("type", "language").prefetch_related(
        "publishers__organisation"
    )
    by_pk = rows.in_bulk(shown)
    return [Duplicate(by_pk[pk], found[pk]) for pk in shown]


def _same(there: QuerySet[Resource], **conditions: object) -> list[int]:
    rows = there.filter(**conditions).order_by("pk").values_list("pk", flat=True)
    return list(dict.fromkeys(rows[: _MOST_SHOWN * 2]))


def _same_link(there: QuerySet[Resource], url: str) -> list[int]:
    """The same address, with or without TLS, ``www.`` and the slash at the end."""
    bare = re.sub(r"^https?://(?:www\.)?", "", url).rstrip("/")
    if not bare:
        return []
    spellings = [
        f"{scheme}://{www}{bare}{slash}"
        for scheme in ("https", "http")
        for www in ("", "www.")
        for slash in ("", "/")
    ]
    return _same(there, url__in=spellings)


def _near_titles(there: QuerySet[Resource], title: str) -> list[int]:
    """Titles like this one. Only those that share one of its longest words are compared."""
    words = sorted(set(_WORD.findall(title)), key=lambda word: (-len(word), word))[:_WORDS]
    if not words:
        return _same(there, title__iexact=title) if title else []
    shares = Q()
    for word in words:
        shares |= Q(title__icontains=word)
    candidates = there.filter(shares).order_by("-pk").values_list("pk", "title")
    titles = dict(candidates[:_MOST_CANDIDATES])
    near = process.extract(
        title,
        titles,
        scorer=fuzz.token_sort_ratio,
        processor=utils.default_process,
        score_cutoff=NEAR,
        limit=_MOST_SHOWN,
    )
    return [pk for _title, _score, pk in near]
