"""No engine: for sites that want none and for tests. Searching says so, writing is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.engines.base import EngineHealth, EngineUnavailable, Page, Sort
from search.fields import EngineDocument
from search.query.tree import FacetFilter, Tree


class NullEngine:
    """Holds nothing. ``search`` raises EngineUnavailable, so that the database answers."""

    name = "null"

    def create(self, generation: str) -> None:
        """Make nothing."""

    def write(
        self,
        upserts: Iterable[EngineDocument],
        deletes: Iterable[str] = (),  # noqa: ARG002 - the interface of all engines
        *,
        generation: str | None = None,  # noqa: ARG002
    ) -> int:
        """Forget the documents."""
        return sum(1 for _document in upserts)

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
        """Raise EngineUnavailable."""
        raise EngineUnavailable("no search engine is configured")

    def vocabulary(self) -> dict[str, int]:
        """Nothing."""
        return {}

    def ids(self) -> dict[str, str]:
        """Nothing."""
        return {}

    def swap(self, generation: str) -> None:
        """Do nothing."""

    def drop(self, generation: str) -> None:
        """Do nothing."""

    def current(self) -> str | None:
        """No generation."""
        return None

    def health(self) -> EngineHealth:
        """Healthy as far as nothing can be ill."""
        return EngineHealth(ok=True, detail="no search engine is configured")
