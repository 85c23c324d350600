"""Names of filter values, from vocabularies that are read once and kept for a while.

Every page of results names dozens of values; the vocabularies are small and change rarely. A change
made by this process is seen at once, one made by another within KEPT_SECONDS.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils.translation import get_language

from knowledge.models import Language, Region, ResourceType, Term, Topic
from nexsm.base.languages import language_name
from nexsm.base.localised import pick

KEPT_SECONDS = 10.0
_MODELS: tuple[type[Term], ...] = (Language, Region, ResourceType, Topic)

_kept: dict[type[Term], tuple[float, dict[str, dict[str, Any]]]] = {}


def names(model: type[Term], codes: Iterable[str]) -> dict[str, str]:
    """Code → name in the active language, for the codes that exist."""
    rows = _rows(model)
    return {code: str(pick(rows[code]) or code) for code in codes if code in rows}


def language_names(codes: Iterable[str]) -> dict[str, str]:
    """Tag → name of the language in the active language: our own, else CLDR's."""
    active = (get_language() or "de").split("-")[0]
    rows = _rows(Language)
    return {
        code: str(rows.get(code, {}).get(active) or language_name(code, active)) for code in codes
    }


def clear(**kwargs: Any) -> None:  # noqa: ARG001 - receives Django's signals, too
    """Read everything anew the next time."""
    _kept.clear()


def connect() -> None:
    """Forget what is kept when a vocabulary changes; called once, when all apps are loaded."""
    for model in _MODELS:
        for signal in (post_save, post_delete):
            signal.connect(clear, sender=model)


def _rows(model: type[Term]) -> dict[str, dict[str, Any]]:
    now = time.monotonic()
    read_at, rows = _kept.get(model, (0.0, {}))
    if not rows or now - read_at > KEPT_SECONDS:
        columns = model._default_manager.values_list("code", "labels")  # noqa: SLF001 - Django's public name
        rows = {code: labels or {} for code, labels in columns}
        _kept[model] = (now, rows)
    return rows
