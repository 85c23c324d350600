"""Words of one family: who looks for „gründen“ means „Gründung“ as well.

One word of a family is its head, and the others have its term beside their own, in the index and in
queries. So all meet through one term, and the most frequent of them costs the index nothing.
"""

from __future__ import annotations

from functools import lru_cache

from search.analysis import lexicon
from search.analysis.wordlists import rows, words

_LANG = "de"
# Shorter ones are mostly no pairs: Rat, raten.
_SHORTEST = 5


@lru_cache(maxsize=50_000)
def head(lemma: str) -> str | None:
    """The head of the family of a dictionary form (small letters), None if it has none but itself.

    Our list first; else the noun in ``-ung`` for a verb and the adjective for a noun in ``-heit`` or
    ``-keit``, if the dictionary knows both.
    """
    listed = _listed().get(lemma)
    if listed is not None:
        return listed if listed != lemma else None
    if len(lemma) < _SHORTEST or lemma in words("no_families_de.txt"):
        return None
    candidate = _candidate(lemma)
    if candidate is None or candidate in words("no_families_de.txt"):
        return None
    written = candidate.capitalize() if candidate.endswith("ung") else candidate
    return candidate if lexicon.lookup(written, _LANG) == written else None


@lru_cache(maxsize=50_000)
def head_for_person(lemma: str) -> str | None:
    """What persons of a family do: ``gründer`` → ``gründung``. Found by it, but not finding it."""
    return _persons().get(lemma)


def _candidate(lemma: str) -> str | None:
    if lemma.endswith(("heit", "keit")):
        return lemma[:-4]
    if lemma.endswith("eln"):
        return f"{lemma[:-3]}lung"
    if lemma.endswith("ern"):
        return f"{lemma[:-1]}ung"
    if lemma.endswith("en"):
        return f"{lemma[:-2]}ung"
    return None


@lru_cache(maxsize=1)
def _listed() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows("families_de.txt"):
        members = row[: row.index("|")] if "|" in row else row
        found.update(dict.fromkeys(members, row[0]))
    return found


@lru_cache(maxsize=1)
def _persons() -> dict[str, str]:
    return {
        person: row[0]
        for row in rows("families_de.txt")
        if "|" in row
        for person in row[row.index("|") + 1 :]
    }
