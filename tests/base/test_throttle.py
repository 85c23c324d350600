"""Limits: so often in such a time, however many ask at once."""

import sys
import time

import pytest
from django.core.cache import cache

from nexsm.base import throttle
from nexsm.base.models import ThrottleCount
from tests.races import several_writers

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock(monkeypatch):
    """Returns a function that moves the time on by some seconds."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])

    def move(seconds):
        now[0] += seconds

    return move


def allowed(who="somebody", limit=2):
    return throttle.allow("contact", who, limit=limit, seconds=3600)


def test_an_hour_begins_with_the_first_event(clock):
    assert [allowed(), allowed(), allowed()] == [True, True, False]
    clock(3000)
    assert not allowed()
    clock(601)
    assert [allowed(), allowed(), allowed()] == [True, True, False]


def test_everybody_and_everything_is_counted_apart():
    assert [allowed(limit=1), allowed(limit=1), allowed("other", limit=1)] == [True, False, True]
    assert throttle.allow("report", "somebody", limit=1, seconds=60)


def test_counts_outlive_the_cache_and_name_nobody():
    assert allowed(limit=1)
    cache.clear()
    assert not allowed(limit=1)
    assert "somebody" not in ThrottleCount.objects.get().key


def test_counts_are_deleted_when_their_time_is_over(clock):
    allowed()
    clock(3000)
    allowed("other")
    clock(1000)
    assert throttle.forget_old() == 1
    assert ThrottleCount.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("before", ["nothing", "some", "over"])
def test_many_at_once_stay_within_the_limit(tmp_path, clock, monkeypatch, before):
    if before != "nothing":
        allowed(limit=4)
    if before == "over":
        clock(4000)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with several_writers(tmp_path) as race:
            results = race(lambda _number: [allowed(limit=4) for _ in range(3)], 8)
    finally:
        sys.setswitchinterval(interval)
    flat = [one for result in results for one in result]
    assert flat.count(True) == (3 if before == "some" else 4)


def test_a_limit_of_zero_lets_nothing_pass():
    assert not throttle.allow("post", "ada", limit=0, seconds=60)
    assert not throttle.allow("post", "ada", limit=0, seconds=60)
