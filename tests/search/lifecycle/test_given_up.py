"""What cannot be indexed is given up for now, said so, and tried again; the rest goes on."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from knowledge.models import Resource
from search import consistency, sources, worker
from search.engines import EngineUnavailable, get_engine
from search.health import LONGEST_LAG_SECONDS, health
from search.models import IndexJob
from search.outbox import enqueue
from tests.search.lifecycle.test_rebuild import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def bad(monkeypatch):
    """An item that cannot be read until ``good`` is called."""
    real = sources.collect
    resource = published("Unlesbar")
    group = f"resource:{resource.translation_key}"

    def collect(groups):
        if group in groups and not is_good:
            raise ValueError("cannot be read")
        return real(groups)

    is_good = []
    monkeypatch.setattr(sources, "collect", collect)
    resource.group = group
    resource.good = lambda: is_good.append(True)
    return resource


def give_up(site):
    """Let the worker try until it gives up."""
    while IndexJob.objects.filter(is_parked=False).exists():
        IndexJob.objects.update(not_before=timezone.now())
        site.work()


def test_it_is_reported_and_does_not_hide_what_is_wrong_with_others(index, site, bad):
    stale = published("Veraltet")
    index()
    give_up(site)
    Resource.objects.filter(pk=stale.pk).update(title="Erneuert")

    report = consistency.compare(get_engine())

    assert report.unreadable == [bad.group]
    assert report.stale == [f"resource:{stale.public_id}"]
    assert health()["parked"] == 1
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("search_check", stdout=out)
    assert "unreadable: 1" in out.getvalue()


def test_what_the_index_holds_of_it_is_left_alone(index, site, bad):
    bad.good()
    index()
    key = f"resource:{bad.public_id}"
    assert key in get_engine().ids()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "collect", failing)
        report = consistency.compare(get_engine())

    assert (report.surplus, report.unreadable) == ([], [bad.group])


def failing(groups):
    raise ValueError("cannot be read")


@pytest.mark.parametrize("way", ["search_check --repair", "search_worker --retry", "at night"])
def test_it_is_tried_again(index, site, bad, monkeypatch, way):
    index()
    give_up(site)
    assert IndexJob.objects.get().is_parked
    bad.good()

    if way == "at night":
        monkeypatch.setattr(worker.Worker, "_is_comparison_due", lambda _self: True)
        site.work()
    else:
        name, option = way.split()
        extra = ["--once"] if name == "search_worker" else []
        call_command(name, option, *extra, stdout=StringIO())

    assert site.heals("Unlesbar")
    site.assert_equal()


def test_a_comparison_that_fails_is_made_later_in_the_night(index, site, monkeypatch):
    published("Etwas")
    index()
    now = timezone.localtime().replace(hour=worker.COMPARING_HOUR) + timedelta(days=1)
    monkeypatch.setattr(worker.timezone, "localtime", lambda: now)
    monkeypatch.setattr(worker.timezone, "localdate", now.date)
    compared = []

    def compare(_engine):
        compared.append("failed" if len(compared) < 2 else "done")
        if compared[-1] == "failed":
            raise EngineUnavailable("away")
        return consistency.Report()

    monkeypatch.setattr(worker.consistency, "compare", compare)

    site.work(rounds=5)

    assert compared == ["failed", "failed", "done"]


def test_edits_that_went_past_everything_are_found_by_the_repair(either_index, site):
    """A database restored from a backup, beside an index that knows more."""
    old, gone = published("Alt"), published("Verschwunden")
    either_index()
    Resource.objects.filter(pk=old.pk).update(title="Aus der Sicherung")
    Resource.objects.filter(pk=gone.pk).update(live=False)
    lost = published("Fehlt")
    IndexJob.objects.all().delete()

    report = consistency.compare(get_engine())
    assert report.missing == [f"resource:{lost.public_id}"]
    assert report.stale == [f"resource:{old.public_id}"]
    assert report.surplus == [f"resource:{gone.public_id}"]

    call_command("search_check", "--repair", stdout=StringIO())

    assert site.heals("Sicherung", "Fehlt")
    site.assert_equal()


def test_health_says_how_far_the_index_is_behind(index, site):
    index()
    enqueue(["resource:1"])
    IndexJob.objects.update(created_at=timezone.now() - timedelta(seconds=90))
    state = site.get("/readyz").json()
    assert (state["status"], state["search"]["waiting"]) == ("ok", 1)
    assert 90 <= state["search"]["lag_seconds"] < LONGEST_LAG_SECONDS

    long_ago = timezone.now() - timedelta(seconds=LONGEST_LAG_SECONDS + 60)
    IndexJob.objects.update(created_at=long_ago)
    state = site.get("/readyz").json()
    assert state["status"] == "degraded"
    assert state["search"]["lag_seconds"] > LONGEST_LAG_SECONDS

    site.work()
    state = site.get("/readyz").json()
    assert (state["status"], state["search"]["lag_seconds"]) == ("ok", 0)
