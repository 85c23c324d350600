"""From the neutral query tree to a Tantivy query."""

from __future__ import annotations

from collections.abc import Sequence

from tantivy import FieldType, Occur, Query, Schema

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


def compile_tree(tree: Tree, schema: Schema) -> Query:  # noqa: C901, PLR0911, PLR0912 - one case for each kind of node
    """Make the query that matches and scores what ``tree`` says."""
    match tree:  # the most frequent kinds first
        case Boost(part, weight):
            return Query.boost_query(compile_tree(part, schema), weight)
        case Term(field, value):
            return Query.term_query(schema, field, value, index_option="freq")
        case BestOf(parts, tie):
            best = [compile_tree(part, schema) for part in parts]
            return Query.disjunction_max_query(best, tie)
        case Constant(part, score):
            return Query.const_score_query(compile_tree(part, schema), score)
        case OneOf(field, values):
            return Query.const_score_query(_one_of(field, values, schema), 0.0)
        case AllOf(parts):
            return _all_of(parts, schema)
        case AnyOf(parts, at_least):
            should = [(Occur.Should, compile_tree(part, schema)) for part in parts]
            return Query.boolean_query(should, minimum_number_should_match=at_least)
        case Phrase(field, words):
            return Query.phrase_query(schema, field, list(words))
        case Range(field, low, high):
            bounds = Query.range_query(schema, field, FieldType.Unsigned, low, high)
            return Query.const_score_query(bounds, 0.0)
        case Prefer(main, bonuses):
            must = [(Occur.Must, compile_tree(main, schema))]
            should = [(Occur.Should, compile_tree(bonus, schema)) for bonus in bonuses]
            return Query.boolean_query([*must, *should])
        case Everything():
            return Query.const_score_query(Query.all_query(), 0.0)
        case Nothing():
            return Query.empty_query()
        case Not():
            return _all_of((tree,), schema)


def restricted(query: Query, restrictions: Sequence[Tree], schema: Schema) -> Query:
    """What the query matches, with its scores, as far as all restrictions match it, too."""
    if not restrictions:
        return query
    return Query.boolean_query([(Occur.Must, query), *_clauses(restrictions, schema)])


def _one_of(field: str, values: tuple[str, ...], schema: Schema) -> Query:
    """Any of the values. A set query would read the dictionary of terms and fill a bit set."""
    terms = [Query.term_query(schema, field, value, index_option="basic") for value in values]
    if len(terms) == 1:
        return terms[0]
    return Query.boolean_query([(Occur.Should, term) for term in terms])


def _all_of(parts: Sequence[Tree], schema: Schema) -> Query:
    clauses = _clauses(parts, schema)
    if all(occur == Occur.MustNot for occur, _query in clauses):
        clauses.append((Occur.Must, compile_tree(Everything(), schema)))
    return Query.boolean_query(clauses)


def _clauses(parts: Sequence[Tree], schema: Schema) -> list[tuple[Occur, Query]]:
    return [
        (Occur.MustNot, compile_tree(part.part, schema))
        if isinstance(part, Not)
        else (Occur.Must, compile_tree(part, schema))
        for part in parts
    ]
