"""How good the analysis is on word lists: floors as measured; what is better may raise them."""

import pytest

from search.analysis import lexicon
from search.analysis.compounds import split
from tests.search import gold

# Language → pairs that do what is expected: of those the rules were made with, of those set aside.
PAIRS = {
    "ar": (22, 11),
    "de": (67, 29),
    "en": (28, 13),
    "es": (20, 13),
    "fa": (20, 12),
    "fr": (21, 13),
    "it": (16, 12),
    "kmr": (7, 5),
    "ru": (17, 12),
    "tr": (26, 15),
    "uk": (19, 12),
}
# List → words split as they should be.
COMPOUNDS = {"domain": 152, "open": 38, "whole": 132}


@pytest.mark.parametrize("lang", gold.LANGUAGES)
@pytest.mark.parametrize("is_aside", [False, True], ids=["tuned", "aside"])
def test_word_pairs_meet_or_stay_apart(lang, is_aside):
    pairs = [pair for pair in gold.pairs(lang) if pair.is_aside is is_aside]

    failing = [pair for pair in pairs if not pair.holds(lang)]

    assert len(pairs) - len(failing) >= PAIRS[lang][is_aside], failing


@pytest.mark.parametrize(("name", "floor"), COMPOUNDS.items())
def test_compounds_have_the_parts_of_the_list(name, floor):
    expected = gold.compounds(name)
    found = {word: {part.lemma for part in split(word)} for word in expected}

    failing = {word: found[word] for word in expected if found[word] != expected[word]}

    assert len(expected) - len(failing) >= floor, failing


def test_the_lists_are_long_enough_to_say_something():
    sizes = {name: len(gold.compounds(name)) for name in COMPOUNDS}

    assert sizes["domain"] >= 140
    assert sizes["open"] >= 40
    assert sizes["whole"] >= 100


def test_all_dictionaries_stay_loaded_together():
    loaded = {lang: lexicon.FACTORY.get_dictionary(lang) for lang in sorted(lexicon.DICTIONARIES)}

    assert all(lexicon.FACTORY.get_dictionary(lang) is one for lang, one in loaded.items())
