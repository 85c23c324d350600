"""Vocabularies that are read once and kept for a while: names of filter values, facts about items.

Every page of results needs dozens of them; the vocabularies are small and change rarely. A change
made by this process is seen at once, one made by another within KEPT_SECONDS.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from knowledge.models import Language, Licence, Region, ResourceType, Term, Topic
from nexsm.base.languages import language_name

KEPT_SECONDS = 10.0
_MODELS: tuple[type[Term], ...] = (Language, Licence, Region, ResourceType, Topic)

T = TypeVar("T", bound=Term)


class _Kept:
    """The rows of a vocabulary by primary key, and their names in each language asked for."""

    def __init__(self, model: type[Term]) -> None:
        self.read_at = time.monotonic()
        self.rows: dict[int, Term] = {
            row.pk: row
            for row in model._default_manager.all()  # noqa: SLF001 - Django's public name
        }
        self._names: dict[str | None, dict[str, str]] = {}

    def names(self) -> dict[str, str]:
        """Code → name in the active language."""
        language = get_language()
        if language not in self._names:
            self._names[language] = {row.code: row.label for row in self.rows.values()}
        return self._names[language]


_kept: dict[type[Term], _Kept] = {}


def row(model: type[T], pk: int) -> T:
    """The row with this primary key, not to be changed. Raises KeyError if there is none."""
    found: Any = _vocabulary(model).rows.get(pk)
    if found is None:  # another process has only just made it
        _kept.pop(model, None)
        found = _vocabulary(model).rows[pk]
    return found


def rows(model: type[T]) -> list[T]:
    """All rows in their order, not to be changed."""
    found: Any = _vocabulary(model).rows.values()
    return list(found)


def all_names(model: type[Term]) -> Mapping[str, str]:
    """Code → name in the active language; whoever names many things asks once."""
    return _vocabulary(model).names()


def names(model: type[Term], codes: Iterable[str]) -> dict[str, str]:
    """Code → name in the active language, for the codes that exist."""
    known = _vocabulary(model).names()
    return {code: known[code] for code in codes if code in known}


def language_names(codes: Iterable[str]) -> dict[str, str]:
    """Tag → name of the language in the active language: our own, else CLDR's."""
    active = (get_language() or "de").split("-")[0]
    known = _vocabulary(Language).names()
    return {code: known.get(code) or language_name(code, active) for code in codes}


def clear(**kwargs: Any) -> None:  # noqa: ARG001 - receives Django's signals, too
    """Read everything anew the next time."""
    _kept.clear()


def connect() -> None:
    """Forget what is kept when a vocabulary changes; called once, when all apps are loaded."""
    for model in _MODELS:
        for signal in (post_save, post_delete):
            signal.connect(clear, sender=model)


def _vocabulary(model: type[Term]) -> _Kept:
    kept = _kept.get(model)
    if kept is None or time.monotonic() - kept.read_at > KEPT_SECONDS:
        kept = _kept[model] = _Kept(model)
    return kept
