"""Paired forms: „Migrantinnen und Migranten“ names one group of people, twice."""

from __future__ import annotations

import re
from functools import lru_cache

from search.analysis import german

_INNEN = re.compile(r"innen(?![^\W_])")
_AND = r"(?:\s+(?:und|oder|bzw\.|beziehungsweise|sowie|&)\s+|\s*/\s*)"
_AFTER = re.compile(rf"{_AND}(?P<other>[^\W\d_]{{3,}})(?![^\W_*:·(-])")
_BEFORE = re.compile(rf"(?<![^\W_])(?P<other>[^\W\d_]{{3,}}){_AND}\Z")
_AND_BEFORE = ("und", "oder", "bzw.", "beziehungsweise", "sowie", "&", "/")
_LONGEST = 80


def paired(text: str) -> dict[int, str]:
    """Offset behind the masculine word of a pair → the feminine one. ``text`` is cleaned text.

    The index gives the masculine word the feminine term, too: so a phrase with Migrant*innen finds
    the pair, whichever of the two stands beside its other words.
    """
    found: dict[int, str] = {}
    # Looked for from the few places of -innen: a pattern for whole pairs would try every word.
    for match in _INNEN.finditer(text):
        begin = match.start()
        while begin and text[begin - 1].isalpha():
            begin -= 1
        feminine = text[begin : match.end()]
        after = _AFTER.match(text, match.end())
        if after is not None and is_pair(feminine, after["other"]):
            found[after.end("other")] = feminine
        before = text[max(0, begin - _LONGEST) : begin]
        if before.rstrip().endswith(_AND_BEFORE):
            other = _BEFORE.search(before)
            if other is not None and is_pair(feminine, other["other"]):
                found[begin - len(before) + other.end("other")] = feminine
    return found


@lru_cache(maxsize=20_000)
def is_pair(first: str, second: str) -> bool:
    """Whether two words name the same persons, one of them in the feminine."""
    if first == second:
        return False
    ways = sorted((german.read(first).terms, german.read(second).terms), key=len)
    (masculine, *more), feminine = ways
    terms = [one.term for one in feminine]
    return not more and terms[0].endswith("in") and terms[1:] == [masculine.term]
