"""A cluster of three Elasticsearch nodes loses one, first any, then the elected master.

``python -m benchmarks.drills.lose_node`` starts three servers and a site of its own. Searches and edits go
on all the time: none may fail, and the database may answer instead of the engine for moments only.
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

SIZE = 3
START_SECONDS = 60.0
LONGEST_ON_DATABASE = 5.0


def main() -> int:
    """Return 0 when nothing failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=40.0, help="with one node missing")
    parser.add_argument("--resources", type=int, default=200)
    parser.add_argument("--how", choices=("pause", "kill"), default="kill")
    parser.add_argument("--folder", help="with a database that is migrated; else one is made")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    options = parser.parse_args()
    results = []
    with (
        elasticsearch_nodes.cluster(SIZE) as nodes,
        data_folder(options.folder) as folder,
    ):
        hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
        site = Site(folder, f"elasticsearch://{hosts}/drill", options.seed)
        site.fill(options.resources)
        with served(site.folder) as address:
            site.seconds_until_equal(START_SECONDS)
            warm_up(address)
            for is_master in (False, True):
                _wait_for(nodes[0], "green")
                node = _chosen(nodes, is_master=is_master)
                result = lose(site, node, address, options.seconds, options.how)
                results.append({"node": node.name, "master": is_master, **result})
                say(json.dumps(results[-1]))
                if options.how == "pause":
                    node.go_on()
                else:
                    elasticsearch_nodes.restart(node, nodes=SIZE)
    is_good = all(
        not result["failed"]
        and not result["failed_edits"]
        and result["by_the_database_for_seconds"] <= LONGEST_ON_DATABASE
        and result["newest_found_after"] is not None
        for result in results
    )
    return 0 if is_good else 1


def lose(site: Site, node: Node, address: str, seconds: float, how: str) -> dict[str, Any]:
    """Take one node away while visitors search and editors edit."""
    failed = 0
    edits = site.edits
    with Visitors(address) as before:
        time.sleep(3)
    with Visitors(address) as visitors:
        lost_at = time.monotonic()
        (node.pause if how == "pause" else node.kill)()
        while time.monotonic() - lost_at < seconds:
            try:
                site.edit()
            except Exception as error:  # noqa: BLE001 - counting them is the purpose
                say(f"edit failed: {error!r}")
                failed += 1
            time.sleep(0.2)
        newest = site.new_resource()
        found_after = _seconds_until_found(address, newest.title)
        readiness = state(address)["status"]
    equal = site.seconds_until_equal()
    return {
        "longest_before": before.report()["longest"],
        "edits": site.edits - edits,
        "failed_edits": failed,
        **visitors.report(),
        "newest_found_after": found_after,
        "readyz": readiness,
        "equal_after": equal,
    }


def _seconds_until_found(address: str, title: str, seconds: float = 30.0) -> float | None:
    started = time.monotonic()
    while time.monotonic() - started < seconds:
        if finds(address, title):
            return round(time.monotonic() - started, 1)
        time.sleep(0.2)
    return None


def _chosen(nodes: list[Node], *, is_master: bool) -> Node:
    master = fetch(f"{nodes[0].url}/_cat/master?h=node")[1].decode().strip()
    return next(node for node in nodes if (node.name == master) == is_master)


def _wait_for(node: Node, status: str) -> None:
    fetch(f"{node.url}/_cluster/health?wait_for_status={status}&timeout=60s", seconds=70)


if __name__ == "__main__":
    sys.exit(main())
