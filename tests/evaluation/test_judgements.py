"""The judged queries and the corpus they are judged on."""

from collections import Counter

import pytest

from search import synonyms
from search.evaluation import judgements
from search.evaluation.corpus import CorpusError, Work, works
from search.evaluation.judgements import HALVES, holds, queries
from search.evaluation.vocabulary import first_synonyms

LEAST_QUERIES = 120


def test_there_are_enough_and_each_phenomenon_is_there():
    kinds = Counter(query.phenomenon for query in queries())

    assert len(queries()) >= LEAST_QUERIES
    assert {
        "gender",
        "compound",
        "umlaut",
        "synonym",
        "typo",
        "cross-language",
        "phrase",
        "trap",
    } <= (set(kinds))
    assert min(kinds.values()) >= 5


def test_grades_name_items_of_the_corpus():
    for query in queries():
        assert set(query.grades) <= set(works()), query.text
        assert set(query.grades.values()) <= {1, 2, 3}, query.text
        assert bool(query.grades) != bool(query.none_because), query.text


def test_halves_are_balanced_in_every_phenomenon():
    for phenomenon in {query.phenomenon for query in queries()}:
        halves = Counter(query.half for query in queries() if query.phenomenon == phenomenon)
        assert abs(halves["tuned"] - halves["aside"]) <= 1, phenomenon


def test_a_query_added_at_the_end_leaves_the_others_in_their_half():
    found = [query for query in queries() if query.phenomenon == "gender"]
    half_of = {query.text: query.half for query in judgements._split(found)}

    for more in (1, 2, 3):
        added = [judgements.Query(f"neu {number}", "gender") for number in range(more)]
        again = {query.text: query.half for query in judgements._split([*found, *added])}
        assert {text: again[text] for text in half_of} == half_of


def test_other_phenomena_do_not_move_a_query_to_the_other_half():
    alone = [query for query in queries() if query.phenomenon == "typo"]

    assert [query.half for query in judgements._split(alone)] == [query.half for query in alone]
    assert {query.half for query in alone} == set(HALVES)


@pytest.fixture
def work():
    group = "resource:x-mso-wegweiser"
    return Work(group, works()[group].versions, {"migrant-org": True, "funding": False})


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("migrant-org", True),
        ("funding", False),
        ("funding~", True),
        ("!funding & migrant-org", True),
        ("funding | migrant-org", True),
        ("resource:x-mso-wegweiser", True),
        ("resource:x-org-sport | funding", False),
        ("says wegweiser", True),
        ("title-says Geld", False),
        ("says Geld", True),
        ("in de", True),
        ("in tr", False),
        ("from DE-NW & year 2024 & type guide & kind resource", True),
        ("tag MSO & topic funding & by vielfalt west", True),
        ("tag mso", False),
    ],
)
def test_conditions(work, condition, expected):
    assert holds(condition, work) is expected


@pytest.mark.parametrize("condition", ["nonsense", "migrant-org | nonsense~", "resource:nowhere"])
def test_a_condition_about_nothing_is_a_mistake(work, condition):
    with pytest.raises(CorpusError):
        holds(condition, work)


@pytest.mark.parametrize(
    "block",
    [
        "? Frage",
        "? Frage\n3: women\nnone: nothing",
        "? Frage\n4: women",
        "? Frage\n3: women & !women",
        "? Frage\n3: unheard-of",
    ],
)
def test_blocks_that_are_not_understood_are_a_mistake(block):
    with pytest.raises(CorpusError):
        list(judgements._file(f"kind: gender\n\n{block}"))


def test_an_item_nobody_can_read_is_worth_nothing():
    (query,) = judgements._file("kind: synonym\n\n? kadın\nlang: tr\n3: women~")

    assert query.grades
    assert all("tr" in works()[group].languages for group in query.grades)


def test_topics_lead_across_languages_for_a_grade_less():
    (query,) = judgements._file("kind: topic bridge\n\n? kadın\nlang: tr\n3: women~")

    languages = {group: works()[group].languages for group in query.grades}
    assert {query.grades[group] for group in languages if "tr" not in languages[group]} == {2}
    assert {query.grades[group] for group in languages if "tr" in languages[group]} <= {3}


@pytest.mark.django_db
def test_synonyms_are_those_of_a_new_site():
    assert synonyms.current() == first_synonyms()
