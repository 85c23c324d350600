"""Measure the search on judged queries."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines import EngineUnavailable
from search.evaluation.asking import ENGINES, Answer, answers, filled_engine
from search.evaluation.failures import described, worst_first
from search.evaluation.floors import under_the_floor
from search.evaluation.judgements import HALVES, queries
from search.evaluation.metrics import Figures, figures
from search.evaluation.results import Results, by_phenomenon, results


class Command(BaseCommand):
    """Build an index of the example corpus, ask every judged query, say how good the answers are."""

    help = (
        "Measure how good the search is: judged queries over example texts, without the database."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--engine", choices=[*ENGINES, "both"], default="tantivy")
        parser.add_argument("--elasticsearch", default="", help="http://HOST:PORT for that engine")
        parser.add_argument("--half", choices=[*HALVES, "all"], default="tuned")
        parser.add_argument("--details", metavar="QUERY", help="show one query and all it found")
        parser.add_argument("--failures", type=int, default=20, help="how many to show")
        parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures as JSON")
        parser.add_argument("--floor", action="store_true", help="exit code 1 below the floors")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 - Django's signature
        chosen = ENGINES if options["engine"] == "both" else (options["engine"],)
        if "elasticsearch" in chosen and not options["elasticsearch"].startswith("http"):
            raise CommandError("Say where Elasticsearch is: --elasticsearch http://127.0.0.1:9200")
        measured: dict[str, Results] = {}
        for name in chosen:
            try:
                with filled_engine(name, options["elasticsearch"].rstrip("/")) as engine:
                    found = answers(engine, queries())
            except EngineUnavailable as error:
                raise CommandError(f"{name} cannot be measured: {error}") from error
            measured[name] = results(found)
            self._show(name, found, options)
        if options["json"]:
            text = json.dumps(measured, indent=1, ensure_ascii=False)
            options["json"].write_text(text + "\n", encoding="utf-8")
        low = [line for name in chosen for line in under_the_floor(name, measured[name])]
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


def _line(group: Figures) -> str:
    return (
        f"{group.ndcg:.3f}  {group.recall:.3f}  {group.success:.3f}  "
        f"{group.zero_hits:2}  ({group.queries} queries)"
    )
