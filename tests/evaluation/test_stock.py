"""Elasticsearch's own German analyser, the yardstick: it is asked for real and leaves nothing."""

import pytest
from django.core.management import call_command
from elasticsearch import Elasticsearch

from search.evaluation.asking import filled_engine
from search.evaluation.judgements import Query, queries
from search.evaluation.results import TOGETHER, results
from search.evaluation.stock import MATCHING, filled_stock, stock_answers

pytestmark = pytest.mark.es


@pytest.fixture(scope="module")
def index(elasticsearch_url):
    with filled_stock(elasticsearch_url) as filled:
        yield filled


@pytest.fixture
def find(index):
    def finding(text, **options):
        (answer,) = stock_answers(index, [Query(text, "gender")], options)
        return answer.found

    return finding


def test_it_is_the_analyser_of_elasticsearch(index):
    client = index._using
    (mapping,) = client.indices.get_mapping(index=index._index[0]).values()

    assert mapping["mappings"]["properties"]["title"] == {"type": "text", "analyzer": "german"}


def test_it_stems_but_knows_no_gender_forms_and_no_compounds(find):
    assert "resource:x-mso-wegweiser" in find("Migrantenselbstorganisation")
    assert find("Migrant*innen") != find("Migrantinnen und Migranten")
    assert find("Wegweiserin") == ()


def test_our_syntax_holds_for_it(find):
    assert find('"Wegweiser für Migrantenselbstorganisationen"') == ("resource:x-mso-wegweiser",)
    assert "resource:x-mso-wegweiser" not in find("Migrantenselbstorganisationen -Wegweiser")
    assert "resource:x-mso-wegweiser" in find("titel:Wegweiser jahr:2024")
    assert "resource:x-mso-wegweiser" not in find("titel:Wegweiser jahr:2023")


def test_its_settings_differ_and_it_forgives_typing_errors_only_when_told_to(index):
    typos = [query for query in queries() if query.phenomenon == "typo"]
    plain, best = (
        results(stock_answers(index, typos, options))["all"][TOGETHER]
        for options in MATCHING.values()
    )

    assert plain["zero_hits"] > best["zero_hits"]
    assert plain["ndcg"] < best["ndcg"]


def test_nothing_of_measuring_is_left_in_the_cluster(elasticsearch_url):
    with filled_stock(elasticsearch_url) as index:
        stock_name = index._index[0]
    with filled_engine("elasticsearch", elasticsearch_url) as engine:
        prefix = engine.prefix
    client = Elasticsearch(elasticsearch_url)

    left = client.indices.get(index=f"{prefix}*,{stock_name}*", expand_wildcards="all")
    client.close()

    assert not left.body


def test_the_command_shows_it_beside_ours(elasticsearch_url, tmp_path, capsys):
    page = tmp_path / "page.md"
    call_command(
        "search_eval",
        engine="elasticsearch",
        stock=True,
        elasticsearch=elasticsearch_url,
        failures=0,
        report=page,
    )

    printed = capsys.readouterr().out
    rows = page.read_text(encoding="utf-8").splitlines()
    for name in ("elasticsearch", *MATCHING):
        assert f"\n{name}, tuned: nDCG@10" in printed
        assert sum(row.startswith(f"| {name} |") for row in rows) == 3
