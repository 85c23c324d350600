"""The steps of a benchmark that need a process of their own: ``python -m benchmarks.steps NAME``.

The environment says where (see `benchmarks.workplace`). Each step leaves one file of results.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable

from benchmarks import corpus
from benchmarks.workplace import documents_in, say, this_place

# Beside the one that writes; for the two processors of the machine all goals are meant for.
PROCESSES = 2


def write_corpus() -> None:
    """Write the documents to a file."""
    place = this_place()
    started = time.perf_counter()
    corpus.write(place.corpus, place.documents)
    place.keep("corpus", {"seconds": round(time.perf_counter() - started, 1)})


def load() -> None:
    """Fill the database of the site."""
    import django  # noqa: PLC0415 - only some steps need Django

    django.setup()
    from benchmarks import loading  # noqa: PLC0415 - needs the apps

    place = this_place()
    loading.make_database()
    started = time.perf_counter()
    number = loading.fill(place.corpus, place.documents)
    seconds = time.perf_counter() - started
    place.keep(
        "load",
        {
            "documents": number,
            "seconds": round(seconds, 1),
            "documents_a_second": round(number / seconds, 1),
        },
    )
    say(f"loaded {number} documents, {number / seconds:.0f} a second")


def index() -> None:
    """Build the site's index; the engine is that of NEXSM_SEARCH_URL."""
    import django  # noqa: PLC0415 - only some steps need Django

    django.setup()
    from benchmarks import indexing, loading  # noqa: PLC0415 - needs the apps
    from search.engines import get_engine  # noqa: PLC0415

    place, engine = this_place(), get_engine().name
    loading.make_database()  # the code may have got new columns since it was filled
    result = indexing.build(PROCESSES)
    say(f"{engine}: {result['documents_a_second']} documents a second through the whole chain")
    sample = min(1_000, place.documents)
    result["phases"] = indexing.phases(sample)
    indexing.profile(sample, place.profiles / f"index-{engine}.txt")
    place.keep(f"index-{engine}", result)


def peers() -> None:
    """Fill the database of the peers and build their indexes, as far as they are not there."""
    import django  # noqa: PLC0415 - only some steps need Django

    django.setup()
    from benchmarks.peers import loading  # noqa: PLC0415 - needs the apps

    place = this_place()
    number = loading.fill(place.corpus, place.documents)
    loading.index_in_database()
    result = place.result("peers") or {"documents": number}
    if place.elasticsearch and documents_in(place.elasticsearch, f"{place.peer_index}*") < number:
        result["elasticsearch"] = loading.index_in_elasticsearch()
    place.keep("peers", result)


STEPS: dict[str, Callable[[], None]] = {
    "corpus": write_corpus,
    "load": load,
    "index": index,
    "peers": peers,
}


def main() -> None:
    """Run the step that is named."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
    STEPS[sys.argv[1]]()


if __name__ == "__main__":
    main()
