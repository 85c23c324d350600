"""When sessions take place: dates, starts, durations and zones as generators write them."""

from datetime import UTC, datetime, timedelta

import pytest

from conference.services.schedule_import import ScheduleRefusedError
from tests.conference.schedule_files import (
    GUID,
    event,
    only_conference,
    repairs,
    run,
    schedule,
    session,
)
from tests.factories.conference import default_index

pytestmark = pytest.mark.django_db

NO_ZONE = ""


@pytest.fixture(autouse=True)
def index(db):
    return default_index()


def start_of(title):
    return session(title).occurrences.get().start


def place(number=1):
    return f"line 1, session {number} “Vortrag {number}”: "


@pytest.mark.parametrize(
    ("fields", "start", "line"),
    [
        ({"date": None}, "08:00", "date is missing or has no time → day and start taken: 2025-05-16 10:00"),
        ({"date": "2025-05-16"}, "08:00", "date is missing or has no time → day and start taken: 2025-05-16 10:00"),
        ({"date": None, "start": "25:30"}, "23:30", "date is missing or has no time → day and start taken: 2025-05-17 01:30"),
        ({"date": None, "start": "01:30"}, "23:30", "date is missing or has no time → day and start taken: 2025-05-17 01:30"),
        ({"date": "2025-05-16T10:00:00"}, "08:00", "date “2025-05-16T10:00:00” has no offset → read as time of Europe/Berlin"),
        ({"date": "2025-05-16 10:00:00 +0200"}, "08:00", None),
        ({"date": "2025-05-16 08:00:00 UTC"}, "08:00", None),
        ({"date": "2025-05-16T10:00:00+00:00"}, "10:00", "date 2025-05-16T10:00:00+00:00 is 12:00 in Europe/Berlin, start says 10:00 → date counts"),
        ({"date": "Freitag"}, "08:00", "date “Freitag” cannot be read → ignored"),
        ({"start": "früh"}, "08:00", "start “früh” cannot be read → ignored"),
    ],
)  # fmt: skip
def test_starts(fields, start, line):
    told = repairs(run(schedule(event(1, **fields)), publish=True))

    assert f"{start_of('Vortrag 1').astimezone(UTC):%H:%M}" == start
    assert (place() + line in told) if line else told == []


def test_a_session_without_a_time_is_announced_without_one():
    told = repairs(run(schedule(event(1, date=None, start=None)), publish=True))

    row = session("Vortrag 1").occurrences.get()
    assert (row.start, row.end, str(row.uid)) == (None, None, GUID.format(1))
    assert place() + "no date or no start → taken over without a time" in told


@pytest.mark.parametrize(
    ("duration", "minutes", "line"),
    [
        ("00:30", 30, None),
        ("1:30", 90, None),
        ("01:30:00", 90, None),
        ("0:90", 90, "duration “0:90” → read as 90 minutes"),
        ("PT30M", 30, "duration “PT30M” → read as 30 minutes"),
        ("30:00", 1800, None),
        ("00:00", None, None),
        ("", None, None),
        ("30", None, "duration “30” cannot be read → the end is left open"),
        ("200:00", None, "duration “200:00” cannot be read → the end is left open"),
    ],
)
def test_durations(duration, minutes, line):
    told = repairs(run(schedule(event(1, duration=duration)), publish=True))

    row = session("Vortrag 1").occurrences.get()
    assert (row.end - row.start if row.end else None) == (
        timedelta(minutes=minutes) if minutes else None
    )
    assert told == ([place() + line] if line else [])


def test_a_time_that_the_clock_skips_is_refused():
    file = schedule(event(1, date=None, start="02:30"), day='date="2026-03-28"')

    with pytest.raises(ScheduleRefusedError, match="2026-03-29 02:30 does not exist"):
        run(file)


def test_a_time_that_the_clock_shows_twice_is_the_first_one():
    file = schedule(event(1, date=None, start="02:30"), day='date="2025-10-25"')

    told = repairs(run(file, publish=True))
    assert start_of("Vortrag 1") == datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
    assert any("comes twice in Europe/Berlin" in line for line in told)


def two_hours_late():
    return schedule(
        *(event(number, date=f"2025-05-16T{9 + number:02}:00:00Z") for number in range(1, 5))
    )


def test_a_file_that_mixes_up_its_zones_is_refused_until_somebody_says_what_is_right():
    with pytest.raises(ScheduleRefusedError, match="In 4 of 4 sessions date and start"):
        run(two_hours_late())

    run(two_hours_late(), publish=True, trust="start")
    assert start_of("Vortrag 1") == datetime(2025, 5, 16, 8, tzinfo=UTC)
    run(two_hours_late(), publish=True, trust="date")
    assert start_of("Vortrag 1") == datetime(2025, 5, 16, 10, tzinfo=UTC)


def test_a_missing_zone_is_concluded_only_if_all_offsets_agree():
    told = repairs(run(schedule(event(1), head=NO_ZONE), publish=True))

    assert "no time zone is named → concluded from the times: Europe/Berlin" in told
    assert only_conference().timezone_is_derived
    odd = schedule(event(1, date="2025-05-16T10:00:00+03:00"), head=NO_ZONE)
    only_conference().delete()
    with pytest.raises(ScheduleRefusedError, match="Please name the zone"):
        run(odd)
    run(odd, publish=True, timezone="Europe/Athens")
    assert only_conference().timezone == "Europe/Athens"


def test_utc_is_no_zone_of_a_conference():
    head = "<time_zone_name>UTC</time_zone_name>"
    told = repairs(run(schedule(event(1), head=head)))

    assert "“UTC” is no time zone with a place → concluded from the times: Europe/Berlin" in told
    with pytest.raises(ScheduleRefusedError, match="is not a time zone such as"):
        run(schedule(event(1)), timezone="Mars/Olympus")


def test_days_that_end_at_six_keep_the_night_together():
    day = 'date="2025-05-16" start="2025-05-16T09:00:00+02:00" end="2025-05-17T06:00:00+02:00"'
    report = run(
        schedule(event(1), event(2, date="2025-05-17T05:30:00+02:00", start="05:30"), day=day),
        publish=True,
    )

    assert str(only_conference().day_change) == "06:00:00"
    assert report.counts["days"] == 1
