"""The query tree every engine compiles: small, frozen, without a word of any engine's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches all documents, scores nothing."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no document."""


@dataclass(frozen=True, slots=True)
class Term:
    """Documents with this term in this field, scored by BM25."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class OneOf:
    """Documents with at least one of these values in a keyword field; scores nothing."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words one after the other (at least two). No slop: engines score it differently."""

    field: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """A number field between two bounds, both included; scores nothing."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class AllOf:
    """All parts match; scores add up. A part may be a Not."""

    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least ``at_least`` parts match; scores add up."""

    parts: tuple[Tree, ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class BestOf:
    """At least one part matches; the best score counts, the others by the share ``tie``.

    ``same`` matches exactly the same documents with less to look for, where there is such a tree.
    """

    parts: tuple[Tree, ...]
    tie: float = 0.0
    same: Tree | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Documents that the part does not match. Only inside AllOf."""

    part: Tree


@dataclass(frozen=True, slots=True)
class Boost:
    """The part's score times ``weight``."""

    part: Tree
    weight: float


@dataclass(frozen=True, slots=True)
class Constant:
    """What the part matches, every document with the same ``score``."""

    part: Tree
    score: float


@dataclass(frozen=True, slots=True)
class Prefer:
    """Exactly what ``main`` matches; documents that match a bonus score higher."""

    main: Tree
    bonuses: tuple[Tree, ...]


Tree: TypeAlias = (
    Everything
    | Nothing
    | Term
    | OneOf
    | Phrase
    | Range
    | AllOf
    | AnyOf
    | BestOf
    | Not
    | Boost
    | Constant
    | Prefer
)


@dataclass(frozen=True, slots=True)
class FacetFilter:
    """A restriction that belongs to a facet: that facet's own counts are made without it."""

    facet: str
    tree: Tree


def unscored(tree: Tree, *, in_one_field: bool = True) -> Tree:
    """A tree that matches the same documents and leaves out what only scores them; to count with.

    Not ``in_one_field``: for an index of before an update, which may lack the field for that.
    """

    def all_of(parts: tuple[Tree, ...]) -> tuple[Tree, ...]:
        return tuple(dict.fromkeys(unscored(part, in_one_field=in_one_field) for part in parts))

    match tree:
        case Boost(part) | Constant(part) | Prefer(part):
            return unscored(part, in_one_field=in_one_field)
        case BestOf(parts, same=same):
            return same if same is not None and in_one_field else AnyOf(all_of(parts))
        case AnyOf(parts, at_least):
            found = (unscored(part, in_one_field=in_one_field) for part in parts)
            return AnyOf(tuple(found), at_least)
        case AllOf(parts):
            return AllOf(all_of(parts))
        case Not(part):
            return Not(unscored(part, in_one_field=in_one_field))
        case _:
            return tree
