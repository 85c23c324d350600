"""One writer and one leader among several processes, and none that is dead."""

import os
import signal
import subprocess
import sys
import threading
import uuid
import zlib
from contextlib import contextmanager
from pathlib import Path

import environ
import psycopg
import pytest
from django.conf import settings
from django.db import connection
from django.db.utils import ConnectionHandler

from nexsm.base import locks
from nexsm.base.locks import LockLost, exclusive
from search import worker
from search.locks import LEADER, WRITER
from search.models import IndexJob
from tests.search.lifecycle.test_rebuild import published

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parents[3]
HOLD = """
import django, sys, time
django.setup()
from django.conf import settings
from nexsm.base.locks import exclusive
settings.DATABASES["default"]["NAME"] = sys.argv[2]
with exclusive(sys.argv[1]) as guard:
    print("held" if guard else "refused", flush=True)
    time.sleep(600)
"""


@contextmanager
def another_process(name):
    """A process that asks for a lock and keeps it; yields it and what it got."""
    environment = {
        **os.environ,
        "NEXSM_DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, name, str(connection.settings_dict["NAME"])],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process, process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def test_who_is_killed_leaves_no_lock_behind():
    with another_process(LEADER) as (holder, answer):
        assert answer == "held"
        with exclusive(LEADER) as guard:
            assert guard is None
        holder.send_signal(signal.SIGKILL)
        holder.wait()

        with exclusive(LEADER, wait_seconds=60) as guard:
            assert guard
            guard.check()


def test_a_second_process_is_refused_and_a_lock_that_was_given_back_can_be_had():
    with exclusive(WRITER) as guard:
        assert guard
        with another_process(WRITER) as (_second, answer):
            assert answer == "refused"
    with exclusive(WRITER) as again:
        assert again


def test_while_another_process_writes_the_worker_waits_and_loses_nothing(index, site):
    index()
    published("Wartet")
    with exclusive(WRITER):
        assert site.work() == worker.IDLE_SECONDS
        assert IndexJob.objects.count() == 1
    assert site.heals("Wartet")


def test_only_one_of_several_workers_works(index, monkeypatch):
    rounds = []
    stop = threading.Event()
    first, second = worker.Worker(stop), worker.Worker(stop)
    monkeypatch.setattr(first, "round", lambda: rounds.append("first") or 0.0)
    monkeypatch.setattr(second, "round", lambda: rounds.append("second") or 0.0)

    with exclusive(LEADER) as leader:
        assert leader
        stop_soon = threading.Timer(0.3, stop.set)
        stop_soon.start()
        second.run()
        stop_soon.join()
    assert rounds == []

    stop.clear()
    monkeypatch.setattr(first, "round", lambda: rounds.append("first") or stop.set() or 0.0)
    first.run()
    assert rounds == ["first"]


@pytest.mark.postgres
def test_a_lock_in_the_database_is_lost_with_its_connection(postgres_url, monkeypatch):
    name = f"test-{uuid.uuid4()}"
    handler = ConnectionHandler({"default": environ.Env.db_url_config(postgres_url)})
    monkeypatch.setattr(locks, "connections", handler)
    monkeypatch.setattr(locks, "connection", handler["default"])
    with exclusive(name) as guard, psycopg.connect(postgres_url, autocommit=True) as operator:
        assert guard
        guard.check()
        with exclusive(name) as second:
            assert second is None

        operator.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE locktype = 'advisory' AND objid = %s",
            [zlib.crc32(name.encode())],
        )

        with pytest.raises(LockLost):
            guard.check()
        with exclusive(name, wait_seconds=60) as another:
            assert another
