"""Word lists the analysis is measured by, and how they are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from search.analysis import analyse, reading

_HERE = Path(__file__).parent
LANGUAGES = tuple(sorted(path.stem.removeprefix("pairs_") for path in _HERE.glob("pairs_*.txt")))


class Pair(NamedTuple):
    """Two written forms and what is expected of them: ``=`` ``>`` or ``!``, as the files explain."""

    first: str
    sign: str
    second: str
    is_aside: bool

    def holds(self, lang: str) -> bool:
        """Whether the analysis does what is expected."""
        there, back = finds(self.first, self.second, lang), finds(self.second, self.first, lang)
        return {"=": there and back, ">": there, "!": not there and not back}[self.sign]


def finds(query: str, text: str, lang: str) -> bool:
    """Whether a query of a word or a few finds a text that consists of the other ones."""
    held = {term for token in analyse(text, lang) for term in token.terms}
    sought = [reading(token.surface, lang) for token in analyse(query, lang)]
    return bool(sought) and all(
        not held.isdisjoint(one.terms) or (bool(one.parts) and held.issuperset(one.parts))
        for one in sought
    )


def pairs(lang: str) -> list[Pair]:
    """The pairs of a language."""
    found: list[Pair] = []
    is_aside = False
    for line in _lines(f"pairs_{lang}.txt"):
        if line.startswith("["):
            is_aside = line == "[aside]"
            continue
        first, sign, second = next(
            (*map(str.strip, line.partition(sign)),)
            for sign in (" = ", " > ", " ! ")
            if sign in line
        )
        found.append(Pair(first, sign, second, is_aside))
    return found


def compounds(name: str) -> dict[str, set[str]]:
    """Words and the dictionary forms of their parts; no parts for words that stay whole."""
    rows = (line.partition("\t") for line in _lines(f"compounds_{name}.txt"))
    return {word: set(parts.split()) for word, _tab, parts in rows}


def _lines(name: str) -> Iterator[str]:
    for line in (_HERE / name).read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
