"""What an import of one kind of item must say about itself."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from knowledge.models import CuratedItem
from knowledge.services.imports.cells import MAX_VALUE, Cells

Values = dict[str, Any]
ID_COLUMN = "id"


@dataclass(frozen=True)
class ParsedRow:
    """A row whose cells mean something: values are texts, numbers, codes and lists of them."""

    number: int
    import_id: str
    values: Values
    fingerprints: dict[str, str]


class ItemImport(ABC):
    """The columns of one CSV format and how they become an item."""

    model: ClassVar[type[CuratedItem]]
    columns: ClassVar[tuple[str, ...]]
    required: ClassVar[tuple[str, ...]]
    # For columns that fill relations: which ones.
    relations: ClassVar[Mapping[str, str]]

    def __init__(self, source: str = "csv") -> None:
        self.source = source
        self._readers = self.readers()

    @property
    def kind(self) -> str:
        """The item's kind as tombstones and imported rows call it."""
        return str(self.model.tombstone_kind)

    @abstractmethod
    def readers(self) -> Mapping[str, Callable[[Cells], Any]]:
        """For each column but the id: the function that reads its value."""

    @abstractmethod
    def prepare(self, rows: Sequence[ParsedRow]) -> None:
        """Look up what a batch of rows refers to, in a fixed number of queries."""

    @abstractmethod
    def apply(self, item: CuratedItem, values: Values, columns: Collection[str]) -> None:
        """Set these columns of the item, relations included, without saving."""

    def parse(self, cells: Cells) -> ParsedRow | None:
        """Read a row; None if it has problems (they are noted)."""
        import_id = cells.text(ID_COLUMN, most=MAX_VALUE, required=True)
        values = {
            column: self._readers[column](cells)
            for column in cells.row.cells
            if column != ID_COLUMN
        }
        if not cells.is_sound:
            return None
        prints = {column: fingerprint(value) for column, value in values.items()}
        return ParsedRow(cells.row.number, import_id, values, prints)


def fingerprint(value: object) -> str:
    """A short trace of a value that tells whether it changed, without keeping the value."""
    text = json.dumps(value, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
