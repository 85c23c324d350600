"""What a kind of item must offer to be found. A new kind is one more module in this package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from search.analysis.chain import primary
from search.documents import Attachment, IndexDocument

Viewer = AbstractBaseUser | AnonymousUser
Chosen = Mapping[str, Sequence[str]]
V = TypeVar("V")

KEYSET_SIZE = 1_000
# The database answers only while the engine cannot: it looks no further than this in each kind.
FALLBACK_LIMIT = 200


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of an item as the list of results marks it; ``document`` is its primary key."""

    document: int
    label: str
    extension: str = ""
    # Of its text, where it is known to differ from that of the item.
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """An item as the list of results shows it, read from the database for the viewer who asks."""

    key: str
    kind: str
    public_id: str
    title: str
    url: str
    language: str
    type: str = ""
    type_label: str = ""
    import_id: str = ""
    summary: str = ""
    other_text: str = ""
    # To sort by, and to show: often only the year is known.
    day: date | None = None
    shown_date: date | int | None = None
    # Where it is or belongs: the place of an organisation, the conference of a session.
    where: str = ""
    where_language: str = ""
    # The name of the licence, if everybody may use and share the item.
    open_licence: str = ""
    is_example: bool = False
    files: tuple[FoundFile, ...] = ()
    # The published state this was read from, see `state_of`.
    version: str = ""


class Source(Protocol):
    """One sort of item, from the room that owns it.

    ``kind`` is what the outside calls it. Two sources may share one; their keys begin differently.
    """

    kind: str

    def groups(self) -> Iterator[str]:
        """Names of all groups that have something public, in a fixed order, without repetition."""
        ...

    def public(self, groups: Sequence[str]) -> set[str]:
        """Those of these groups that have something public now. One query."""
        ...

    def collect(self, groups: Sequence[str]) -> list[IndexDocument]:
        """What is public of these groups now. A fixed number of queries for any number of groups."""
        ...

    def read(self, keys: Sequence[str], viewer: Viewer) -> dict[str, Found]:
        """The items behind these keys that the viewer may see. A fixed number of queries."""
        ...

    def texts(self, keys: Sequence[str], viewer: Viewer) -> dict[str, str]:
        """The running texts of these items, which `read` leaves out because they are long."""
        ...

    def fallback(self, words: Sequence[str], chosen: Chosen, viewer: Viewer) -> list[Found]:
        """Items whose texts contain all words, newest first, straight from the database."""
        ...


def found_files(files: Iterable[Attachment]) -> tuple[FoundFile, ...]:
    """The files of an item as a list shows them."""
    return tuple(
        FoundFile(file.document, file.label, file.extension, file.language) for file in files
    )


def keyset(queryset: QuerySet[Any], name: str) -> Iterator[Any]:
    """All different values of a column in order, in portions that hold no cursor open."""
    values = queryset.order_by(name).values_list(name, flat=True).distinct()
    portion = list(values[:KEYSET_SIZE])
    while portion:
        yield from portion
        portion = list(values.filter(**{f"{name}__gt": portion[-1]})[:KEYSET_SIZE])


def state_of(last_published_at: datetime | None) -> str:
    """The name of a published state: publishing anew makes another one."""
    return last_published_at.isoformat() if last_published_at else ""


def day_of(moment: datetime | None) -> date | None:
    """The day of a moment, if there is one."""
    return moment.date() if moment else None


def ids_of(names: Iterable[str]) -> list[str]:
    """The middle part of group names and keys: ``resource:<id>:de`` → ``<id>``."""
    return [name.split(":")[1] for name in names]


def served_languages(versions: Mapping[str, V]) -> dict[str, tuple[str, ...]]:
    """Language of a version → UI languages in which this version stands for the work.

    ``versions`` is language tag → version, the original first. A version in the UI language wins, then
    German, then English, then the original.
    """
    serves: dict[str, list[str]] = {language: [] for language in versions}
    for ui_language, _name in settings.LANGUAGES:
        wanted = (primary(ui_language), primary(settings.LANGUAGE_CODE), "en")
        best = min(
            versions,
            key=lambda language: (
                wanted.index(primary(language)) if primary(language) in wanted else len(wanted)
            ),
        )
        serves[best].append(ui_language)
    return {language: tuple(codes) for language, codes in serves.items()}


def contains_all(words: Sequence[str], columns: Sequence[str]) -> Q:
    """Every word stands in at least one of the columns."""
    condition = Q()
    for word in words:
        anywhere = Q()
        for column in columns:
            anywhere |= Q(**{f"{column}__icontains": word})
        condition &= anywhere
    return condition
