"""The programme query: order, everything unknown, translations, number of queries."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from conference.enums import OccurrenceStatus
from conference.models import Occurrence, Participation, Round, ScheduleItem
from conference.queries import programme
from tests.factories.base import language_locale
from tests.factories.conference import (
    ConferencePageFactory,
    PersonFactory,
    RoomFactory,
    SessionPageFactory,
    at,
    publish,
)
from tests.factories.knowledge import LanguageFactory

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def names(entries):
    return [entry.session.heading if entry.kind == "session" else entry.title for entry in entries]


def test_entries_are_ordered_by_start_then_position_then_as_entered():
    conference = ConferencePageFactory(
        schedule_items=[
            ScheduleItem(title="Ende", start=at("16:00")),
            ScheduleItem(title="Zweites", start=at("10:00"), position=2),
            ScheduleItem(title="Ohne Position", start=at("10:00")),
            ScheduleItem(title="Irgendwann"),
        ]
    )
    SessionPageFactory(
        parent=conference,
        title="Erstes",
        occurrences=[Occurrence(start=at("10:00"), position=1)],
    )

    days = programme(conference, VISITOR).days

    assert [day.date for day in days] == [dt.date(2024, 6, 4), None]
    assert names(days[0].entries) == ["Erstes", "Zweites", "Ohne Position", "Ende"]
    assert names(days[1].entries) == ["Irgendwann"]


def test_a_round_holds_its_parallel_sessions_by_position_and_gives_them_its_time():
    round_ = Round(title_as_shown="I. Runde", start=at("12:00"), end=at("12:45"))
    conference = ConferencePageFactory(rounds=[round_])
    for position in (3, 1, 2):
        SessionPageFactory(
            parent=conference,
            title=f"W{position}",
            occurrences=[Occurrence(round_uid=round_.uid, position=position, label_as_shown="4.")],
        )

    (entry,) = programme(conference, VISITOR).entries()

    assert entry.kind == "round"
    assert entry.title == "I. Runde"
    assert names(entry.parallel) == ["W1", "W2", "W3"]
    assert {parallel.start for parallel in entry.parallel} == {at("12:00")}
    assert {parallel.end for parallel in entry.parallel} == {at("12:45")}
    assert [parallel.label for parallel in entry.parallel] == ["4.", "4.", "4."]


def test_an_occurrence_keeps_its_own_time_in_a_round():
    round_ = Round(start=at("12:00"), end=at("12:45"), end_is_derived=True)
    conference = ConferencePageFactory(rounds=[round_])
    SessionPageFactory(
        parent=conference, occurrences=[Occurrence(round_uid=round_.uid, start=at("12:10"))]
    )

    (occurrence,) = programme(conference, VISITOR).occurrences()

    assert occurrence.start == at("12:10")
    assert occurrence.end == at("12:45")
    assert occurrence.end_is_derived


def test_an_unknown_round_leaves_the_occurrence_by_itself():
    conference = ConferencePageFactory()
    SessionPageFactory(
        parent=conference,
        title="Allein",
        occurrences=[Occurrence(round_uid=Round().uid, start=at("12:00"))],
    )

    (entry,) = programme(conference, VISITOR).entries()

    assert entry.kind == "session"
    assert entry.session.heading == "Allein"


def test_everything_may_be_unknown():
    conference = ConferencePageFactory(
        date_start=None, rounds=[Round()], schedule_items=[ScheduleItem()]
    )
    session = SessionPageFactory(
        parent=conference,
        title="Nur für Listen",
        title_is_placeholder=True,
        occurrences=[Occurrence()],
    )
    SessionPageFactory(parent=conference, title="Ohne Zeit")

    shown = programme(conference, VISITOR)

    (day,) = shown.days
    assert day.date is None
    assert sorted(entry.kind for entry in day.entries) == ["item", "round", "session"]
    (occurrence,) = shown.occurrences()
    assert occurrence.start is None
    assert occurrence.end is None
    assert occurrence.room is None
    assert occurrence.session.title == ""
    assert occurrence.session.heading == "Nur für Listen"
    assert occurrence.session.people == ()
    assert occurrence.session.id == session.public_id
    assert [waiting.heading for waiting in shown.unscheduled] == ["Ohne Zeit"]


def test_a_conference_without_anything_has_an_empty_programme():
    assert programme(ConferencePageFactory(), VISITOR).is_empty


def test_a_missing_title_is_replaced_by_the_format():
    conference = ConferencePageFactory()
    SessionPageFactory(
        parent=conference,
        title="Keynote (MdB Hakan Demir)",
        title_is_placeholder=True,
        format_label="Keynote",
        occurrences=[Occurrence(start=at("13:45"))],
    )

    (occurrence,) = programme(conference, VISITOR).occurrences()

    assert occurrence.session.title == ""
    assert occurrence.session.heading == "Keynote"


def test_people_are_shown_as_printed():
    conference = ConferencePageFactory()
    shy = PersonFactory(name="Anders Geschrieben")
    open_ = PersonFactory(name="Arian Darat", has_consented=True)
    SessionPageFactory(
        parent=conference,
        people_as_shown="Dr. Vira Bushanska & Arian Darat",
        participations=[
            Participation(prefix="Dr.", name_as_shown="Vira Bushanska", person=shy),
            Participation(name_as_shown="Arian Darat", person=open_, role="moderator"),
        ],
        occurrences=[Occurrence()],
    )

    (occurrence,) = programme(conference, VISITOR).occurrences()
    first, second = occurrence.session.people

    assert occurrence.session.people_line == "Dr. Vira Bushanska & Arian Darat"
    assert first.full_name == "Dr. Vira Bushanska"
    assert first.person_id is None
    assert second.person_id == open_.public_id
    assert second.role == "moderator"
    assert second.role_label


def test_the_line_of_people_is_made_of_the_names_where_none_is_printed():
    conference = ConferencePageFactory()
    SessionPageFactory(
        parent=conference,
        participations=[
            Participation(prefix="MdB", name_as_shown="A"),
            Participation(name_as_shown="B"),
        ],
        occurrences=[Occurrence()],
    )

    (occurrence,) = programme(conference, VISITOR).occurrences()

    assert occurrence.session.people_line == "MdB A, B"


def test_a_repeated_session_names_its_other_times_but_no_cancelled_one():
    conference = ConferencePageFactory()
    SessionPageFactory(
        parent=conference,
        occurrences=[
            Occurrence(start=at("12:00")),
            Occurrence(start=at("14:00")),
            Occurrence(start=at("16:00"), status=OccurrenceStatus.CANCELLED),
        ],
    )

    first, second, third = programme(conference, VISITOR).occurrences()

    assert first.other_starts == (at("14:00"),)
    assert second.other_starts == (at("12:00"),)
    assert third.other_starts == (at("12:00"), at("14:00"))
    assert third.is_cancelled


def test_days_are_those_of_the_conference_and_its_time_zone():
    conference = ConferencePageFactory(
        timezone="Europe/Zurich",
        schedule_items=[
            ScheduleItem(title="Abend", start=dt.datetime(2024, 6, 4, 21, 30, tzinfo=dt.UTC)),
            ScheduleItem(title="Nacht", start=dt.datetime(2024, 6, 4, 22, 30, tzinfo=dt.UTC)),
            ScheduleItem(title="Früh", start=dt.datetime(2024, 6, 5, 2, 0, tzinfo=dt.UTC)),
        ],
    )

    days = programme(conference, VISITOR).days

    # 23:30 and 0:30 belong to the evening of the 4th, 4:00 opens the 5th.
    assert [(day.date.day, names(day.entries)) for day in days] == [
        (4, ["Abend", "Nacht"]),
        (5, ["Früh"]),
    ]


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Europe/Berlin", dt.date(2026, 3, 29)),
        ("Europe/Vienna", dt.date(2026, 10, 25)),
        ("Europe/Zurich", dt.date(2026, 3, 29)),
    ],
)
def test_a_day_with_a_clock_change_is_one_day(zone, day):
    conference = ConferencePageFactory(timezone=zone)
    conference.schedule_items.set(
        [
            ScheduleItem(title="Morgen", start=at("09:00", day, conference.zone)),
            ScheduleItem(title="Abend", start=at("23:30", day, conference.zone)),
        ]
    )
    conference.save()

    (shown,) = programme(conference, VISITOR).days

    assert shown.date == day
    assert names(shown.entries) == ["Morgen", "Abend"]


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_number_of_queries_does_not_depend_on_sessions(sessions, django_assert_num_queries):
    room = RoomFactory()
    round_ = Round(start=at("12:00"))
    conference = ConferencePageFactory(
        rounds=[round_], schedule_items=[ScheduleItem(room=room) for _ in range(sessions)]
    )
    language = LanguageFactory(code="de")
    for _ in range(sessions):
        SessionPageFactory(
            parent=conference,
            languages=[language],
            interpretation=[language],
            participations=[Participation(name_as_shown="A", person=PersonFactory())],
            occurrences=[
                Occurrence(round_uid=round_.uid, room=room),
                Occurrence(start=at("14:00"), room=room),
            ],
        )
    conference = type(conference).objects.select_related("locale").get(pk=conference.pk)

    with django_assert_num_queries(10):
        shown = programme(conference, VISITOR)
        lines = [
            (entry.room, entry.session.url, entry.session.people, entry.session.languages)
            for entry in shown.occurrences()
        ]

    assert len(lines) == 2 * sessions


def test_a_translated_conference_shows_the_times_of_its_source_with_its_own_texts():
    conference = ConferencePageFactory(schedule_items=[ScheduleItem(title="Pause")])
    session = SessionPageFactory(
        parent=conference, title="Auf Deutsch", occurrences=[Occurrence(start=at("10:00"))]
    )
    SessionPageFactory(
        parent=conference, title="Nicht übersetzt", occurrences=[Occurrence(start=at("11:00"))]
    )
    english = conference.copy_for_translation(language_locale("en"), copy_parents=True)
    english.save_revision().publish()
    translated = session.copy_for_translation(language_locale("en"))
    translated.title = "In English"
    translated.occurrences.set([Occurrence(start=at("09:00"))])
    translated.save_revision().publish()

    shown = programme(type(english).objects.get(pk=english.pk), VISITOR)

    found = {entry.session.heading: entry.start for entry in shown.occurrences()}
    assert found == {"In English": at("10:00"), "Nicht übersetzt": at("11:00")}


def test_entries_carry_what_was_published_about_them():
    conference = publish(ConferencePageFactory(schedule_items=[ScheduleItem(start=at("09:00"))]))
    session = publish(
        SessionPageFactory(parent=conference, occurrences=[Occurrence(start=at("10:00"))])
    )
    row = session.occurrences.get()
    row.start = at("11:00")
    session.occurrences.add(row)
    publish(session)

    item, occurrence = programme(conference, VISITOR).entries()

    assert (item.number, item.sequence) == (1, 0)
    assert (occurrence.number, occurrence.sequence) == (2, 1)
    assert occurrence.changed_at > item.changed_at
