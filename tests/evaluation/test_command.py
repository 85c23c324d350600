"""search_eval: what it prints and writes, and that it fails where it should. It needs no database."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from search.evaluation import floors
from search.evaluation.judgements import queries
from search.evaluation.results import TOGETHER


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """The command run once with all it can write."""
    folder = tmp_path_factory.mktemp("search-eval")
    printed = folder / "printed.txt"
    with printed.open("w", encoding="utf-8") as stdout:
        call_command(
            "search_eval",
            half="aside",
            failures=2,
            json=folder / "figures.json",
            report=folder / "page.md",
            floor=True,
            stdout=stdout,
        )
    return folder


def test_it_prints_each_phenomenon_and_the_worst_queries(measured):
    printed = (measured / "printed.txt").read_text(encoding="utf-8")

    assert "tantivy, aside: nDCG@10" in printed
    for query in queries():
        assert f"  {query.phenomenon} " in printed
    assert printed.count("aside)") == 2


def test_it_writes_the_figures_of_both_halves_as_data(measured):
    figures = json.loads((measured / "figures.json").read_text(encoding="utf-8"))

    assert list(figures) == ["tantivy"]
    assert figures["tantivy"]["all"][TOGETHER]["queries"] == len(queries())
    assert set(figures["tantivy"]) == {"tuned", "aside", "all"}


def test_the_page_holds_the_same_figures_as_the_data(measured):
    page = (measured / "page.md").read_text(encoding="utf-8")
    figures = json.loads((measured / "figures.json").read_text(encoding="utf-8"))["tantivy"]

    assert f"{len(queries())} judged queries" in page
    for half in ("tuned", "aside", "all"):
        row = figures[half][TOGETHER]
        assert (
            f"| tantivy | {row['ndcg']:.3f} | {row['recall']:.3f} | {row['success']:.3f} "
            f"| {row['zero_hits']:.0f} |"
        ) in page
    assert "stock" not in page


def test_below_the_floor_it_fails(monkeypatch, capsys):
    monkeypatch.setattr(floors, "FLOORS", {"tuned": {"ndcg": 1.0}})

    with pytest.raises(CommandError, match=r"tantivy, tuned: ndcg is 0\.\d+, must be 1\.000"):
        call_command("search_eval", floor=True, failures=0)


def test_one_query_can_be_looked_at(capsys):
    call_command("search_eval", details="Rom*nja")

    printed = capsys.readouterr().out
    assert printed.count("Rom*nja   (gender, de,") == 1
    assert "1. [3]" in printed
    assert "nDCG@10" not in printed


@pytest.mark.parametrize("options", [{"engine": "both"}, {"stock": True}])
def test_without_an_address_it_asks_for_one(options):
    with pytest.raises(CommandError, match="--elasticsearch"):
        call_command("search_eval", **options)


@pytest.mark.parametrize("options", [{"engine": "elasticsearch"}, {"stock": True}])
def test_a_cluster_that_is_not_there_is_said(options):
    with pytest.raises(CommandError, match="cannot be measured"):
        call_command("search_eval", elasticsearch="http://127.0.0.1:1", failures=0, **options)
