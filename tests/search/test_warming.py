"""A server gets ready before the first search, and starts whatever happens then."""

import pytest

from search import synonyms, warming
from search.analysis import lexicon


class Watched:
    def __init__(self, factory, read):
        self.factory, self.read = factory, read

    def get_dictionary(self, lang):
        self.read.add(lang)
        return self.factory.get_dictionary(lang)


pytestmark = pytest.mark.django_db


def test_dictionaries_and_synonyms_are_there_before_the_first_search(
    django_assert_num_queries, monkeypatch
):
    read = set()
    monkeypatch.setattr(lexicon, "FACTORY", Watched(lexicon.FACTORY, read))
    synonyms.clear()

    warming.warm()

    assert read >= lexicon.DICTIONARIES
    with django_assert_num_queries(0):
        synonyms.current()


def test_what_cannot_be_read_is_said_and_stops_nobody(monkeypatch, caplog):
    def refuse():
        raise OSError("no dictionary")

    monkeypatch.setattr(lexicon, "read_all", refuse)

    warming.warm()

    assert "no dictionary" in caplog.text
