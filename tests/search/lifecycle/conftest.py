"""Indexes in both engines, a door in front of Elasticsearch, and what every visitor does."""

import threading
import time
from io import StringIO
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command

from search import breaker as breaker_module, worker
from search.consistency import compare
from search.engines import get_engine
from search.models import IndexJob
from tests.search.lifecycle.gate import Gate


def _host(address):
    return address.split("://", 1)[1]


@pytest.fixture
def elasticsearch_index(index, settings, elasticsearch_url, elasticsearch_prefix):
    """Like ``index``, in Elasticsearch."""
    settings.SEARCH_URL = f"elasticsearch://{_host(elasticsearch_url)}/{elasticsearch_prefix}"
    yield index
    get_engine().client.close()


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.es)])
def either_index(request, index):
    """Like ``index``, once in each engine."""
    if request.param == "tantivy":
        return index
    return request.getfixturevalue("elasticsearch_index")


@pytest.fixture
def gate(index, settings, elasticsearch_url, elasticsearch_prefix):
    """The door between the site and its Elasticsearch."""
    parts = urlsplit(elasticsearch_url)
    with Gate((parts.hostname, parts.port)) as gate:
        settings.SEARCH_URL = f"elasticsearch://127.0.0.1:{gate.port}/{elasticsearch_prefix}"
        yield gate
        get_engine().client.close()


@pytest.fixture
def outage(gate):
    """The time without an engine; nobody waits as long for it as visitors would."""

    class Outage:
        def __init__(self):
            self._patch = pytest.MonkeyPatch()

        def begin(self, how):
            engine = get_engine()
            impatient = engine.client.options(request_timeout=0.3, max_retries=0)
            self._patch.setattr(engine, "_searching", impatient)
            getattr(gate, how)()

        def end(self):
            self._patch.undo()
            gate.open()

    return Outage()


class Site:
    """What visitors, the worker and an operator do."""

    def __init__(self, client, search, titles, monkeypatch):
        self.get = client.get
        self.search = search
        self.titles = titles
        self._monkeypatch = monkeypatch
        self._passed = 0.0
        self._worker = worker.Worker(threading.Event())

    def answers(self, *pages):
        """Whether all these pages are there."""
        return [self.get(page).status_code for page in pages] == [200] * len(pages)

    def work(self, rounds=1):
        """Let the worker do some rounds; how long does it want to wait now?"""
        return [self._worker.round() for _round in range(rounds)][-1]

    def heals(self, *words):
        """Whether one round suffices for the engine to find each word in one item again."""
        pause = self.work()
        pages = [self.search(word) for word in words]
        found = [(page.total, page.degraded) for page in pages]
        return pause == worker.IDLE_SECONDS and found == [(1, False)] * len(words)

    def assert_equal(self):
        """The index holds what the database does, nothing waits, and ``search_check`` says so."""
        assert compare(get_engine()).differences() == {}
        assert not IndexJob.objects.exists()
        call_command("search_check", stdout=StringIO())  # ends the process if there are differences

    def let_the_pause_pass(self):
        """Let so much time pass for the circuit breaker that it asks the engine again."""
        self._passed += breaker_module.PAUSE_SECONDS + 1
        clock = SimpleNamespace(monotonic=lambda: time.monotonic() + self._passed)
        self._monkeypatch.setattr(breaker_module, "time", clock)


@pytest.fixture
def site(client, search, titles, monkeypatch):
    """The site as people meet it."""
    return Site(client, search, titles, monkeypatch)
