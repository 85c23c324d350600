"""What can happen to an index in Elasticsearch, and that the site mends it."""

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from search.engines import EngineUnavailable, elastic, get_engine
from search.engines.elastic import ElasticEngine
from search.models import IndexJob
from search.worker import IDLE_SECONDS
from tests.search.lifecycle.test_rebuild import published

pytestmark = [pytest.mark.django_db, pytest.mark.es]


@pytest.fixture
def engine(elasticsearch_index):
    """An index with something in it."""
    published("Wohnungssuche")
    elasticsearch_index()
    return get_engine()


def index_of(engine):
    return engine._index(engine.current())


def delete_the_index(engine):
    engine.client.indices.delete(index=index_of(engine))


def delete_the_alias(engine):
    engine.client.indices.delete_alias(index=index_of(engine), name=engine.prefix)


@pytest.mark.parametrize("loss", [delete_the_index, delete_the_alias])
def test_an_index_that_is_gone(engine, site, loss):
    loss(engine)

    page = site.search("Wohnungssuche")
    assert (page.total, page.degraded) == (1, True)
    assert site.get("/de/suche/", {"q": "Wohnungssuche"}).context["notice"]
    assert site.heals("Wohnungssuche")
    site.assert_equal()


def test_a_second_index_under_the_alias_does_not_show_hits_twice_for_long(engine, site):
    engine.create("stranger_00000000")
    other = engine._index("stranger_00000000")
    engine.client.indices.put_alias(index=other, name=engine.prefix)

    assert site.heals("Wohnungssuche")
    assert len(engine._aliased()) == 1


@contextmanager
def read_only(engine, block):
    """What a cluster does to an index by itself when its disk is nearly full, or an operator does."""
    index = index_of(engine)
    engine.client.indices.put_settings(index=index, settings={f"index.blocks.{block}": True})
    yield
    engine.client.indices.put_settings(index=index, settings={f"index.blocks.{block}": None})


def test_an_index_that_is_read_only_is_searched_and_edits_wait(engine, site):
    published("Wartet")
    with read_only(engine, "write"):
        assert site.work() > IDLE_SECONDS
        job = IndexJob.objects.get()
        assert (job.attempts, job.is_parked) == (0, False)
        page = site.search("Wohnungssuche")
        assert (page.total, page.degraded) == (1, False)

    assert site.heals("Wohnungssuche")
    assert site.search("Wartet").total == 1
    site.assert_equal()


@pytest.mark.any_database
def test_a_disk_that_is_nearly_full_is_no_fault_of_the_documents(engine, monkeypatch):
    monkeypatch.setattr(elastic, "_BUSY_RETRIES", 0)
    (stored,) = engine.ids().values()
    with (
        read_only(engine, "read_only_allow_delete"),
        pytest.raises(EngineUnavailable, match="write: "),
    ):
        engine.write([], [stored.group])


def test_parts_that_are_missing_for_long_are_made_anew_but_not_after_an_outage(engine, monkeypatch):
    """A cluster that comes back needs time to collect its parts."""
    answers = []

    def counted(_self):
        answer = answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    now = [0.0]
    monkeypatch.setattr(ElasticEngine, "_counted", counted)
    monkeypatch.setattr(elastic, "time", SimpleNamespace(monotonic=lambda: now[0]))

    def damage(after, answer):
        now[0] += after
        answers.append(answer)
        return engine.damage()

    missing = (0, False)
    with pytest.raises(EngineUnavailable, match="are missing"):
        damage(1, missing)
    with pytest.raises(EngineUnavailable, match="gone"):
        damage(1, EngineUnavailable("gone"))
    with pytest.raises(EngineUnavailable, match="are missing"):
        damage(elastic.LOST_AFTER_SECONDS * 5, missing)
    assert damage(elastic.LOST_AFTER_SECONDS, missing) == "parts of the index are lost"
    assert damage(1, (1, True)) == ""
