"""What an import of one kind of item must say about itself."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import QuerySet

from knowledge.models import CuratedItem, Organisation
from knowledge.services.imports.cells import MAX_VALUE, Cells
from knowledge.services.imports.notation import KEPT
from knowledge.services.imports.problems import Problems
from knowledge.services.imports.table import Row

Values = dict[str, Any]
ID_COLUMN = "id"


@dataclass(frozen=True)
class Scope:
    """On whose behalf an import runs: a person, and an organisation whose items alone it may touch.

    Without an organisation everything may be touched.
    """

    by: AbstractBaseUser | None = None
    organisation: Organisation | None = None


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
    # Required columns that references seldom have: a person may say what empty cells mean.
    fillable: ClassVar[tuple[str, ...]]
    # Columns whose values have no order of their own.
    unordered: ClassVar[frozenset[str]]

    def __init__(self, source: str = "csv", scope: Scope | None = None) -> None:
        self.source = source
        self.scope = scope or Scope()
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

    @abstractmethod
    def items(self) -> QuerySet[Any]:
        """The items this import may change."""

    @abstractmethod
    def loaded(self, items: QuerySet[Any]) -> QuerySet[Any]:
        """Load with the items what `current_cells` asks for."""

    @abstractmethod
    def current_cells(self, item: Any) -> dict[str, str]:
        """The row an export would write for the item."""

    def new_fields(self) -> dict[str, Any]:
        """What every new item gets beside its row."""
        return {"import_source": self.source, "created_by": self.scope.by}

    def current_values(self, item: Any) -> Values:
        """The values of the item as its row would be read; what cannot be read is left out."""
        cells = Cells(Row(0, self.current_cells(item)), Problems())
        values = {}
        for column, read in self._readers.items():
            before = cells.problems_found
            value = read(cells)
            if cells.problems_found == before:
                values[column] = value
        return values

    def is_same(self, column: str, one: Any, other: Any) -> bool:
        """Whether two values of a column mean the same."""
        if column in self.unordered:
            return sorted(one) == sorted(other)
        return bool(one == other)

    def parse(self, cells: Cells) -> ParsedRow | None:
        """Read a row; None if it has problems (they are noted)."""
        import_id = cells.text(ID_COLUMN, most=MAX_VALUE, required=True)
        values = {
            column: self._readers[column](cells)
            for column, text in cells.row.cells.items()
            if column != ID_COLUMN and text != KEPT
        }
        if not cells.is_sound:
            return None
        prints = {column: fingerprint(value) for column, value in values.items()}
        return ParsedRow(cells.row.number, import_id, values, prints)


def fingerprint(value: object) -> str:
    """A short trace of a value that tells whether it changed, without keeping the value."""
    text = json.dumps(value, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=6).hexdigest()
