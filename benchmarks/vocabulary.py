"""The words of the benchmark corpus: lists, inflection, compounds, gender forms. No word is copied.

About 60,000 German forms in the order of their frequency. What stands where (ranks counted from 0):

========  ============  ======================================================================
band      ranks         words
========  ============  ======================================================================
function  0-142         articles, prepositions, conjunctions
frequent  143-999       simple nouns, verbs, adjectives, persons in all gender spellings, places
medium    1,000-4,999   the same; from about 2,300 on compounds and verbs with prefixes
rare      5,000-59,999  compounds of two and three parts, compounds of persons
========  ============  ======================================================================
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

BANDS = {"function": (0, 143), "frequent": (143, 1_000), "medium": (1_000, 5_000)}
SIZE = 60_000
# What written German really uses, the odd ones too.
_GENDER_PLURALS = ("*innen", ":innen", "_innen", "Innen", "/-innen", "innen")
_PERSON_COMPOUNDS = 35


@cache
def sections() -> dict[str, tuple[str, ...]]:
    """The word lists by section."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, []).extend(line.split())
    return {name: tuple(dict.fromkeys(words)) for name, words in found.items()}


@cache
def german() -> tuple[str, ...]:
    """All German forms, the most frequent first."""
    order = random.Random(7)  # noqa: S311 - sample data, nothing secret
    simple = list(_simple())
    order.shuffle(simple)
    rare = list(_rare())
    order.shuffle(rare)
    words = dict.fromkeys((*sections()["function_de"], *simple, *rare))
    return tuple(words)[:SIZE]


@cache
def content(language: str) -> tuple[str, ...]:
    """Words of a language that name things; for German the frequent and medium ones."""
    if language == "de":
        return german()[BANDS["frequent"][0] : BANDS["medium"][1]]
    return sections()[language][8:]


def band_of(rank: int) -> str:
    """The frequency band of a rank in `german`."""
    return next((name for name, (_low, high) in BANDS.items() if rank < high), "rare")


@cache
def compounds() -> tuple[str, ...]:
    """Compounds of two parts in the singular, in an arbitrary fixed order."""
    words = [f"{first}{head.split(',')[0]}" for first, head in _pairs()]
    random.Random(11).shuffle(words)  # noqa: S311 - see above
    return tuple(dict.fromkeys(words))


@cache
def names() -> tuple[str, ...]:
    """Simple nouns in the singular."""
    return tuple(noun.split(",")[0] for noun in sections()["nouns_de"])


def _pairs() -> Iterator[tuple[str, str]]:
    for first in sections()["modifiers_de"]:
        for head in sections()["heads_de"]:
            yield first, head


def _simple() -> Iterator[str]:
    for noun in sections()["nouns_de"]:
        yield from _cases(*noun.split(","))
    for person in sections()["persons_de"]:
        yield from _person(person)
    for stem in sections()["verbs_de"]:
        yield from _verb(stem)
    for adjective in sections()["adjectives_de"]:
        yield from (f"{adjective}{ending}" for ending in ("", "e", "en", "er", "es", "em"))
    yield from sections()["places"]


def _rare() -> Iterator[str]:
    for first, head in _pairs():
        yield from (f"{first}{form.lower()}" for form in _cases(*head.split(",")))
    for first in sections()["modifiers_de"][:_PERSON_COMPOUNDS]:
        for person in sections()["persons_de"]:
            yield from (f"{first}{form[0].lower()}{form[1:]}" for form in _person(person))
    for prefix in sections()["prefixes_de"]:
        for stem in sections()["verbs_de"]:
            yield from (f"{prefix}{form}" for form in _verb(stem))
    chance = random.Random(13)  # noqa: S311 - see above
    modifiers, pairs = sections()["modifiers_de"], list(_pairs())
    for _number in range(30_000):
        first, head = chance.choice(pairs)
        yield f"{chance.choice(modifiers)}{first.lower()}{chance.choice(head.split(','))}"


def _cases(singular: str, plural: str) -> Iterable[str]:
    genitive = singular if singular.endswith(("ung", "heit", "keit", "e", "s")) else f"{singular}s"
    dative = plural if plural.endswith(("n", "s")) else f"{plural}n"
    return dict.fromkeys((singular, plural, genitive, dative))


def _person(written: str) -> Iterator[str]:
    masculine, _colon, stem = written.partition(":")
    stem = stem or masculine
    ends_in_er = masculine.endswith(("er", "or"))
    many = masculine if ends_in_er and not masculine.endswith("or") else f"{stem}en"
    yield from dict.fromkeys((masculine, many, f"{stem}in"))
    yield from (f"{stem}{ending}" for ending in _GENDER_PLURALS)


def _verb(stem: str) -> Iterator[str]:
    yield from (f"{stem}{ending}" for ending in ("en", "t", "te", "ten", "end", "ung"))
    yield f"ge{stem}t"
