"""Both engines answer every judged query in the same way: hits, order, counts, corrections, pages."""

import pytest

from search.analysis import analyse, fold
from search.evaluation.asking import ask, filled_engine
from search.evaluation.corpus import works
from search.evaluation.judgements import queries
from search.evaluation.vocabulary import first_synonyms
from search.facets import FACET_LABELS
from search.query.build import BuildOptions, build
from search.query.parse import parse
from search.query.tree import FacetFilter, OneOf, unscored
from search.similar import likeness
from search.suggest import beginning_with

pytestmark = pytest.mark.es

FACETS = tuple(FACET_LABELS)
ALL = 1000  # more than the corpus holds
A_FEW = 7
# Scores that differ by less than this are equal: engines add up single floats in different orders.
TIE = 0.001


def scores(page):
    return {hit.key: hit.score for hit in page.hits}


def assert_same(ours, theirs, about):
    """The same hits in the same order, but for hits that are equally good; the same counts."""
    assert ours.total == theirs.total, about
    assert scores(ours).keys() == scores(theirs).keys(), about
    assert scores(ours) == pytest.approx(scores(theirs), rel=TIE, abs=0.002), about
    for one, other in zip(ours.hits, theirs.hits, strict=True):
        assert one.key == other.key or one.score == pytest.approx(other.score, rel=TIE), about
    assert ours.facets == theirs.facets, about


def asked(engine, options):
    """One engine asked all queries in one go, so that it is the only one whose words are kept."""
    return [ask(engine, query, **options(query)) for query in queries()]


def everything(_query):
    return {"facets": FACETS, "page_size": ALL}


@pytest.fixture(scope="module")
def unfiltered(judged_engines):
    """What both found for every query: everything, with all counts."""
    return [asked(engine, everything) for engine in judged_engines]


def test_they_find_and_count_the_same(unfiltered):
    found = 0
    for query, ours, theirs in zip(queries(), *unfiltered, strict=True):
        assert_same(ours.page, theirs.page, query.text)
        found += ours.page.total

    assert found > len(queries())


def test_what_facets_are_counted_with_matches_the_same(judged_engines):
    options = BuildOptions(synonyms=first_synonyms())
    for engine in judged_engines:
        for query in queries():
            tree = build(parse(query.text), options)
            found = {hit.key for hit in engine.search(tree, limit=ALL).hits}
            counted = {hit.key for hit in engine.search(unscored(tree), limit=ALL).hits}
            assert counted == found, query.text


def test_they_mean_the_same_where_they_find_nothing(unfiltered):
    ours, theirs = ([answer.did_you_mean for answer in answers] for answers in unfiltered)

    assert ours == theirs
    assert any(ours)


def test_they_count_the_same_when_some_values_are_chosen(judged_engines, unfiltered):
    choices = {
        query.text: chosen(answer.page)
        for query, answer in zip(queries(), unfiltered[0], strict=True)
    }

    def filtered(query):
        values = choices[query.text]
        return {"chosen": values, "year_from": 2020, "facets": FACETS, "sort": "title"}

    answers = [asked(engine, filtered) for engine in judged_engines]

    for query, ours, theirs in zip(queries(), *answers, strict=True):
        assert_same(ours.page, theirs.page, (query.text, choices[query.text]))
        assert [hit.key for hit in ours.page.hits] == [hit.key for hit in theirs.page.hits]
    assert any(ours.page.hits for ours in answers[0])


def chosen(page):
    """Two kinds of item and two topics: values widen, facets narrow."""
    return {
        facet: [value for value, _count in page.facets[facet][:2]] for facet in ("kind", "topic")
    }


def test_they_turn_pages_alike(judged_engines):
    places = [
        {"sort": "newest", "page": 2},
        {"sort": "newest", "page": 1000},
        {"sort": "relevance", "page": 1000, "clamp": False},
    ]
    place_of = {query.text: places[place % 3] for place, query in enumerate(queries())}
    answers = [
        asked(engine, lambda query: {"page_size": A_FEW, **place_of[query.text]})
        for engine in judged_engines
    ]

    for query, ours, theirs in zip(queries(), *answers, strict=True):
        place = place_of[query.text]
        assert ours.page.total == theirs.page.total, query.text
        assert [hit.key for hit in ours.page.hits] == [hit.key for hit in theirs.page.hits]
        if place["page"] == 1000:
            # Visitors who turn too far get the last page, programs that read too far an empty one.
            assert bool(ours.page.hits) == (place.get("clamp", True) and ours.page.total > 0)


@pytest.mark.parametrize("sort", ["relevance", "newest", "title"])
def test_pages_one_after_the_other_are_the_whole_list(judged_engines, sort):
    long = max(queries(), key=lambda query: len(query.grades))
    for engine in judged_engines:
        whole = ask(engine, long, sort=sort, page_size=ALL).page
        turned = []
        for page in range(1, whole.total // A_FEW + 2):
            turned += ask(
                engine, long, sort=sort, page_size=A_FEW, page=page, clamp=False
            ).page.hits

        assert [hit.key for hit in turned] == [hit.key for hit in whole.hits]
        assert whole.total > 3 * A_FEW


def test_they_suggest_the_same(judged_engines):
    typed = {
        tuple(fold(token.surface)[:4] for token in analyse(query.text, "und"))
        for query in queries()
    }
    serving = [FacetFilter("language", OneOf("serves", ("de",)))]
    found = 0
    for words in sorted(filter(None, typed)):
        tree = beginning_with(words)
        ours, theirs = (
            engine.search(tree, filters=serving, sort="newest", limit=30)
            for engine in judged_engines
        )
        assert_same(ours, theirs, words)
        assert [hit.key for hit in ours.hits] == [hit.key for hit in theirs.hits], words
        found += bool(ours.hits)

    assert found > len(typed) / 4


def test_they_find_the_same_items_alike(judged_engines):
    serving = [FacetFilter("language", OneOf("serves", ("de",)))]
    for group, work in works().items():
        tree = likeness(work.versions, group)
        if tree is not None:
            ours, theirs = (
                engine.search(tree, filters=serving, limit=ALL) for engine in judged_engines
            )
            assert_same(ours, theirs, group)


def test_they_hold_the_same(judged_engines):
    ours, theirs = judged_engines

    assert ours.ids() == theirs.ids()
    assert ours.vocabulary() == theirs.vocabulary()


def test_an_index_in_three_shards_ranks_and_counts_the_same(elasticsearch_url, unfiltered):
    with filled_engine("elasticsearch", elasticsearch_url, shards=3) as cut:
        answers = asked(cut, everything)
        settings = cut.client.indices.get_settings(index=cut.prefix)

    (index,) = settings.values()
    assert index["settings"]["index"]["number_of_shards"] == "3"
    for query, ours, theirs in zip(queries(), unfiltered[0], answers, strict=True):
        assert_same(ours.page, theirs.page, query.text)
        assert ours.did_you_mean == theirs.did_you_mean
