"""The programme editor on the nights on which clocks change."""

import datetime as dt

import pytest

from conference.models import Occurrence
from tests.conference.test_programme_editor import draft_row, form_of, row_of, send, session
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference():
    page = publish(ConferencePageFactory())
    for title in ("Ankommen", "Weggehen"):
        publish(
            SessionPageFactory(
                title=title, parent=page, occurrences=[Occurrence(start=at("15:00"))]
            )
        )
    return page


def test_a_time_in_the_hour_that_comes_twice_hinders_no_other_line(editor, conference):
    page = session("Ankommen")
    page.occurrences = [
        Occurrence(
            start=dt.datetime(2024, 10, 27, 0, 45, tzinfo=dt.UTC),  # shown as 2:45
            end=dt.datetime(2024, 10, 27, 1, 15, tzinfo=dt.UTC),  # shown as 2:15
        )
    ]
    publish(page)
    uid = row_of("Weggehen").uid
    data = form_of(editor, conference)

    send(editor, conference, data | {f"row-{uid}-start": "2024-06-04T16:00"})

    assert draft_row("Weggehen").start == at("16:00")
    kept = draft_row("Ankommen")
    assert (kept.end.astimezone(dt.UTC) - kept.start.astimezone(dt.UTC)) == dt.timedelta(minutes=30)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2024-10-27T02:30", dt.datetime(2024, 10, 27, 0, 30, tzinfo=dt.UTC)),  # the first
        ("2024-03-31T02:30", None),  # skipped
    ],
)
def test_times_at_a_change_of_the_clock(editor, conference, typed, meant):
    uid = row_of("Weggehen").uid
    data = form_of(editor, conference) | {f"row-{uid}-start": typed}

    response = send(editor, conference, data)

    if meant is None:
        assert not session("Weggehen").has_unpublished_changes
        assert "2024-03-31T02:30" in response.content.decode()
    else:
        assert draft_row("Weggehen").start.astimezone(dt.UTC) == meant
