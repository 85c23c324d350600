"""Many look-ups at once give what single ones give."""

import pytest

from search.analysis import lexicon
from search.analysis.membership import Members


def test_members_are_told_from_strangers():
    members = Members(["Haus", "Häuser", "", "家"])

    assert all(word in members for word in ("Haus", "Häuser", "", "家"))
    assert not any(word in members for word in ("haus", "Hau", "Häuserx", "\x00"))


@pytest.fixture
def many(monkeypatch):
    monkeypatch.setattr(lexicon, "_asked", None)
    monkeypatch.setattr(lexicon, "_members", {})
    monkeypatch.setattr(lexicon, "_OFTEN", 2)
    lexicon.expect_many()
    return lexicon._members


def test_words_are_found_the_same_before_and_after_strangers_are_told_apart(many):
    words = ["Häuser", "Haus", "häuserx", "Vereinen", "qwertz", "Häuser"]
    expected = ["Haus", "Haus", None, "Verein", None, "Haus"]

    assert [lexicon.lookup(word, "de") for word in words] == expected
    assert "de" in many
    assert [lexicon.lookup(word, "de") for word in words] == expected


def test_queries_do_not_pay_for_it(monkeypatch):
    monkeypatch.setattr(lexicon, "_asked", None)
    monkeypatch.setattr(lexicon, "_members", {})
    monkeypatch.setattr(lexicon, "_OFTEN", 0)

    lexicon.lookup("Häuser", "de")
    lexicon.lookup("Haus", "de")

    assert lexicon._members == {}
