"""Measure the search on judged queries."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.engines import EngineUnavailable
from search.evaluation.asking import ENGINES, Answer, answers, filled_engine
from search.evaluation.corpus import works
from search.evaluation.failures import described, worst_first
from search.evaluation.floors import under_the_floor
from search.evaluation.judgements import HALVES, queries
from search.evaluation.metrics import Figures, figures
from search.evaluation.report import report
from search.evaluation.results import Results, by_phenomenon, results
from search.evaluation.stock import MATCHING, filled_stock, stock_answers, version_of


class Command(BaseCommand):
    """Build an index of the example corpus, ask every judged query, say how good the answers are."""

    help = (
        "Measure how good the search is: judged queries over example texts, without the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=[*ENGINES, "both"], default="tantivy")
        parser.add_argument("--elasticsearch", default="", help="http://HOST:PORT for that engine")
        parser.add_argument(
            "--stock", action="store_true", help="beside them Elasticsearch's own German analyser"
        )
        parser.add_argument("--half", choices=[*HALVES, "all"], default="tuned")
        parser.add_argument("--details", metavar="QUERY", help="show one query and all it found")
        parser.add_argument("--failures", type=int, default=20, help="how many to show")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write them as a page")
        parser.add_argument("--floor", action="store_true", help="exit code 1 below the floors")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        ours = ENGINES if options["engine"] == "both" else (options["engine"],)
        address = options["elasticsearch"].rstrip("/")
        if ("elasticsearch" in ours or options["stock"]) and not address.startswith("http"):
            raise CommandError("Say where Elasticsearch is: --elasticsearch http://127.0.0.1:9200")
        measured: dict[str, Results] = {}
        try:
            for name, found in _measured(ours, address, with_stock=options["stock"]):
                measured[name] = results(found)
                self._show(name, found, options)
        except EngineUnavailable as error:
            raise CommandError(f"That cannot be measured: {error}") from error
        if options["json"]:
            text = json.dumps(measured, indent=1, ensure_ascii=False)
            options["json"].write_text(text + "\n", encoding="utf-8")
        if options["report"]:
            options["report"].write_text(_page(measured, options), encoding="utf-8")
        low = [line for name in ours for line in under_the_floor(name, measured[name])]
        if options["floor"] and low:
            raise CommandError("\n".join(low))

    def _show(self, name: str, found: list[Answer], options: dict[str, Any]) -> None:
        half = options["half"]
        shown = [answer for answer in found if half in {"all", answer.query.half}]
        if options["details"]:
            for answer in found:
                if answer.query.text == options["details"]:
                    self._write(described(answer, shown=50))
            return
        self.stdout.write(f"\n{name}, {half}: nDCG@10, recall@50, success@1, failed zero hits")
        for phenomenon, group in by_phenomenon(shown).items():
            self.stdout.write(f"  {phenomenon:18} {_line(group)}")
        total = figures((answer.found, answer.query.grades) for answer in shown)
        self.stdout.write(f"  {'together':18} {_line(total)}\n")
        for answer in worst_first(shown)[: options["failures"]]:
            self._write(described(answer))

    def _write(self, lines: Any) -> None:
        for line in lines:
            self.stdout.write(line)


def _measured(
    ours: Iterable[str], address: str, *, with_stock: bool
) -> Iterator[tuple[str, list[Answer]]]:
    """What each engine answers to all queries. Raises EngineUnavailable."""
    for name in ours:
        with filled_engine(name, address) as engine:
            found = answers(engine, queries())
        yield name, found
    if with_stock:
        with filled_stock(address) as index:
            for name, matching in MATCHING.items():
                yield name, stock_answers(index, queries(), matching)


def _page(measured: Mapping[str, Results], options: Mapping[str, Any]) -> str:
    command = [".venv/bin/python manage.py search_eval --engine", options["engine"]]
    command += ["--stock"] if options["stock"] else []
    uses = [f"Tantivy {version('tantivy')}"] if "tantivy" in measured else []
    if options["elasticsearch"]:
        command.append("--elasticsearch http://HOST:PORT")
        uses.append(f"Elasticsearch {version_of(options['elasticsearch'])}")
    command.append(f"--report {options['report']}")
    return report(
        measured,
        command=" ".join(command),
        day=timezone.localdate(),
        items=len(works()),
        versions=" and ".join(uses),
    )


def _line(group: Figures) -> str:
    return (
        f"{group.ndcg:.3f}  {group.recall:.3f}  {group.success:.3f}  "
        f"{group.zero_hits:2}  ({group.queries} queries)"
    )
