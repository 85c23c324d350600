"""NexSM24 leaves as schedule.xml and schedule.json, and comes back."""

import pytest

from conference.models import ConferencePage, PublishedOccurrence, ScheduleChange, SessionPage
from tests.conference.schedule_files import export, forget, repairs, run

NAMES = ["schedule.xml", "schedule.json"]


@pytest.fixture
def conference(facts_loaded):
    return ConferencePage.objects.get(import_id="nexsm24")


@pytest.mark.parametrize("name", NAMES)
def test_it_comes_back_as_it_went(client, conference, name):
    before = export(client, conference, name)
    forget(conference)

    report = run(before, publish=True)

    after = export(client, ConferencePage.objects.get(), name)
    assert repairs(report) == []
    assert {key: report.counts[key] for key in ("days", "sessions", "occurrences", "items")} == {
        "days": 1,
        "sessions": 11,
        "occurrences": 16,
        "items": 7,
    }
    assert after == before


@pytest.mark.parametrize("name", NAMES)
def test_at_home_it_changes_nothing(client, conference, name):
    pages = set(SessionPage.objects.values_list("pk", "latest_revision"))
    revision = conference.latest_revision_id
    changes = ScheduleChange.objects.count()
    before = export(client, conference, name)

    report = run(before, publish=True)

    assert (report.outcome.created, report.outcome.changed) == (0, 0)
    assert set(SessionPage.objects.values_list("pk", "latest_revision")) == pages
    assert ConferencePage.objects.get().latest_revision_id == revision
    assert ScheduleChange.objects.count() == changes
    assert not PublishedOccurrence.objects.exclude(sequence=0).exists()
    assert export(client, conference, name) == before
