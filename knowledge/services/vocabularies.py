"""Vocabularies every site starts with. Editors may change labels; codes stay."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pycountry
from django.apps import AppConfig
from django.db import transaction

from knowledge.models import Audience, Language, Licence, Region, ResourceType, Term, Topic
from nexsm.base.languages import language_name

DATA = Path(__file__).resolve().parent.parent / "data"
COUNTRIES = ("DE", "AT", "CH", "LI")
UI_LANGUAGES = ("de", "en")


@transaction.atomic
def load_vocabularies() -> dict[str, int]:
    """Create missing rows; never touch rows that exist, for editors may have changed them.

    Returns the number of rows created for each vocabulary.
    """
    created = {
        "types": _load(ResourceType, _read("types")),
        "topics": _load(Topic, _read("topics")),
        "licences": _load(Licence, _read("licences")),
        "audiences": _load(Audience, _read("audiences")),
        "languages": _load(Language, _languages()),
    }
    created["regions"] = _load_regions()
    return created


def load_after_migrate(sender: AppConfig, **kwargs: Any) -> None:  # noqa: ARG001
    """Receiver of `post_migrate`: a new database has its vocabularies at once."""
    load_vocabularies()


@lru_cache(maxsize=8)
def _read(name: str) -> tuple[dict[str, Any], ...]:
    rows = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return tuple({"position": position, **row} for position, row in enumerate(rows, start=1))


@lru_cache(maxsize=1)
def _languages() -> tuple[dict[str, Any], ...]:
    """Languages from the list of codes; names come from CLDR unless the list gives its own."""
    rows = []
    for row in _read("languages"):
        own = row.get("labels", {})
        labels = {ui: own.get(ui) or language_name(row["code"], ui) for ui in UI_LANGUAGES}
        autonym = row.get("autonym") or language_name(row["code"], row["code"])
        rows.append({**row, "labels": labels, "autonym": autonym})
    return tuple(rows)


def _load(model: type[Term], rows: tuple[dict[str, Any], ...]) -> int:
    known = set(model._default_manager.values_list("code", flat=True))  # noqa: SLF001 - Django's name
    missing = [model(**row) for row in rows if row["code"] not in known]
    model._default_manager.bulk_create(missing)  # noqa: SLF001
    return len(missing)


def _load_regions() -> int:
    """Countries of the region and their states by ISO 3166-2, from pycountry."""
    names = {row["code"]: row["labels"] for row in _read("regions")}
    known = {region.code: region for region in Region.objects.all()}
    created = 0
    for place, country in enumerate(COUNTRIES, start=1):
        parent = known.get(country)
        if parent is None:
            parent = Region.objects.create(
                code=country, labels=names[country], position=place * 100
            )
            created += 1
        states = sorted(
            pycountry.subdivisions.get(country_code=country) or [],  # type: ignore[no-untyped-call]
            key=lambda state: state.name,
        )
        missing = [
            Region(
                code=state.code,
                labels=names.get(state.code, {"de": state.name}),
                parent=parent,
                position=place * 100 + number,
            )
            for number, state in enumerate(states, start=1)
            if state.code not in known
        ]
        Region.objects.bulk_create(missing)
        created += len(missing)
    return created
