"""Jobs that happen again and again."""

import datetime as dt
import threading

import pytest
from django.utils import timezone

from nexsm.base import leading, periodic
from nexsm.base.locks import exclusive
from tests.factories.knowledge import ResourceFactory


@pytest.fixture
def jobs(monkeypatch):
    monkeypatch.setattr(periodic, "_jobs", {})
    return periodic


def test_a_job_runs_when_it_is_due_and_not_before(jobs):
    runs = []
    jobs.register("count", lambda: runs.append(1), every=30)

    assert jobs.run_due(now=100) == ["count"]
    assert jobs.run_due(now=129) == []
    assert jobs.run_due(now=130) == ["count"]
    assert len(runs) == 2


def test_a_failing_job_is_logged_and_does_not_stop_the_others(jobs, caplog):
    def fail():
        raise ValueError("broken")

    runs = []
    jobs.register("bad", fail, every=1)
    jobs.register("good", lambda: runs.append(1), every=1)

    assert jobs.run_due(now=5) == ["good"]
    assert "bad" in caplog.text
    assert jobs.run_due(now=6) == ["good"]
    assert len(runs) == 2


def test_a_job_apart_holds_nobody_up_and_never_runs_twice_at_once(jobs, settings):
    settings.PERIODIC_THREADS = True
    going, may_end, runs = threading.Event(), threading.Event(), []

    def slow():
        runs.append(1)
        going.set()
        may_end.wait(timeout=30)

    jobs.register("slow", slow, every=1, apart=True)
    jobs.register("quick", lambda: runs.append("quick"), every=1)

    assert jobs.run_due(now=10) == ["slow", "quick"]
    assert going.wait(timeout=30)
    assert jobs.run_due(now=20) == ["quick"]
    may_end.set()
    jobs._jobs["slow"].thread.join(timeout=30)
    assert jobs.run_due(now=30) == ["slow", "quick"]
    jobs._jobs["slow"].thread.join(timeout=30)
    assert runs.count(1) == 2


def test_a_job_apart_that_fails_is_logged(jobs, settings, caplog):
    settings.PERIODIC_THREADS = True

    def fail():
        raise ValueError("broken")

    jobs.register("bad", fail, every=1, apart=True)
    jobs.run_due(now=5)
    jobs._jobs["bad"].thread.join(timeout=30)

    assert "bad" in caplog.text


@pytest.mark.django_db
def test_scheduled_items_go_online_and_expired_ones_go_offline():
    soon = ResourceFactory(live=False, go_live_at=timezone.now() + dt.timedelta(hours=1))
    soon.save_revision().publish()
    over = ResourceFactory(live=True, expire_at=timezone.now() - dt.timedelta(minutes=1))
    soon.refresh_from_db()
    assert not soon.live

    soon.go_live_at = timezone.now() - dt.timedelta(minutes=1)
    revision = soon.save_revision()
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=soon.go_live_at)
    periodic.publish_scheduled()

    soon.refresh_from_db()
    over.refresh_from_db()
    assert soon.live
    assert not over.live
    assert over.expired


def test_only_one_process_does_the_jobs_and_another_goes_on_when_it_ends(
    jobs, settings, tmp_path, monkeypatch
):
    settings.DATA_DIR = tmp_path
    monkeypatch.setattr(leading, "RETRY_SECONDS", 0.05)
    stop, done = threading.Event(), threading.Event()
    jobs.register("tick", done.set, every=1)
    with exclusive(periodic.LOCK) as first:
        assert first
        second = threading.Thread(target=periodic.keep_running, args=(stop,), daemon=True)
        second.start()
        assert not done.wait(timeout=0.5)
    assert done.wait(timeout=30)
    stop.set()
    second.join(timeout=30)
    assert not second.is_alive()
