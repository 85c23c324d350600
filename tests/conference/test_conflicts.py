"""What cannot be meant in a programme: a table of cases, and that it reads the latest drafts."""

import datetime as dt
import itertools
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from conference.models import Occurrence, Participation, Round, ScheduleItem
from conference.queries.conflicts import Slot, find_conflicts
from conference.queries.drafts import draft_programme
from conference.queries.hours import printed_hours
from tests.factories.conference import (
    BERLIN,
    DAY,
    ConferencePageFactory,
    PersonFactory,
    RoomFactory,
    SessionPageFactory,
    at,
    publish,
)

NEXT_DAY = DAY + dt.timedelta(days=1)
NUMBERS = itertools.count(1)


def slot(start=None, end=None, day=DAY, **fields):
    """A slot by the clock; a person or room by its name."""
    return Slot(
        uid=uuid.UUID(int=next(NUMBERS)),
        title="x",
        start=at(start, day) if start else None,
        end=at(end, day) if end else None,
        day=day if start else None,
        room=(fields.pop("room"),) * 2 if "room" in fields else None,
        people=tuple(fields.pop("people", ())),
        **fields,
    )


def hall(start, end=None, **fields):
    return slot(start, end, room="Saal", **fields)


def ada(start, end=None, record=1, name="Ada", **fields):
    return slot(start, end, people=[(record, name)], **fields)


@pytest.mark.parametrize(
    ("slots", "expected"),
    [
        ([], []),
        ([hall("12:00", "13:00")], []),
        # Rooms
        ([hall("12:00", "13:00"), hall("12:30", "13:30")], ["room"]),
        ([hall("12:00", "13:00"), hall("13:00", "14:00")], []),
        ([hall("12:00", "14:00"), hall("12:30", "13:00")], ["room"]),
        ([hall("12:00", "13:00"), hall("12:00", "13:00")], ["room"]),
        ([hall("12:00", "13:00"), slot("12:00", "13:00", room="Atrium")], []),
        ([slot("12:00", "13:00"), slot("12:00", "13:00")], []),
        ([hall("12:00", "13:00"), hall("12:00", "13:00", day=NEXT_DAY)], []),
        # People
        ([ada("12:00", "13:00"), ada("12:30", "13:30")], ["person"]),
        ([ada("12:00", "13:00"), ada("13:00", "14:00")], []),
        ([ada("12:00", "13:00", None), ada("12:30", "13:30", None, "ADA ")], ["person"]),
        ([ada("12:00", "13:00", 1), ada("12:30", "13:30", None)], ["person"]),
        ([ada("12:00", "13:00", 1), ada("12:30", "13:30", 1, "A. Łoś")], ["person"]),
        ([ada("12:00", "13:00", 1), ada("12:30", "13:30", 2, "Eva")], []),
        ([ada("12:00", "13:00", None, ""), ada("12:00", "13:00", None, "")], []),
        # Unknown ends
        ([hall("12:00"), hall("12:30")], []),
        ([hall("12:00"), hall("12:00")], ["room"]),
        ([hall("12:00"), slot("13:00"), hall("12:30", "12:45")], []),
        ([hall("12:00", "13:00"), hall("12:30")], ["room"]),
        ([hall("12:00"), hall("12:00"), slot("13:00")], ["room"]),
        ([hall("12:00"), hall("11:00", "12:30")], ["room"]),
        # Unknown starts
        ([hall(None), hall("12:00", "13:00")], []),
        # Days
        ([slot("12:00", day=NEXT_DAY)], ["outside"]),
        ([slot("12:00", day=DAY - dt.timedelta(days=1))], ["outside"]),
        # Order
        ([slot("12:00", "11:00")], ["order"]),
        ([slot("12:00", "12:00")], ["order"]),
        # Several
        (
            [slot("12:00", "13:00", room="Saal", people=[(1, "Ada")]) for _number in range(2)],
            ["person", "room"],
        ),
        ([hall("12:00", "13:00") for _number in range(3)], ["room"] * 3),
    ],
)
def test_cases(slots, expected):
    found = find_conflicts(slots, DAY, None if expected != ["outside"] else DAY)

    if any(entry.day == NEXT_DAY for entry in slots) and expected != ["outside"]:
        found = [conflict for conflict in found if conflict.kind != "outside"]
    assert [conflict.kind for conflict in found] == expected


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("03:00", "05:00", ["hours"]),
        ("08:29", None, ["hours"]),
        ("08:30", None, []),
        ("09:00", "09:30", []),
        ("16:00", "18:30", []),
        ("17:30", "19:00", []),
        ("17:31", None, ["hours"]),
        ("22:00", None, ["hours"]),
    ],
)
def test_what_is_far_from_the_printed_time(start, end, expected):
    found = find_conflicts([slot(start, end)], DAY, DAY, (at("09:30"), at("16:30")))
    assert [conflict.kind for conflict in found] == expected


def test_what_is_on_another_day_is_told_once():
    found = find_conflicts([slot("03:00", day=NEXT_DAY)], DAY, DAY, (at("09:30"), at("16:30")))
    assert [conflict.kind for conflict in found] == ["outside"]


@pytest.mark.parametrize(
    "printed",
    [
        "09:30 – 16:30",
        " 9.30-16.30 Uhr",
        "von 9:30 Uhr bis 16:30 Uhr",
        "09:30—16:30",
        "From 9:30 to 16:30",
    ],
)
def test_hours_that_are_printed_without_doubt(printed):
    found = printed_hours(printed, first_day=DAY, last_day=DAY, zone=BERLIN)
    assert found == (at("09:30"), at("16:30"))


@pytest.mark.parametrize(
    "printed",
    [
        "", "09:30", "ab 09:30", "9 – 16", "09:30 – 12:00, 13:00 – 16:30", "16:30 – 09:30", "09:30 – 09:30",
        "09:30 – 25:00", "09:30 – 16:70", "Freitag 09:30 – 16:30", "9:30 – 4:30 pm", "09:30 – 16:30 (MEZ)",
    ],
)  # fmt: skip
def test_hours_that_can_be_read_in_two_ways_warn_of_nothing(printed):
    assert printed_hours(printed, first_day=DAY, last_day=DAY, zone=BERLIN) is None


@pytest.mark.parametrize(("first", "last"), [(None, None), (DAY, NEXT_DAY)])
def test_nobody_knows_the_hours_of_each_of_several_days(first, last):
    assert printed_hours("09:30 – 16:30", first_day=first, last_day=last, zone=BERLIN) is None


def test_the_programme_warns_in_the_zone_of_the_conference(db):
    conference = ConferencePageFactory(
        time_text="09:30 – 16:30",
        schedule_items=[
            ScheduleItem(title="Nachts", start=at("03:00", DAY), end=at("05:00", DAY)),
            ScheduleItem(title="Empfang", start=at("09:00"), end=at("09:30")),
        ],
        day_change=dt.time(0, 0),
    )

    (conflict,) = draft_programme(conference).conflicts()

    assert (conflict.kind, conflict.slots[0].title) == ("hours", "Nachts")


def test_without_a_date_no_day_is_wrong():
    assert find_conflicts([slot("12:00")]) == []


def test_a_pair_is_told_once_although_record_and_name_agree():
    (conflict,) = find_conflicts([ada("12:00", "13:00"), ada("12:30", "13:30")])

    assert conflict.what == "Ada"
    assert len(conflict.slots) == 2


@pytest.fixture
def programme(db):
    """Two sessions in one round: the same room and, once as a record, the same person."""
    room, person = RoomFactory(name="Saal"), PersonFactory(name="Ada")
    round_ = Round(label="I", start=at("12:00"), end=at("13:00"))
    conference = ConferencePageFactory(
        rounds=[round_],
        schedule_items=[ScheduleItem(title="Gruß", start=at("12:30"), people=["Eva"])],
    )
    sessions = [
        SessionPageFactory(
            parent=conference,
            occurrences=[Occurrence(round_uid=round_.uid, room=room)],
            participations=[Participation(name_as_shown="Ada", person=record)],
        )
        for record in (person, None)
    ]
    return conference, sessions, room


def kinds(conference):
    return [conflict.kind for conflict in draft_programme(conference).conflicts()]


def test_times_of_the_round_rooms_and_people_count(programme):
    conference, sessions, _room = programme

    found = draft_programme(conference).conflicts()

    assert [conflict.kind for conflict in found] == ["person", "room"]
    assert all(conflict.concerns(session.pk) for conflict in found for session in sessions)
    assert not any(conflict.concerns(conference.pk) for conflict in found)


def test_the_latest_draft_counts_not_what_is_public(programme):
    conference, (session, _other), room = programme
    session = publish(session)
    for row in session.occurrences.all():
        row.start, row.end = at("15:00"), at("16:00")
        session.occurrences.add(row)
    session.participations.add(Participation(name_as_shown="Eva"))
    session.save_revision()
    assert kinds(conference) == []

    session.occurrences.add(Occurrence(start=at("12:15"), end=at("12:45"), room=room))
    session.save_revision()

    # The second session's room and person, and Eva's greeting.
    assert sorted(kinds(conference)) == ["person", "person", "room"]


def test_what_is_cancelled_meets_nothing(programme):
    conference, (session, _other), _room = programme
    for row in session.occurrences.all():
        row.status = "cancelled"
        session.occurrences.add(row)
    session.save()

    assert kinds(conference) == []


def test_a_room_that_was_deleted_since_the_draft_does_not_break_it(programme):
    conference, (session, _other), room = programme
    session.save_revision()
    session.has_unpublished_changes = True
    session.save()
    room.delete()

    assert kinds(conference) == ["person"]


def test_more_sessions_cost_no_more_queries(programme):
    conference, _sessions, room = programme

    def queries():
        with CaptureQueriesContext(connection) as made:
            draft_programme(conference).conflicts()
        return len(made)

    few = queries()
    for number in range(6):
        session = SessionPageFactory(
            parent=conference, occurrences=[Occurrence(start=at("15:00"), room=room)]
        )
        if number % 2:
            session.title = "Neu"
            session.save_revision()

    assert queries() <= few + 1  # the revisions, where there are any
