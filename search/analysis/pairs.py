"""Paired forms: „Migrantinnen und Migranten“ names one group of people, twice."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from search.analysis import german
from search.analysis.base import Token, fold

_AND = r"(?:\s+(?:und|oder|bzw\.|beziehungsweise|sowie|&)\s+|\s*/\s*)"
_FEMININE_FIRST = re.compile(
    rf"(?<![^\W_])(?P<feminine>[^\W\d_]{{3,}}innen){_AND}(?P<other>[^\W\d_]{{3,}})(?![^\W_*:·(-])"
)
_FEMININE_LAST = re.compile(
    rf"(?<![^\W_])(?P<other>[^\W\d_]{{3,}}){_AND}(?P<feminine>[^\W\d_]{{3,}}innen)(?![^\W_*:·(-])"
)
_CONJUNCTIONS = frozenset({"und", "oder", "bzw", "beziehungsweise", "sowie", "u"})


def paired(text: str) -> dict[int, str]:
    """Offset behind the masculine word of a pair → the feminine one. ``text`` is cleaned text.

    The index gives the masculine word the feminine term, too: so a phrase with Migrant*innen finds
    the pair, whichever of the two stands beside its other words.
    """
    if "innen" not in text:
        return {}
    found: dict[int, str] = {}
    for pattern in (_FEMININE_FIRST, _FEMININE_LAST):
        for match in pattern.finditer(text):
            if is_pair(match["feminine"], match["other"]):
                found[match.end("other")] = match["feminine"]
    return found


def is_pair(first: str, second: str) -> bool:
    """Whether two words name the same persons, one of them in the feminine."""
    if first == second:
        return False
    ways = sorted((german.read(first).terms, german.read(second).terms), key=len)
    (masculine, *more), feminine = ways
    terms = [one.term for one in feminine]
    return not more and terms[0].endswith("in") and terms[1:] == [masculine.term]


def collapse_pairs(tokens: Sequence[Token]) -> list[Token]:
    """The tokens of a German query, each pair as one token that is written in the feminine.

    „Migrantinnen und Migranten in Köln“ → Migrantinnen, in, Köln. The token reaches from the first
    word of the pair to the last. Places are counted anew. Tokens must stand in the order of the text.
    """
    found: list[Token] = []
    at = 0
    while at < len(tokens):
        width = _width_of_pair(tokens, at)
        if width:
            first, last = tokens[at], tokens[at + width - 1]
            feminine = max(first, last, key=lambda token: len(german.read(token.surface).terms))
            found.append(replace(feminine, start=first.start, end=last.end, pos=len(found)))
        else:
            found.append(replace(tokens[at], pos=len(found)))
        at += width or 1
    return found


def _width_of_pair(tokens: Sequence[Token], at: int) -> int:
    """How many tokens the pair that begins here has: two, three with „und“, none if it is no pair."""
    first = tokens[at].surface
    if at + 1 < len(tokens) and is_pair(first, tokens[at + 1].surface):
        return 2
    if at + 2 < len(tokens) and fold(tokens[at + 1].surface) in _CONJUNCTIONS:
        return 3 if is_pair(first, tokens[at + 2].surface) else 0
    return 0
