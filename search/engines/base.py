"""What a search engine must do. Nothing outside this package knows which one runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from search.fields import EngineDocument
from search.query.tree import FacetFilter, Tree

Sort = Literal["relevance", "newest", "title"]

# Nobody reads hit 10,001; every engine would have to sort all hits before it.
MAX_WINDOW = 10_000
# The embedded engine orders equal scores by chance: this many more are fetched and the order among
# them is made here.
TIE_MARGIN = 50
# A facet shows its most frequent values; those the user has picked are added where they are missing.
FACET_SIZES = {"tag": 60, "publisher": 60}
FACET_SIZE = 250


class EngineUnavailable(Exception):  # noqa: N818 - a state, not a mistake
    """The engine cannot answer now: not there, not reachable, broken, no index."""


class EngineBusy(EngineUnavailable):
    """Another process writes. Try again later."""


class DocumentsRefused(Exception):  # noqa: N818 - a finding about documents, not about the engine
    """Some documents cannot be stored, however often one tries. All others of the call are written.

    ``groups`` is group name → reason.
    """

    def __init__(self, groups: Mapping[str, str], written: int) -> None:
        super().__init__("; ".join(f"{group}: {why}" for group, why in groups.items())[:500])
        self.groups = dict(groups)
        self.written = written


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found."""

    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Page:
    """One page of hits and the counts of the facets asked for, most frequent first."""

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """What tells whether a stored document is up to date."""

    group: str
    digest: str


@dataclass(frozen=True, slots=True)
class EngineHealth:
    """Whether searching works, and on what."""

    ok: bool
    generation: str | None = None
    documents: int = 0
    detail: str = ""


class Engine(Protocol):
    """A store of documents in generations. Every method may raise EngineUnavailable."""

    name: str

    def create(self, generation: str) -> None:
        """Make an empty generation that nobody searches yet. Its name holds no hyphen."""
        ...

    def write(
        self,
        upserts: Iterable[EngineDocument],
        deletes: Iterable[str] = (),
        *,
        generation: str | None = None,
    ) -> int:
        """Replace and delete in one step, in the current or the named generation.

        ``deletes`` are group names: all documents of these groups go first, then the upserts come.
        Returns how many documents were written. Raises DocumentsRefused once all the others are
        written, and whatever ``upserts`` raises; on any other error nothing counts as written.
        """
        ...

    def search(
        self,
        tree: Tree,
        *,
        filters: Sequence[FacetFilter] = (),
        facets: Sequence[str] = (),
        sort: Sort = "relevance",
        offset: int = 0,
        limit: int = 20,
    ) -> Page:
        """Find documents. A facet's counts ignore the filters of that facet."""
        ...

    def vocabulary(self) -> dict[str, int]:
        """All written words of the index and in how many documents each stands."""
        ...

    def ids(self) -> dict[str, Stored]:
        """Key → group and digest of all documents."""
        ...

    def swap(self, generation: str) -> None:
        """Search in this generation from now on; keep the one before, delete older ones.

        The one before is for readers that are just opening it; ``sweep`` deletes it, too.
        """
        ...

    def sweep(self) -> list[str]:
        """Delete all generations but the current one: old ones and those of builds that were killed.

        Only for the one who holds the writer's lock. Returns their names.
        """
        ...

    def drop(self, generation: str) -> None:
        """Delete a generation that is not in use."""
        ...

    def current(self) -> str | None:
        """The generation that is searched, None if there is no index (which is not: unreachable)."""
        ...

    def damage(self) -> str:
        """What is broken in the current generation so that only a new build helps; empty if nothing.

        Cheap enough to be asked every few seconds; a large index is looked through in portions.
        """
        ...

    def health(self) -> EngineHealth:
        """How it is. Never raises."""
        ...


def facet_size(facet: str) -> int:
    """How many values of a facet are counted."""
    return FACET_SIZES.get(facet, FACET_SIZE)


def split_filters(
    filters: Sequence[FacetFilter], facets: Sequence[str]
) -> tuple[list[str], dict[str, list[Tree]]]:
    """Sort facets into those counted with all filters and those counted without their own.

    Returns the first as names, the second as name → the filters that remain.
    """
    filtered = {item.facet for item in filters}
    together = [facet for facet in facets if facet not in filtered]
    alone = {
        facet: [item.tree for item in filters if item.facet != facet]
        for facet in facets
        if facet in filtered
    }
    return together, alone
