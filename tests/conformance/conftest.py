"""The same tests for every engine that stores documents."""

import pytest

from search.engines.tantivy import TantivyEngine
from search.evaluation.asking import filled_engine


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.es)])
def make_engine(request, tmp_path):
    """Makes engines that share one store, as several processes do."""
    if request.param == "tantivy":
        return lambda: TantivyEngine(tmp_path / "index")
    from search.engines.elastic import ElasticEngine

    address = request.getfixturevalue("elasticsearch_url")
    prefix = request.getfixturevalue("elasticsearch_prefix")
    host = address.split("://", 1)[1]
    return lambda: ElasticEngine.from_url(f"elasticsearch://{host}/{prefix}")


@pytest.fixture
def engine(make_engine):
    return make_engine()


@pytest.fixture(scope="session")
def judged_engines(elasticsearch_url):
    """Both engines, holding the corpus of the judged queries."""
    with (
        filled_engine("tantivy") as embedded,
        filled_engine("elasticsearch", elasticsearch_url) as cluster,
    ):
        yield embedded, cluster
