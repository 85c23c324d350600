"""No engine: for sites that want none and for tests. Searching says so, writing is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from search.engines.base import EngineHealth, EngineUnavailable, Page, Sort, Stored
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
        tree: Tree,  # noqa: ARG002
        *,
        filters: Sequence[FacetFilter] = (),  # noqa: ARG002
        facets: Sequence[str] = (),  # noqa: ARG002
        sort: Sort = "relevance",  # noqa: ARG002
        offset: int = 0,  # noqa: ARG002
        limit: int = 20,  # noqa: ARG002
    ) -> Page:
        """Raise EngineUnavailable."""
        raise EngineUnavailable("no search engine is configured")

    def vocabulary(self) -> dict[str, int]:
        """Nothing."""
        return {}

    def ids(self) -> dict[str, Stored]:
        """Nothing."""
        return {}

    def swap(self, generation: str) -> None:
        """Do nothing."""

    def sweep(self) -> list[str]:
        """Nothing to delete."""
        return []

    def drop(self, generation: str) -> None:
        """Do nothing."""

    def current(self) -> str | None:
        """No generation."""
        return None

    def damage(self) -> str:
        """Nothing that could break."""
        return ""

    def health(self) -> EngineHealth:
        """Healthy as far as nothing can be ill."""
        return EngineHealth(ok=True, detail="no search engine is configured")
