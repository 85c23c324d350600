import pytest
from elasticsearch import Elasticsearch, NotFoundError

pytestmark = pytest.mark.es


@pytest.fixture
def client(elasticsearch_url):
    with Elasticsearch(elasticsearch_url) as client:
        yield client


def test_a_document_makes_the_round_trip(client, elasticsearch_prefix):
    index = f"{elasticsearch_prefix}-round-trip"
    body = {"title": "Frauen gründen einen Verein", "language": "de"}
    client.indices.create(index=index)
    client.index(index=index, id="1", document=body, refresh=True)

    assert client.get(index=index, id="1")["_source"] == body
    found = client.search(index=index, query={"match": {"title": "verein"}})
    assert [hit["_id"] for hit in found["hits"]["hits"]] == ["1"]

    client.delete(index=index, id="1", refresh=True)
    with pytest.raises(NotFoundError):
        client.get(index=index, id="1")


def test_the_analysis_parts_the_engine_builds_on_are_there(client):
    answer = client.indices.analyze(
        tokenizer={"type": "simple_pattern_split", "pattern": " "},
        filter=[{"type": "pattern_capture", "preserve_original": False, "patterns": ["([^|]+)"]}],
        text="verein|vereine gründen",
    )
    tokens = [(token["position"], token["token"]) for token in answer["tokens"]]
    assert tokens == [(0, "verein"), (0, "vereine"), (1, "gründen")]
