"""Kills the index worker and builds of the index with kill -9 at random moments, while people edit.

``python -m benchmarks.drills.kill_worker --kills 100`` uses SQLite and Tantivy in a folder of its own;
``--search elasticsearch://host:9200/prefix`` another engine. Afterwards a last worker runs, nothing else
is done, and index and database must be equal within a minute, or ``--within``. Exit code 1 if they are not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from benchmarks.drills.site import Site, data_folder, say

SECONDS_TO_HEAL = 60.0
# Every tenth process starts Python anew and needs some seconds before it works.
FRESH_EVERY = 10
FRESH_SECONDS = 5.0
# So that something is left for the last worker, whatever the others have done.
EDITS_AT_THE_END = 10
# The one before the current generation is kept for a while, see Engine.swap.
KEPT_GENERATIONS = 1


def main() -> int:
    """Return 0 when everything healed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--resources", type=int, default=400)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--search", default="tantivy:///search")
    parser.add_argument("--within", type=float, default=SECONDS_TO_HEAL, metavar="SECONDS")
    parser.add_argument("--folder", help="with a database that is migrated; else one is made")
    options = parser.parse_args()
    with data_folder(options.folder) as folder:
        site = Site(folder, options.search, options.seed)
        try:
            result = drill(site, options.kills, options.resources)
        finally:
            site.close()
            clear(options.search)
    say(json.dumps({"seed": options.seed, **result}))
    is_tidy = len(result["left_over"]) <= KEPT_GENERATIONS
    healed = result["healed_after"]
    return 0 if healed is not None and healed <= options.within and is_tidy else 1


def drill(site: Site, kills: int, resources: int) -> dict[str, Any]:
    """Edit, kill, and let it heal."""
    site.fill(resources)
    _build(site)  # loads the dictionaries as well, which the processes to come have from us
    build_seconds = _build(site)
    say(f"{site.documents()} documents, a build takes {build_seconds:.1f} s")
    killed = {"worker": 0, "build": 0}
    attempt = degraded = 0
    while sum(killed.values()) < kills:
        attempt += 1
        is_fresh = attempt % FRESH_EVERY == 0
        worker = site.start("search_worker", is_fresh=is_fresh)
        build = site.start("search_rebuild") if attempt % 2 else None
        longest = build_seconds + (FRESH_SECONDS if is_fresh else 0.0)
        degraded += _edit_for(site, site.random.uniform(0.0, longest))
        # Both at once, or the build first and the worker a little later.
        if build is not None:
            killed["build"] += site.kill(build)
            _edit_for(site, site.random.choice((0.0, 0.3)))
        killed["worker"] += site.kill(worker)
        if attempt % FRESH_EVERY == 0:
            say(f"{sum(killed.values())} killed, {site.edits} edits")
    for _number in range(EDITS_AT_THE_END):
        site.edit()
    before = site.differences()
    site.start("search_worker", is_fresh=True)
    healed = site.seconds_until_equal()
    return {
        "killed": killed,
        "edits": site.edits,
        "documents": site.documents(),
        "differences_before_the_last_worker": before,
        "healed_after": healed,
        "searches_answered_by_the_database": degraded,
        "left_over": _left_over(),
    }


def _build(site: Site) -> float:
    from django.core.management import call_command  # noqa: PLC0415 - the site sets Django up

    started = time.monotonic()
    with (site.folder / "processes.log").open("a") as log:
        call_command("search_rebuild", stdout=log)
    return time.monotonic() - started


def _edit_for(site: Site, seconds: float) -> int:
    """Edit and search for a while. Returns how many searches the database had to answer."""
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415

    from search.asking import SearchRequest  # noqa: PLC0415
    from search.service import run  # noqa: PLC0415

    degraded = 0
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        site.edit()
        degraded += run(SearchRequest(text="Verein"), AnonymousUser()).degraded
        time.sleep(site.random.uniform(0.0, 0.1))
    return degraded


def _left_over() -> list[str]:
    """Generations that nobody uses and that are still there. Asking deletes them."""
    from search.engines import get_engine  # noqa: PLC0415

    return get_engine().sweep()


def clear(search_url: str) -> None:
    """Delete what the drill has left in a server that others use as well."""
    from search.engines import get_engine  # noqa: PLC0415

    if search_url.startswith("elasticsearch"):
        engine = get_engine()
        engine.sweep()
        current = engine.current()
        if current is not None:
            engine.client.indices.delete(index=f"{engine.prefix}-{current}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    sys.exit(main())
