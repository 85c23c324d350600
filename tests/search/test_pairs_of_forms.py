"""Paired forms: one group of people, named twice."""

import pytest

from search.analysis import analyse, collapse_pairs, reading


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Migrantinnen und Migranten in Köln", ["Migrantinnen", "in", "Köln"]),
        ("Migranten und Migrantinnen", ["Migrantinnen"]),
        ("Kurse für Teilnehmerinnen oder Teilnehmer", ["Kurse", "für", "Teilnehmerinnen"]),
        ("Ärztinnen/Ärzte", ["Ärztinnen"]),
        ("Kolleginnen und Ärzte", ["Kolleginnen", "und", "Ärzte"]),
        ("Vereine und Vereine", ["Vereine", "und", "Vereine"]),
        ("Migranten und", ["Migranten", "und"]),
        ("", []),
    ],
)
def test_a_pair_is_one_token_of_a_query(text, expected):
    found = collapse_pairs(analyse(text, "de"))

    assert [token.surface for token in found] == expected
    assert [token.pos for token in found] == list(range(len(found)))


def test_the_token_of_a_pair_reaches_over_both_words():
    text = "für Migranten und Migrantinnen"

    pair = collapse_pairs(analyse(text, "de"))[-1]

    assert text[pair.start : pair.end] == "Migranten und Migrantinnen"
    assert pair.terms[:2] == reading("Migrant*innen", "de").terms


@pytest.mark.parametrize(
    "text", ["Migrantinnen und Migranten", "Migranten und Migrantinnen", "Migrantinnen/Migranten"]
)
def test_both_words_of_a_pair_stand_for_all_genders_in_the_index(text):
    first, *_between, last = analyse(text, "de")

    assert {"migrantin", "migrant"} <= set(first.terms) & set(last.terms)


def test_words_that_are_no_pair_keep_their_terms():
    assert analyse("Ärztinnen und Migranten", "de")[-1].terms == ("migrant",)
