"""From the neutral query tree to Elasticsearch's query language, through `elasticsearch.dsl`."""

from __future__ import annotations

from collections.abc import Sequence

from elasticsearch.dsl import Q
from elasticsearch.dsl.query import Query

from search.query.tree import (
    AllOf,
    AnyOf,
    BestOf,
    Boost,
    Constant,
    Everything,
    Not,
    Nothing,
    OneOf,
    Phrase,
    Prefer,
    Range,
    Term,
    Tree,
)

_NOWHERE = " "


def compile_tree(tree: Tree) -> Query:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    """Make the query that matches and scores what ``tree`` says."""
    match tree:
        case Everything():
            return _constant(Q("match_all"), 0.0)
        case Nothing():
            return Q("match_none")
        case Term(field, value):
            return Q("term", **{field: {"value": value}})
        case OneOf(field, values):
            return _constant(Q("terms", **{field: list(values)}), 0.0)
        case Phrase(field, words):
            return _phrase(field, words)
        case Range(field, low, high):
            bounds = {"gte": low, "lte": high}
            known = {name: bound for name, bound in bounds.items() if bound is not None}
            return _constant(Q("range", **{field: known}), 0.0)
        case AllOf(parts):
            return _all_of(parts)
        case AnyOf(parts, at_least):
            should = [compile_tree(part) for part in parts]
            return Q("bool", should=should, minimum_should_match=at_least)
        case BestOf(parts, tie):
            best = [compile_tree(part) for part in parts]
            return Q("dis_max", queries=best, tie_breaker=tie)
        case Boost(Term(field, value), weight):
            return Q("term", **{field: {"value": value, "boost": weight}})
        case Boost(part, weight):
            return Q("bool", must=[compile_tree(part)], boost=weight)
        case Constant(part, score):
            return _constant(compile_tree(part), score)
        case Prefer(main, bonuses):
            should = [compile_tree(bonus) for bonus in bonuses]
            return Q("bool", must=[compile_tree(main)], should=should)
        case Not():
            return _all_of((tree,))


def compile_filter(trees: Sequence[Tree]) -> Query:
    """Everything the trees match together, without a score."""
    return Q("bool", filter=[compile_tree(tree) for tree in trees])


def _phrase(field: str, words: Sequence[str]) -> Query:
    # The field's analyzer cuts at spaces and no term holds one, so this is exact.
    phrase = Q("match_phrase", **{field: {"query": " ".join(words), "slop": 0}})
    # A shard that holds none of the words would not say how many documents it has, and the phrase
    # would score less. For a term it does, even for one that stands nowhere.
    return Q("bool", must=[phrase], should=[Q("term", **{field: {"value": _NOWHERE}})])


def _constant(query: Query, score: float) -> Query:
    return Q("constant_score", filter=query, boost=score)


def _all_of(parts: Sequence[Tree]) -> Query:
    must = [compile_tree(part) for part in parts if not isinstance(part, Not)]
    must_not = [compile_tree(part.part) for part in parts if isinstance(part, Not)]
    return Q("bool", must=must or [compile_tree(Everything())], must_not=must_not)
