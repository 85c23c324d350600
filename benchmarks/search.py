"""Measures the search, at any size, beside the raw engines and Wagtail's own backends.

``python -m benchmarks.search --documents 100000 --dir DIR`` does everything; benchmarks/README.md says
what each figure holds. A second call goes on where the first one stopped.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import measuring, report
from benchmarks.workplace import Place, documents_in, run_step, say
from scripts.services import elasticsearch, elasticsearch_nodes

ENGINES = ("tantivy", "elasticsearch")
SIZES = (1_000, 10_000, 100_000)
ALL_STEPS = ("load", "index", "peers", "measure")
_MEMORY = "-Xms1g -Xmx1g"


def main() -> None:
    """Parse the command line and do what it asks for."""
    options = _options()
    with _elasticsearch(options) as address:
        places = [
            Place(options.dir / str(documents), documents, address, options.database)
            for documents in _sizes(options.documents)
        ]
        for place in places:
            prepare(place, options)
        if "measure" in options.steps:
            measuring.measure(places, options.engines, options.rounds)
    if "measure" in options.steps:
        report.write(places, options.engines, options.dir / "report.md")
    say("done")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m benchmarks.search")
    parser.add_argument("--documents", type=int, default=1_000, help="size of the largest corpus")
    parser.add_argument(
        "--dir", type=Path, required=True, help="folder for everything that is made"
    )
    parser.add_argument("--engines", default=",".join(ENGINES), help="which engines, with commas")
    parser.add_argument(
        "--steps", default=",".join(ALL_STEPS), help=f"which of {', '.join(ALL_STEPS)}"
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is asked")
    parser.add_argument("--elasticsearch", help="address of a server; else one is started")
    parser.add_argument("--database", help="DATABASE_URL of an empty PostgreSQL; else SQLite")
    parser.add_argument("--again", default="", help="steps whose results are thrown away first")
    options = parser.parse_args()
    options.dir = options.dir.resolve()
    options.engines = [name for name in options.engines.split(",") if name]
    options.steps = options.steps.split(",")
    options.again = options.again.split(",")
    return options


def _sizes(largest: int) -> list[int]:
    """The largest corpus, and the usual smaller ones."""
    return [*(size for size in SIZES if size < largest), largest]


@contextmanager
def _elasticsearch(options: argparse.Namespace) -> Iterator[str | None]:
    """The address of a server: given, or of one that runs as long as this program."""
    given = options.elasticsearch or os.environ.get(elasticsearch.VARIABLE)
    if given or "elasticsearch" not in options.engines:
        yield given.rstrip("/") if given else None
        return
    # Twice as much memory as in tests.
    elasticsearch.MEMORY = elasticsearch_nodes.MEMORY = _MEMORY
    say("starting an Elasticsearch")
    with elasticsearch.service() as addresses:
        yield addresses[elasticsearch.VARIABLE]


def prepare(place: Place, options: argparse.Namespace) -> None:
    """Make corpus, database and indexes as far as they are missing."""
    for name in options.again:
        place.forget(name)
    if place.result("corpus") is None:
        say(f"writing {place.documents} documents")
        run_step("corpus", place.stock())
    if "load" in options.steps and place.result("load") is None:
        say(f"filling the database of the site with {place.documents} documents")
        run_step("load", place.site())
    for engine in options.engines if "index" in options.steps else ():
        _index(place, engine)
    if "peers" in options.steps and not _has_peers(place):
        say("filling and indexing the peers")
        run_step("peers", place.peer())


def _index(place: Place, engine: str) -> None:
    is_there = engine == "tantivy" or (
        documents_in(place.elasticsearch or "", place.site_prefix) >= place.documents
    )
    if place.result(f"index-{engine}") is None or not is_there:
        say(f"building the index: {engine}")
        run_step("index", place.site(engine))


def _has_peers(place: Place) -> bool:
    if place.result("peers") is None:
        return False
    if place.elasticsearch is None:
        return True
    return documents_in(place.elasticsearch, f"{place.peer_index}*") >= place.documents


if __name__ == "__main__":
    main()
