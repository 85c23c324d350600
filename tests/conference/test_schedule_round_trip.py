"""Export, import into a site without that conference, export again: the same file."""

import pytest

from conference.models import ConferencePage, SessionPage
from tests.conference.schedule_files import export, forget, repairs, run
from tests.conference.schedule_schemas import problems_of_json, problems_of_xml
from tests.factories.conference import default_index
from tests.factories.schedules import write_schedule

pytestmark = pytest.mark.django_db

PROBLEMS = {"schedule.xml": problems_of_xml, "schedule.json": problems_of_json}


@pytest.fixture
def congress(db):
    default_index()
    run(write_schedule(300), publish=True)
    return ConferencePage.objects.get()


@pytest.mark.parametrize(
    "name", ["schedule.json", pytest.param("schedule.xml", marks=pytest.mark.any_database)]
)
def test_a_large_programme_comes_back_as_it_went(client, congress, name):
    before = export(client, congress, name)
    assert PROBLEMS[name](before) == []
    forget(congress)

    report = run(before, publish=True)

    after = export(client, ConferencePage.objects.get(), name)
    assert repairs(report) == []
    assert after == before


@pytest.mark.parametrize("name", PROBLEMS)
def test_our_own_export_changes_nothing_at_home(client, congress, name):
    pages = set(SessionPage.objects.values_list("pk", "latest_revision"))

    report = run(export(client, congress, name), publish=True)

    assert (report.outcome.created, report.outcome.changed) == (0, 0)
    assert set(SessionPage.objects.values_list("pk", "latest_revision")) == pages
