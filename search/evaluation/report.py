"""The figures of several engines side by side, as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from search.evaluation.judgements import HALVES
from search.evaluation.results import TOGETHER, Results
from search.evaluation.stock import MATCHING as STOCK

_FIGURES = {
    "ndcg": "nDCG@10",
    "recall": "recall@50",
    "success": "success@1",
    "zero_hits": "failed zero hits",
}
_TITLES = {"tuned": "The tuned half", "aside": "The half set aside", "all": "All queries"}

_ABOUT_STOCK = (
    "“stock german” is the same corpus and the same questions with Elasticsearch's own `german` "
    "analyser: one `multi_match` over all text fields, titles and names weighted higher, without "
    "synonyms; “best setting” matches words as does best on the tuned half of 28 settings tried "
    "(`most_fields`, any word, with `fuzziness`). Our syntax (quotes, exclusion, fields, years), the "
    "names of topics in all languages and one hit for each work in the language of the reader are given "
    "to it, too: what is compared is analysis and ranking."
)


def report(
    measured: Mapping[str, Results], *, command: str, day: date, items: int, versions: str
) -> str:
    """The whole page. ``measured`` is name of the engine → its figures, ours first."""
    return "\n".join(_lines(measured, command, day, items, versions)) + "\n"


def _lines(
    measured: Mapping[str, Results], command: str, day: date, items: int, versions: str
) -> Iterator[str]:
    first = next(iter(measured.values()))
    count = int(first["all"][TOGETHER]["queries"])
    yield "# Figures of the search\n"
    yield (
        f"{count} judged queries over {items} items, measured on {day.isoformat()} with {versions}. "
        "What the figures mean and how queries are judged: [Quality of the search]"
        "(search-quality.md). This page is written by\n"
    )
    yield f"```sh\n{command}\n```\n"
    yield (
        "Nothing is drawn by lot: which half a query belongs to follows from its letters, and texts "
        "are on every day as old as they were when they were judged."
    )
    if not STOCK.keys().isdisjoint(measured):
        yield f"\n{_ABOUT_STOCK}"
    for half in (*HALVES, "all"):
        yield f"\n## {_TITLES[half]}\n"
        yield from _table(["", *_FIGURES.values()], _together(measured, half))
    for half in HALVES:
        yield f"\n## {_TITLES[half]}, by phenomenon\n"
        yield f"In each cell: {', '.join(_FIGURES.values())}.\n"
        yield from _table(["", "queries", *measured], _phenomena(measured, half))


def _together(measured: Mapping[str, Results], half: str) -> Iterator[list[str]]:
    for name, results in measured.items():
        yield [name, *_values(results[half][TOGETHER])]


def _phenomena(measured: Mapping[str, Results], half: str) -> Iterator[list[str]]:
    first = next(iter(measured.values()))
    for phenomenon, figures in first[half].items():
        cells = [" · ".join(_values(results[half][phenomenon])) for results in measured.values()]
        yield [phenomenon, f"{figures['queries']:.0f}", *cells]


def _values(figures: Mapping[str, float]) -> list[str]:
    return [
        f"{figures[name]:.0f}" if name == "zero_hits" else f"{figures[name]:.3f}"
        for name in _FIGURES
    ]


def _table(head: list[str], rows: Iterator[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join('---' for _name in head)} |"
    for row in rows:
        yield f"| {' | '.join(row)} |"
