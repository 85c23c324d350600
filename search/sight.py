"""What somebody may see of what the index names: the index itself knows no viewers and lags behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from search import outbox, sources
from search.sources.base import Found, Viewer


class Sight(Protocol):
    """Decides about hits. Measurements have one of their own, for their texts are in no database."""

    def hidden(self) -> tuple[str, ...]:
        """Groups the index may still hold although nothing of them is public."""
        ...

    def read(self, keys: Sequence[str]) -> Mapping[str, Found]:
        """The items behind these keys that may be seen."""
        ...


@dataclass(frozen=True, slots=True)
class SightOf:
    """What this viewer may see, as the database says now."""

    viewer: Viewer

    def hidden(self) -> tuple[str, ...]:
        """Of the groups that wait for the worker those that are not public any more."""
        return sources.hidden(outbox.changed_groups())

    def read(self, keys: Sequence[str]) -> Mapping[str, Found]:
        """A fixed number of queries for each kind."""
        return sources.read(keys, self.viewer)
