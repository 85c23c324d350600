"""German compounds: ``Migrantenselbstorganisation`` → Migrant, selbst, Organisation.

Protected words come first, then the words of our field, then nouns of the dictionary. A piece that is
in no list of ours must be a noun of five letters or more: short ones split far too much.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from search.analysis import lexicon
from search.analysis.wordlists import rows, words

_LANG = "de"
_LIST = "constituents_de.txt"
_SHORTEST_WORD = 7
_SHORTEST_LISTED = 3
_SHORTEST_NOUN = 5
_SHORTEST_DARING = 4
_FIRM_NOUN = 7
_MOST_PARTS = 5
# What may stand between two parts.
_LINKS = ("", "s", "es", "n", "en", "e", "er")
# Endings that the dictionary knows as words, too.
_NO_PARTS = frozenset(
    {
        *("schaft", "schaften", "ismus", "ender", "enden", "ungen", "ische", "isten", "ation"),
        *("tions", "ionen", "innen", "rinnen", "rinne", "inne", "sinne"),
        *(
            "nische",
            "nischen",
            "nehmende",
            "nehmenden",
            "erlassung",
            "erholen",
            "alien",
            "geschrittene",
        ),
        # Beginnings of words that are no compounds: Wiederholung, Missverständnis, Gleichwertigkeit.
        *(
            "wied",
            "nied",
            "miss",
            "fort",
            "tech",
            "gleich",
            "schräg",
            "gene",
            "mode",
            "part",
            "wider",
        ),
    }
)
# Two listed words are better than one noun that only the dictionary knows.
_LISTED, _NOUN = 1.0, 2.1
# A short noun, or one that has lost its e: only before words of our list.
_DARING = 2.6


class Part(NamedTuple):
    """A piece of a compound: as it is written there, and its dictionary form."""

    written: str
    lemma: str


@lru_cache(maxsize=50_000)
def split(word: str) -> tuple[Part, ...]:
    """The parts of a compound from left to right, at least two; empty for every other word."""
    lowered = word.lower()
    if len(lowered) < _SHORTEST_WORD or not lowered.isalpha() or _is_protected(lowered):
        return ()
    whole = _last_part(lowered)
    if whole is not None and whole[0] == _LISTED:
        return ()
    found = _cheapest(lowered, _MOST_PARTS, is_whole=True)
    return found[1] if found and len(found[1]) > 1 else ()


def begins_compounds(text: str) -> bool:
    """Whether a compound can begin with this: ``sprach``, ``vereins``."""
    return _inner_part(text.lower()) is not None


def _is_protected(word: str) -> bool:
    protected = words("protected_de.txt")
    return word in protected or any(
        word[: -len(ending)] in protected
        for ending in ("s", "n", "en", "e", "es")
        if word.endswith(ending)
    )


def _cheapest(
    word: str, most: int, *, is_whole: bool = False
) -> tuple[float, tuple[Part, ...]] | None:
    """The cheapest way to read the rest of a word as at most so many parts, the whole as several."""
    best: tuple[float, tuple[Part, ...]] | None = None
    last = None if is_whole else _last_part(word)
    if last is not None:
        best = last[0], (last[1],)
    if most == 1:
        return best
    for end in range(_SHORTEST_LISTED, len(word) - _SHORTEST_LISTED + 1):
        first = _inner_part(word[:end])
        if first is None:
            continue
        rest = _cheapest(word[end:], most - 1)
        if rest is None or (first[0] >= _DARING and not _is_firm(rest)):
            continue
        if best is None or first[0] + rest[0] < best[0]:
            best = first[0] + rest[0], (first[1], *rest[1])
    return best


def _is_firm(rest: tuple[float, tuple[Part, ...]]) -> bool:
    """Whether what follows is so surely a word that a daring part may stand before it."""
    cost, parts = rest
    return cost <= len(parts) * _LISTED or (len(parts) == 1 and len(parts[0].written) >= _FIRM_NOUN)


def _last_part(text: str) -> tuple[float, Part] | None:
    known = lexicon.lookup(text.capitalize(), _LANG)
    lemma = known.lower() if known and known[:1].isupper() else text
    if text.endswith("ies"):
        lemma = f"{text[:-3]}y"  # English plurals are not in a German dictionary: Communities
    # Weiser is no plural of Weise here; Beauftragter stands in the list as Beauftragte.
    for listed in (text, lemma, lemma.removesuffix("r")):
        if listed in words(_LIST):
            return _LISTED, Part(text, lemma if lemma in words(_LIST) else listed)
    if known and known[:1].isupper() and _may_be_part(text):
        return _NOUN, Part(text, lemma)
    return None


@lru_cache(maxsize=50_000)
def _inner_part(text: str) -> tuple[float, Part] | None:
    inside = _listed_inside().get(text)
    if inside is not None:
        return _LISTED, Part(text, inside)
    for link in _LINKS:
        if not text.endswith(link):
            continue
        base = text[: len(text) - len(link)]
        if base in words(_LIST):
            return _LISTED, Part(text, base)
    for link in ("", "s"):
        base = text[: len(text) - len(link)]
        if text.endswith(link) and _may_be_part(base):
            known = lexicon.lookup(base.capitalize(), _LANG)
            if known and known[:1].isupper():
                return _NOUN, Part(text, known.lower())
    return _daring_part(text)


def _daring_part(text: str) -> tuple[float, Part] | None:
    """A noun of four letters, one that loses its e (Grenzkontrolle), a verb without -en (Schwimmkurs)."""
    if len(text) < _SHORTEST_DARING or text in _NO_PARTS:
        return None
    if (
        len(text) == _SHORTEST_DARING
        and lexicon.lookup(text.capitalize(), _LANG) == text.capitalize()
    ):
        return _DARING, Part(text, text)
    whole = f"{text}e".capitalize()
    known = lexicon.lookup(whole, _LANG)
    if known == whole:
        return _DARING, Part(text, known.lower())
    is_verb = lexicon.lookup(f"{text}en", _LANG) == f"{text}en"
    return (_DARING, Part(text, text)) if is_verb else None


def _may_be_part(text: str) -> bool:
    return len(text) >= _SHORTEST_NOUN and text not in _NO_PARTS


@cache
def _listed_inside() -> dict[str, str]:
    """How a word is written inside a compound → dictionary form."""
    return {written: row[0] for row in rows(_LIST) for written in row[1:]}
