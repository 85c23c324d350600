"""The figures against values worked out by hand."""

import math

import pytest

from search.evaluation.metrics import figures, gain, is_failed_zero, ndcg, recall, success

GRADES = {"best": 3, "helps": 2, "touches": 1}


def test_a_grade_is_worth_two_to_its_power_less_one():
    assert [gain(grade) for grade in range(4)] == [0, 1, 3, 7]


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (["best", "helps", "touches"], 1.0),
        (["best", "helps", "touches", "nothing"], 1.0),
        # DCG 3/1 + 7/log2(3) + 1/2 over the best 7/1 + 3/log2(3) + 1/2.
        (["helps", "best", "touches"], (3 + 7 / math.log2(3) + 0.5) / (7 + 3 / math.log2(3) + 0.5)),
        # The same in figures, so that no formula is tested with itself: 7.9165 / 9.3928.
        (["helps", "best", "touches"], 0.8428),
        (["nothing", "best"], 4.4165 / 9.3928),
        ([], 0.0),
    ],
)
def test_ndcg_discounts_by_rank(found, expected):
    assert ndcg(found, GRADES) == pytest.approx(expected, abs=0.0001)


def test_ndcg_looks_at_the_first_ten_only():
    ten = [f"nothing {number}" for number in range(10)]

    assert ndcg([*ten, "best"], GRADES) == 0.0
    assert ndcg([*ten[:9], "best"], {"best": 3}) == pytest.approx(1 / math.log2(11))


def test_ndcg_is_whole_when_ten_of_many_relevant_items_lead():
    many = {f"item {number}": 3 for number in range(30)}

    assert ndcg(list(many)[:10], many) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["best"], GRADES, 0.5),
        (["touches"], GRADES, 0.0),
        (["helps", "x", "best"], GRADES, 1.0),
        (["a"], {"a": 1, "b": 1}, 0.5),
        (["x"] * 50 + ["best"], {"best": 3}, 0.0),
    ],
)
def test_recall_counts_what_a_reader_would_miss(found, grades, expected):
    assert recall(found, grades) == expected


@pytest.mark.parametrize(
    ("found", "grades", "expected"),
    [
        (["best", "x"], GRADES, 1.0),
        (["helps", "best"], GRADES, 0.0),
        (["helps"], {"helps": 2, "touches": 1}, 1.0),
        ([], GRADES, 0.0),
    ],
)
def test_success_is_the_best_grade_in_the_first_place(found, grades, expected):
    assert success(found, grades) == expected


@pytest.mark.parametrize("measure", [ndcg, recall, success])
def test_where_nothing_is_relevant_it_is_right_to_find_nothing(measure):
    assert measure([], {}) == 1.0
    assert measure(["anything"], {}) == 0.0


def test_a_zero_hit_fails_only_where_something_is_relevant():
    assert is_failed_zero([], GRADES)
    assert not is_failed_zero([], {})
    assert not is_failed_zero(["x"], GRADES)


def test_figures_are_means_and_zero_hits_a_number():
    measured = figures([(["best"], {"best": 3}), ([], GRADES), (["x"], {}), ([], {})])

    assert measured.queries == 4
    assert measured.ndcg == measured.recall == measured.success == 0.5
    assert measured.zero_hits == 1


def test_figures_of_no_query_are_nothing():
    assert figures([]).queries == 0
    assert figures([]).ndcg == 0.0
