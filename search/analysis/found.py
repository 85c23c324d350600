"""What a language makes of one written word: terms, and the rule that made each of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class Found(NamedTuple):
    """A term and why it is one, in a few words for people who look at the analysis."""

    term: str
    rule: str


class Understood(NamedTuple):
    """One word as a language reads it; the fields are those of `search.analysis.Reading`."""

    terms: tuple[Found, ...]
    parts: tuple[Found, ...] = ()
    also: tuple[Found, ...] = ()


def unique(found: Iterable[Found]) -> tuple[Found, ...]:
    """The first reason of each term; empty terms are left out."""
    kept: dict[str, Found] = {}
    for one in found:
        if one.term:
            kept.setdefault(one.term, one)
    return tuple(kept.values())
