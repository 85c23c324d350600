"""Kurdish (Kurmanji): no dictionary is at hand; ezafe, oblique and plural endings are cut by rule."""

from __future__ import annotations

import regex

from search.analysis.base import fold
from search.analysis.found import Found

# Folded: -ê -a -ên -an -ek -ekî -eke -yê -ya -yên -yan. At least three letters must be left.
_ENDING = regex.compile(r"(?<=\A\p{L}{3,})(?:y?(?:en|an|e|a)|ek[ei]?)\Z")


def read(surface: str) -> tuple[Found, ...]:
    """The folded word without its endings."""
    plain = fold(surface)
    stem = plain
    while (shorter := _ENDING.sub("", stem)) != stem:
        stem = shorter
    rule = "folded only" if stem == plain else f"ending -{plain[len(stem) :]} cut by rule"
    return (Found(stem, rule),)
