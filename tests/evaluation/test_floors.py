"""The search stays as good as it is: floors hold now, and fail when quality falls."""

import copy
import re
from dataclasses import replace

import pytest

from search.evaluation.asking import answers, filled_engine
from search.evaluation.failures import described, worst_first
from search.evaluation.floors import FLOORS, MOST_ZERO_HITS, under_the_floor
from search.evaluation.judgements import queries
from search.evaluation.metrics import ndcg
from search.evaluation.results import TOGETHER, results
from search.query import ranking


@pytest.fixture(scope="module")
def engine():
    with filled_engine("tantivy") as filled:
        yield filled


@pytest.fixture(scope="module")
def found(engine):
    return answers(engine, queries())


def test_the_embedded_engine_is_good_enough(found):
    assert list(under_the_floor("tantivy", results(found))) == []


def test_a_worse_ranking_falls_under_the_floor(engine, monkeypatch):
    monkeypatch.setattr(ranking, "FIELD_WEIGHTS", {"body": 1.0})

    low = list(under_the_floor("tantivy", results(answers(engine, queries()))))

    assert any(line.startswith("tantivy, tuned: ndcg is 0.") for line in low)
    assert any(line.startswith("tantivy, aside: ndcg is 0.") for line in low)


@pytest.mark.parametrize("half", FLOORS)
@pytest.mark.parametrize("figure", ["ndcg", "recall", "success"])
def test_each_figure_of_each_half_has_its_floor(found, half, figure):
    measured = copy.deepcopy(results(found))
    measured[half][TOGETHER][figure] = FLOORS[half][figure] - 0.001

    low = "\n".join(under_the_floor("any", measured))

    assert re.search(rf"any, {half}: {figure} is 0\.\d+, must be {FLOORS[half][figure]:.3f}", low)


@pytest.mark.parametrize("half", MOST_ZERO_HITS)
def test_one_more_query_that_finds_nothing_is_too_many(found, half):
    measured = copy.deepcopy(results(found))
    measured[half][TOGETHER]["zero_hits"] = MOST_ZERO_HITS[half] + 1

    low = list(under_the_floor("any", measured))

    assert any(
        f"any, {half}: {MOST_ZERO_HITS[half] + 1} queries find nothing" in line for line in low
    )


def test_results_of_phenomena_add_up_to_those_together(found):
    for figures in results(found).values():
        parts = [row for name, row in figures.items() if name != TOGETHER]
        whole = figures[TOGETHER]
        assert sum(row["queries"] for row in parts) == whole["queries"]
        assert sum(row["zero_hits"] for row in parts) == whole["zero_hits"]
        mean = sum(row["ndcg"] * row["queries"] for row in parts) / whole["queries"]
        assert mean == pytest.approx(whole["ndcg"], abs=0.0002)


def test_failures_begin_with_the_worst_and_leave_out_what_is_right(found):
    listed = worst_first(found)
    values = [ndcg(answer.found, answer.query.grades) for answer in listed]

    assert values == sorted(values)
    assert all(value < 1.0 for value in values)
    assert len(listed) + sum(ndcg(one.found, one.query.grades) >= 1.0 for one in found) == len(
        found
    )


def not_relevant(answer):
    return [group for group in answer.found if group not in answer.query.grades]


def test_a_failure_says_what_is_missing_and_where_it_is(found):
    right, others = next(
        (answer, wrong)
        for answer in found
        if answer.query.grades and len(wrong := not_relevant(answer)) >= 10
    )
    best = max(right.query.grades, key=lambda group: right.query.grades[group])

    late = "\n".join(described(replace(right, found=(*others[:10], best))))
    never = "\n".join(described(replace(right, found=())))

    assert f"{best}: " in late
    assert "(rank 11)" in late
    assert "1. [0]" in late
    assert "nothing found" in never
    assert "(not found)" in never
