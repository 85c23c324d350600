"""Processes are killed with kill -9: at every place that matters, and at random."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ready_database import SQLITE_NAME, sqlite_file

ROOT = Path(__file__).resolve().parents[3]
KILLS = 4


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.es)])
def search_url(request):
    if request.param == "tantivy":
        return "tantivy:///search"
    host = request.getfixturevalue("elasticsearch_url").split("://", 1)[1]
    return f"elasticsearch://{host}/{request.getfixturevalue('elasticsearch_prefix')}"


@pytest.fixture
def folder(tmp_path):
    """The data folder of a site of its own."""
    shutil.copy(sqlite_file(), tmp_path / SQLITE_NAME)
    return tmp_path


def run(*command):
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "platform")]),
    }
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.slow
def test_nothing_is_lost_wherever_a_process_is_killed(folder, search_url):
    found = run("tests.search.lifecycle.dying", str(folder), search_url)

    healed = {"died": -signal.SIGKILL, "worker": 0, "differences": 0}
    assert {place: end for place, end in found.items() if end != healed} == {}


@pytest.mark.slow
def test_nothing_is_lost_whenever_processes_are_killed(folder, search_url):
    """What ``benchmarks/drills/kill_worker.py`` does, on a small scale."""
    command = ["benchmarks.drills.kill_worker", f"--search={search_url}", f"--kills={KILLS}"]
    command += ["--resources=30", f"--folder={folder}"]
    result = run(*command, "--within=inf")  # how fast the machine is, is no question of the tests

    assert sum(result["killed"].values()) >= KILLS
    assert result["edits"] > 0
    assert result["healed_after"] is not None
