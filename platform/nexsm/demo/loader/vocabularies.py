"""Finds vocabulary rows by code. A code nobody knows is an error, not a gap."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from knowledge.models import Audience, Language, Licence, Region, ResourceType, Term, Topic
from knowledge.services.vocabularies import load_vocabularies
from nexsm.demo.content import DataError


class Vocabularies:
    """All vocabulary rows in memory, by code."""

    def __init__(self) -> None:
        load_vocabularies()
        self._rows: dict[type[Term], dict[str, Any]] = {
            model: model._default_manager.in_bulk(field_name="code")  # noqa: SLF001 - Django's name
            for model in (Audience, Language, Licence, Region, ResourceType, Topic)
        }

    def one(self, model: type[Term], code: str) -> Any:
        """Return the row with this code. Raises DataError."""
        try:
            return self._rows[model][code]
        except KeyError as error:
            raise DataError(f"{model.__name__}: unknown code {code}") from error

    def many(self, model: type[Term], codes: Iterable[str]) -> list[Any]:
        """Return the rows with these codes. Raises DataError."""
        return [self.one(model, code) for code in codes]
