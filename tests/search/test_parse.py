"""What users may type."""

import pytest
from hypothesis import given, settings, strategies as st

from search.query.build import BuildOptions, build
from search.query.parse import MAX_CLAUSES, Clause, parse
from search.query.tree import Everything, Nothing

NASTY = [
    '"',
    '""',
    "-",
    "--x",
    "title:",
    ":",
    "***",
    "AND OR NOT",
    "(((",
    "\x00",
    "a" * 10_000,
    "🦊",
    "\u202eabc",
]


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("eins zwei", (Clause("eins"), Clause("zwei"))),
        ('"digitale Teilhabe"', (Clause("digitale Teilhabe", is_phrase=True),)),
        ("„digitale Teilhabe“", (Clause("digitale Teilhabe", is_phrase=True),)),
        ("-Köln", (Clause("Köln", is_excluded=True),)),
        ("titel:Förderung", (Clause("Förderung", field="title"),)),
        ('-tag:"a b"', (Clause("a b", field="tags", is_phrase=True, is_excluded=True),)),
        ("secret:x", (Clause("secret:x"),)),
        ("Deutsch-Kurs", (Clause("Deutsch-Kurs"),)),
        ('"offen bis', (Clause("offen"), Clause("bis"))),
    ],
)
def test_syntax(text, clauses):
    assert parse(text).clauses == clauses


def test_years_are_a_restriction_and_no_word():
    assert parse("Förderung jahr:2019-2021").years == (2019, 2021)
    assert parse("year:2020").is_empty
    assert parse("jahr:bald").clauses == (Clause("jahr:bald"),)


def test_long_queries_are_cut():
    assert len(parse("x " * 500).clauses) <= MAX_CLAUSES


@pytest.mark.parametrize("text", NASTY)
def test_nasty_strings_make_a_tree(text):
    assert build(parse(text), BuildOptions()) is not None


@settings(deadline=None)
@given(st.text(max_size=400))
def test_no_string_raises(text):
    build(parse(text), BuildOptions())


def test_nothing_typed_is_everything_and_only_signs_are_nothing():
    assert build(parse("  "), BuildOptions()) == Everything()
    assert build(parse("***"), BuildOptions()) == Nothing()
