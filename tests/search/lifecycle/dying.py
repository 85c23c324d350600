"""A site whose workers and builds die by kill -9 at chosen places; run by test_killed.py.

``python -m tests.search.lifecycle.dying FOLDER SEARCH_URL``, with a database in the folder. After each
death one worker runs, and what still differs between database and index is printed. This needs a
process of its own: pytest's database lives in the memory of pytest.
"""

import json
import os
import signal
import sys
from pathlib import Path
from unittest.mock import patch

from benchmarks.drills.site import Site

SEED = 1
RESOURCES = 8
EDITS = 3
# Where → the command, and the function that is called just then.
PLACES = {
    "jobs read, nothing written": ("search_worker", "search.batches.sources.collect"),
    "some documents handed over": ("search_worker", "search.files.texts.prepare"),
    "written, jobs not ticked off": ("search_worker", "search.batches.shown.forget"),
    "a build just begun": ("search_rebuild", "search.generations._all_documents"),
    "a build filled, edits not followed": ("search_rebuild", "search.generations._Build.follow_up"),
    "swapped, nothing noted": ("search_rebuild", "search.generations.IndexGeneration.save"),
    "swapped, jobs not ticked off": ("search_rebuild", "search.generations.enqueue"),
    "jobs of a build ticked off": ("search_rebuild", "search.generations._forget_old_records"),
}
PLACES_IN = {
    "tantivy": {
        "before a commit": ("search_worker", "search.engines.tantivy._fill"),
        "within a swap": ("search_rebuild", "search.engines.tantivy_folders.os.replace"),
    },
    "elasticsearch": {
        "between new and old versions": (
            "search_worker",
            "search.engines.elastic.ElasticEngine._delete",
        ),
        "within a swap": ("search_rebuild", "search.engines.elastic.ElasticEngine._point_to"),
    },
}


def die(*_arguments, **_options):
    os.kill(os.getpid(), signal.SIGKILL)


def after_death(site, command, function):
    """Edit, let a process die in this function, let a worker run. What is wrong then?"""
    for _number in range(EDITS):
        site.edit()
    site.new_resource()
    once = ["--once"] if command == "search_worker" else []
    with patch(function, die):
        died = site.wait(site.start(command, *once))
    ended = site.wait(site.start("search_worker", "--once"))
    return {"died": died, "worker": ended, "differences": site.differences()}


def main():
    folder, search_url = Path(sys.argv[1]), sys.argv[2]
    site = Site(folder, search_url, SEED)
    site.fill(RESOURCES)
    site.wait(site.start("search_rebuild"))
    places = PLACES | PLACES_IN[search_url.split(":")[0]]
    found = {place: after_death(site, *how) for place, how in places.items()}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main()
