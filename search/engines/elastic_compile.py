"""From the neutral query tree to Elasticsearch's query language.

As plain JSON: the objects of `elasticsearch.dsl` cost more than the search for a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

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

Json: TypeAlias = dict[str, Any]


def compile_query(tree: Tree) -> Json:
    """Make the query that matches and scores what ``tree`` says."""
    return _written(tree)


def compile_filter(trees: Sequence[Tree]) -> Json:
    """Everything the trees match together, without a score."""
    return {"bool": {"filter": [_written(tree) for tree in trees]}}


def _written(tree: Tree) -> Json:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    match tree:  # the most frequent kinds first
        case Boost(Term(field, value), weight):
            return {"term": {field: {"value": value, "boost": weight}}}
        case Boost(part, weight):
            return {"bool": {"must": [_written(part)], "boost": weight}}
        case Term(field, value):
            return {"term": {field: {"value": value}}}
        case BestOf(parts, tie):
            return {"dis_max": {"queries": list(map(_written, parts)), "tie_breaker": tie}}
        case Constant(part, score):
            return _constant(_written(part), score)
        case OneOf(field, values):
            return _constant({"terms": {field: list(values)}}, 0.0)
        case AllOf(parts):
            return _all_of(parts)
        case AnyOf(parts, at_least):
            should = list(map(_written, parts))
            return {"bool": {"should": should, "minimum_should_match": at_least}}
        case Phrase(field, words):
            return _phrase(field, words)
        case Range(field, low, high):
            bounds = {"gte": low, "lte": high}
            known = {name: bound for name, bound in bounds.items() if bound is not None}
            return _constant({"range": {field: known}}, 0.0)
        case Prefer(main, bonuses):
            return {"bool": {"must": [_written(main)], "should": list(map(_written, bonuses))}}
        case Everything():
            return _constant({"match_all": {}}, 0.0)
        case Nothing():
            return {"match_none": {}}
        case Not():
            return _all_of((tree,))


def _phrase(field: str, words: Sequence[str]) -> Json:
    # The field's analyzer cuts at spaces and no term holds one, so this is exact.
    phrase = {"match_phrase": {field: {"query": " ".join(words), "slop": 0}}}
    # A shard that holds none of the words would not say how many documents it has, and the phrase
    # would score less. For a term it does, even for one that stands nowhere.
    return {"bool": {"must": [phrase], "should": [{"term": {field: {"value": _NOWHERE}}}]}}


def _constant(query: Json, score: float) -> Json:
    return {"constant_score": {"filter": query, "boost": score}}


def _all_of(parts: Sequence[Tree]) -> Json:
    must = [_written(part) for part in parts if not isinstance(part, Not)]
    must_not = [_written(part.part) for part in parts if isinstance(part, Not)]
    return {"bool": {"must": must or [_written(Everything())], "must_not": must_not}}
