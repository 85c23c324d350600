"""Paired forms: one group of people, named twice."""

import pytest

from search.analysis import analyse


@pytest.mark.parametrize(
    "text", ["Migrantinnen und Migranten", "Migranten und Migrantinnen", "Migrantinnen/Migranten"]
)
def test_both_words_of_a_pair_stand_for_all_genders_in_the_index(text):
    first, *_between, last = analyse(text, "de")

    assert {"migrantin", "migrant"} <= set(first.terms) & set(last.terms)


def test_words_that_are_no_pair_keep_their_terms():
    assert analyse("Ärztinnen und Migranten", "de")[-1].terms == ("migrant",)
