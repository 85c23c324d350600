"""What is indexed, in words of the site. ``search.prepare`` makes terms of it, ``search.sources`` fills it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Attachment:
    """A public file of an item. ``document`` is its primary key, ``name`` that of the file.

    ``text`` names the state of what was read from it (``search.models.FilePage``), empty if nothing was:
    the text itself is loaded when it is analysed, because it can be long.
    """

    document: int
    label: str
    name: str = ""
    extension: str = ""
    language: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class IndexDocument:
    """One language version of one public item.

    ``key`` names the version (``resource:<uuid>``, ``page:<uuid>:de``), ``group`` the work (``resource:<uuid>``).
    ``serves`` are the UI languages in which this version stands for its work, ``elsewhere`` is language,
    title and summary of each of the other versions. ``languages`` … ``conferences`` are facet values.
    """

    key: str
    group: str
    kind: str
    language: str
    title: str
    url: str
    type: str = ""
    other_names: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    summary: str = ""
    body: str = ""
    elsewhere: tuple[tuple[str, str], ...] = ()
    serves: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    topic_labels: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    conferences: tuple[str, ...] = ()
    year: int | None = None
    published: date | None = None
    online_since: date | None = None
    attachments: tuple[Attachment, ...] = ()
    # Nobody says that it is still right: it comes after what is like it.
    is_doubtful: bool = False
    # The state of the item this was made from; a hit whose item has another one is read anew.
    version: str = ""


def kind_of(key: str) -> str:
    """The kind of item a key or group name belongs to."""
    return key.split(":", 1)[0]


def by_kind(keys: Iterable[str]) -> dict[str, list[str]]:
    """Keys or group names sorted by kind."""
    found: dict[str, list[str]] = {}
    for key in keys:
        found.setdefault(kind_of(key), []).append(key)
    return found
