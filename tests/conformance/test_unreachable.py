"""A server that does not answer is told from one without an index, and soon."""

import socket

import pytest

from search import generations
from search.engines import EngineUnavailable
from search.engines.elastic import ElasticEngine
from search.query.tree import Everything


@pytest.fixture(params=["closed", "silent"])
def dead_engine(request):
    """An engine whose address is closed, or accepts connections and never answers."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if request.param == "closed":
        listener.close()
    else:
        listener.listen(16)
    engine = ElasticEngine.from_url(f"elasticsearch://127.0.0.1:{port}/nobody")
    yield engine
    engine.client.close()
    listener.close()


def test_searching_says_unavailable(dead_engine):
    with pytest.raises(EngineUnavailable):
        dead_engine.search(Everything())


def test_nothing_is_built_anew_because_of_it(dead_engine):
    with pytest.raises(EngineUnavailable):
        generations.needs_rebuild(dead_engine)
    assert not dead_engine.health().ok


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("elasticsearch://h:1/p", "http://h:1"),
        ("elasticsearchs://h/p", "https://h:9200"),
        ("elasticsearch://user:p%40ss@h:1/p", "http://h:1"),
    ],
)
def test_addresses(url, address):
    engine = ElasticEngine.from_url(url)

    (node,) = engine.client.transport.node_pool.all()
    assert node.base_url == address
    engine.client.close()
