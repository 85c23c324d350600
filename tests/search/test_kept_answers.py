"""Answers of the embedded engine are kept, and never longer than they are right."""

import pytest

from knowledge.models import Resource
from knowledge.services.publication import withdraw
from search.engines import tantivy, tantivy_counts
from search.engines.kept import Kept
from tests.factories.knowledge import ResourceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(monkeypatch):
    """How often the index was asked for ``pages`` and for ``counts``."""
    made = {"pages": 0, "counts": 0}
    find, count = tantivy._page, tantivy_counts.begin

    def finding(*args):
        made["pages"] += 1
        return find(*args)

    def counting(searcher, tree, filters, facets, fields):
        made["counts"] += 1
        return count(searcher, tree, filters, facets, fields)

    monkeypatch.setattr(tantivy, "_page", finding)
    monkeypatch.setattr(tantivy_counts, "begin", counting)
    return made


@pytest.fixture
def shelf(index):
    ResourceFactory.create_batch(5, title="Beratung", year=2020)
    index(everything=True)


def facet(page, name="kind"):
    group = next(group for group in page.facets if group.name == name)
    return {option.value: option.count for option in group.options}


def test_the_same_question_is_asked_once(shelf, search, asked):
    first, second = search("Beratung"), search("Beratung")

    assert asked == {"pages": 1, "counts": 1}
    assert first.total == second.total == 5
    assert [hit.item.key for hit in first.hits] == [hit.item.key for hit in second.hits]
    assert facet(first) == facet(second) == {"resource": 5}


def test_turning_a_page_and_sorting_count_nothing(shelf, search, asked):
    first = search("Beratung", page_size=2)
    second = search("Beratung", page_size=2, page=2)
    sorted_by_title = search("Beratung", page_size=2, sort="title")

    assert asked == {"pages": 3, "counts": 1}
    assert facet(first) == facet(second) == facet(sorted_by_title) == {"resource": 5}
    assert {hit.item.key for hit in first.hits}.isdisjoint(hit.item.key for hit in second.hits)


@pytest.mark.parametrize(
    "other", [{"chosen": {"kind": ("resource",)}}, {"year_from": 1990}, {"ui_language": "en"}]
)
def test_another_filter_is_another_question(shelf, search, asked, other):
    search("Beratung")
    search("Beratung", **other)

    assert asked["counts"] == 2


def test_every_change_of_the_index_is_seen_at_once(shelf, index, search):
    assert search("Beratung").total == 5

    ResourceFactory(title="Beratung")
    index(everything=True)

    page = search("Beratung")
    assert page.total == 6
    assert facet(page) == {"resource": 6}


def test_what_has_gone_is_not_shown_before_the_index_knows(shelf, search):
    gone = search("Beratung").hits[0].item

    withdraw(item=Resource.objects.get(public_id=gone.public_id), reason="Überholt.")

    page = search("Beratung")
    assert gone.key not in {hit.item.key for hit in page.hits}
    assert page.total == 4
    assert facet(page) == {"resource": 4}


def test_no_more_is_kept_than_wanted_and_what_is_asked_for_stays():
    kept = Kept(2)
    for question in ("a", "b"):
        kept.put(1, question, question.upper())
    assert kept.get(1, "a") == "A"

    kept.put(1, "c", "C")

    assert [kept.get(1, question) for question in "abc"] == ["A", None, "C"]


def test_nothing_is_kept_of_another_state():
    kept = Kept(2)
    kept.put(1, "a", "A")
    assert kept.get(2, "a") is None

    kept.put(2, "b", "B")

    assert kept.get(2, "a") is None
    assert kept.get(1, "a") is None
