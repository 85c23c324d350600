"""Measures the search, at any size, beside the raw engines and Wagtail's own backends.

``python benchmarks/search.py --documents 100000 --dir DIR`` does everything; benchmarks/README.md says
what each figure holds. A second call goes on where the first one stopped.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# The folder of this file would hide the package `search` behind this very file.
ROOT = Path(__file__).resolve().parent.parent
_HERE = str(ROOT / "benchmarks")
sys.path[:] = [str(ROOT / "platform"), str(ROOT), *(path for path in sys.path if path != _HERE)]

from benchmarks.workplace import Place, documents_in, run_step, say  # noqa: E402 - needs the path

ENGINES = ("tantivy", "elasticsearch")
ALL_STEPS = ("load", "index")


def main() -> None:
    """Parse the command line and do what it asks for."""
    options = _options()
    with _elasticsearch(options) as address:
        for documents in _sizes(options):
            place = Place(options.dir / str(documents), documents, address, options.database)
            prepare(place, options)
    say("done")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, prog="python benchmarks/search.py")
    parser.add_argument("--documents", type=int, default=1_000, help="size of the corpus")
    parser.add_argument(
        "--dir", type=Path, required=True, help="folder for everything that is made"
    )
    parser.add_argument("--engines", default=",".join(ENGINES), help="which engines, with commas")
    parser.add_argument(
        "--steps", default=",".join(ALL_STEPS), help=f"which of {', '.join(ALL_STEPS)}"
    )
    parser.add_argument("--elasticsearch", help="address of a server; else one is started")
    parser.add_argument("--database", help="DATABASE_URL of an empty PostgreSQL; else SQLite")
    parser.add_argument("--again", default="", help="steps whose results are thrown away first")
    options = parser.parse_args()
    options.dir = options.dir.resolve()
    options.engines = [name for name in options.engines.split(",") if name]
    options.steps = options.steps.split(",")
    options.again = options.again.split(",")
    return options


def _sizes(options: argparse.Namespace) -> list[int]:
    return [options.documents]


@contextmanager
def _elasticsearch(options: argparse.Namespace) -> Iterator[str | None]:
    """The address of a server: given, or of one that runs as long as this program."""
    from scripts.services import elasticsearch  # noqa: PLC0415 - not needed without one

    given = options.elasticsearch or os.environ.get(elasticsearch.VARIABLE)
    if given or "elasticsearch" not in options.engines:
        yield given.rstrip("/") if given else None
        return
    # A searching server has more memory than one for tests.
    elasticsearch.MEMORY = "-Xms2g -Xmx2g"
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
        say("filling the database of the site")
        run_step("load", place.site())
    if "index" not in options.steps:
        return
    for engine in options.engines:
        is_there = engine == "tantivy" or (
            documents_in(place.elasticsearch or "", place.site_prefix) >= place.documents
        )
        if place.result(f"index-{engine}") is None or not is_there:
            say(f"building the index: {engine}")
            run_step("index", place.site(engine))


if __name__ == "__main__":
    main()
