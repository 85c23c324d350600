"""Topics, regions and synonyms, from the files that fill the vocabularies of a new site."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import knowledge
from search import synonyms
from search.query.rings import Rings

_DATA = Path(knowledge.__path__[0]) / "data"


@cache
def _rows(name: str) -> dict[str, dict[str, Any]]:
    rows = json.loads((_DATA / f"{name}.json").read_text(encoding="utf-8"))
    return {row["code"]: row for row in rows}


def with_country(codes: Iterable[str]) -> tuple[str, ...]:
    """Regions and the countries they belong to, so that DE finds DE-BE."""
    found: dict[str, None] = {}
    for code in codes:
        found[code] = None
        found[code.split("-")[0]] = None
    return tuple(found)


def labels(topics: Iterable[str], regions: Iterable[str]) -> tuple[str, ...]:
    """All names of these topics and regions, as a site gives them to the index."""
    found: dict[str, None] = {}
    for name, codes in (("topics", topics), ("regions", regions)):
        for code in codes:
            row = _rows(name).get(code, {})
            found.update(dict.fromkeys([*row.get("labels", {}).values(), *row.get("synonyms", ())]))
    return tuple(found)


@cache
def first_synonyms() -> Rings:
    """The synonyms of a new site: the first groups, and the names of all topics."""
    groups = {words[0]: list(words) for words in _migration("0003_first_synonyms").GROUPS}
    more = _migration("0005_more_synonyms")
    for name, *others in more.ADDITIONS:
        groups[name] += others
    topics = [
        (code, row["labels"], list(row.get("synonyms", ())))
        for code, row in _rows("topics").items()
    ]
    return synonyms.make([*groups.values(), *map(list, more.GROUPS)], topics)


def _migration(name: str) -> Any:
    """A migration is no module one could name in an import statement."""
    return import_module(f"search.migrations.{name}")
