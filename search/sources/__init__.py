"""The kinds of items that are found, and the calls that go to all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from django.conf import settings
from django.utils.translation import override

from search.documents import IndexDocument, by_kind
from search.sources.base import Chosen, Found, Source, Viewer

KINDS = ("resource", "organisation", "conference", "session", "page")

__all__ = [
    "KINDS",
    "Found",
    "Source",
    "all_groups",
    "all_sources",
    "collect",
    "fallback",
    "hidden",
    "read",
    "texts",
]


@cache
def all_sources() -> dict[str, Source]:
    """What the keys of a source begin with → source. Loaded late: sources need the models of all rooms."""
    from search.sources.conferences import Conferences, Sessions  # noqa: PLC0415
    from search.sources.knowledge import Organisations, Resources  # noqa: PLC0415 - see above
    from search.sources.pages import ContentPages  # noqa: PLC0415
    from search.sources.people import People  # noqa: PLC0415

    return {
        "resource": Resources(),
        "organisation": Organisations(),
        "conference": Conferences(),
        "session": Sessions(),
        "page": ContentPages(),
        "person": People(),
    }


def all_groups() -> Iterator[str]:
    """Names of all groups of all kinds."""
    for source in all_sources().values():
        yield from source.groups()


def collect(groups: Sequence[str]) -> list[IndexDocument]:
    """What is public of these groups now; groups of unknown kinds have nothing."""
    documents: list[IndexDocument] = []
    # Addresses and labels must not depend on who happens to run the worker.
    with override(settings.LANGUAGE_CODE):
        for kind, names in by_kind(groups).items():
            source = all_sources().get(kind)
            if source is not None:
                documents.extend(source.collect(names))
    return documents


def hidden(groups: Sequence[str]) -> tuple[str, ...]:
    """Those of these groups that have nothing public: one query for each kind."""
    public: set[str] = set()
    for kind, names in by_kind(groups).items():
        source = all_sources().get(kind)
        if source is not None:
            public |= source.public(names)
    return tuple(group for group in groups if group not in public)


def read(keys: Sequence[str], viewer: Viewer) -> dict[str, Found]:
    """The items behind keys that the viewer may see: a fixed number of queries for each kind."""
    found: dict[str, Found] = {}
    for kind, names in by_kind(keys).items():
        source = all_sources().get(kind)
        if source is not None:
            found.update(source.read(names, viewer))
    return found


def texts(keys: Sequence[str], viewer: Viewer) -> dict[str, str]:
    """The running texts of the items the viewer may see: one query for each kind."""
    found: dict[str, str] = {}
    for kind, names in by_kind(keys).items():
        source = all_sources().get(kind)
        if source is not None:
            found.update(source.texts(names, viewer))
    return found


def fallback(words: Sequence[str], chosen: Chosen, viewer: Viewer) -> list[Found]:
    """Items that contain all words, from the database, newest first."""
    kinds = chosen.get("kind") or KINDS
    found = [
        item
        for source in all_sources().values()
        if source.kind in kinds
        for item in source.fallback(words, chosen, viewer)
    ]
    return sorted(found, key=lambda item: item.day.toordinal() if item.day else 0, reverse=True)
