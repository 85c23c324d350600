"""Elasticsearch is away for the whole of many edits, and comes back.

``python -m benchmarks.drills.outage --edits 200 --how pause`` starts a server and a site of its own.
``pause`` lets the server hang, ``kill`` kills it. No edit and no search may fail, and within a minute after
its return everything must be found. Exit code 1 if not.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from typing import Any

from benchmarks.drills.site import Site, data_folder, say
from benchmarks.drills.visitors import Visitors, fetch, finds, served, state, warm_up
from scripts.services import elasticsearch_nodes
from scripts.services.elasticsearch_nodes import Node

SECONDS_TO_HEAL = 60.0
START_SECONDS = 60.0
SECONDS_BETWEEN_EDITS = 0.4


def main() -> int:
    """Return 0 when nothing failed and everything healed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--how", choices=("pause", "kill"), default="pause")
    parser.add_argument("--resources", type=int, default=200)
    parser.add_argument("--folder", help="with a database that is migrated; else one is made")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    with (
        elasticsearch_nodes.cluster(1) as (node,),
        data_folder(options.folder) as folder,
    ):
        url = f"elasticsearch://127.0.0.1:{node.port}/drill"
        site = Site(folder, url, options.seed)
        site.fill(options.resources)
        with served(site.folder) as address:
            result = drill(site, node, address, options.edits, options.how)
    say(json.dumps({"seed": options.seed, "how": options.how, **result}))
    found = result["found_after"]
    is_late = found is None or found > SECONDS_TO_HEAL
    return 1 if is_late or result["failed_edits"] or result["failed"] else 0


def drill(site: Site, node: Node, address: str, edits: int, how: str) -> dict[str, Any]:
    """Let the server go away, edit and search, let it come back."""
    site.seconds_until_equal(START_SECONDS)
    warm_up(address)
    failed, slowest = 0, 0.0
    (node.pause if how == "pause" else node.kill)()
    with Visitors(address) as visitors:
        for _number in range(edits - 1):
            started = time.monotonic()
            try:
                site.edit()
            except Exception as error:  # noqa: BLE001 - counting them is the purpose
                say(f"edit failed: {error!r}")
                failed += 1
            slowest = max(slowest, time.monotonic() - started)
            time.sleep(SECONDS_BETWEEN_EDITS)
        last = site.new_resource()
        during = {"readyz": state(address)["status"], "healthz": fetch(f"{address}/healthz")[0]}
    if how == "pause":
        node.go_on()
    else:
        elasticsearch_nodes.restart(node)
    returned = time.monotonic()
    equal = site.seconds_until_equal()
    while equal is not None and not finds(address, last.title):
        time.sleep(0.5)
    found = round(time.monotonic() - returned, 1)
    return {
        "edits": edits,
        "failed_edits": failed,
        "slowest_edit": round(slowest, 2),
        **during,
        **visitors.report(),
        "equal_after": equal,
        "found_after": None if equal is None else found,
        "readyz_afterwards": state(address)["status"],
    }


if __name__ == "__main__":
    sys.exit(main())
