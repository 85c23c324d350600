"""Filters of a programme: the same object for the page, the calendars and the print."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict

from conference.models import Occurrence, Participation, Round, ScheduleItem
from conference.queries import ProgrammeFilter, programme
from tests.factories.conference import ConferencePageFactory, SessionPageFactory, at
from tests.factories.knowledge import LanguageFactory

pytestmark = pytest.mark.django_db
SECOND_DAY = dt.date(2024, 6, 5)


@pytest.fixture
def shown():
    """Two days: a round of two workshops with a break, a talk the day after, one without a time."""
    german, arabic = LanguageFactory(code="de"), LanguageFactory(code="ar")
    round_ = Round(start=at("12:00"))
    conference = ConferencePageFactory(
        rounds=[round_], schedule_items=[ScheduleItem(title="Pause", start=at("13:00"))]
    )

    def session(title, *times, languages=(), **values):
        people = [Participation(name_as_shown=name) for name in values.pop("people", ())]
        SessionPageFactory(
            parent=conference,
            title=title,
            languages=list(languages),
            participations=people,
            occurrences=list(times),
            **values,
        )

    session("Netze", Occurrence(round_uid=round_.uid, position=1), Occurrence(start=at("14:00")),
            languages=[german], format="workshop", people=["Amal", "Ben"])  # fmt: skip
    session("Filme", Occurrence(round_uid=round_.uid, position=2),
            languages=[german, arabic], format="workshop", people=["Amal"])  # fmt: skip
    session("Rede", Occurrence(start=at("09:00", SECOND_DAY)),
            format="other", format_label="Impuls", track="Recht", people=["Ben"])  # fmt: skip
    session("Später", languages=[arabic], format="talk")
    return programme(conference, AnonymousUser())


def chosen(query):
    return ProgrammeFilter.from_query(QueryDict(query))


def titles(part):
    found = [entry.session.heading for entry in part.occurrences()]
    items = [entry.title for entry in part.entries() if entry.kind == "item"]
    return found + items + [session.heading for session in part.unscheduled]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Netze", "Filme", "Netze", "Rede", "Pause", "Später"]),
        ("unknown=1&language=", ["Netze", "Filme", "Netze", "Rede", "Pause", "Später"]),
        ("language=ar", ["Filme", "Später"]),
        ("language=de&format=workshop&person=Ben", ["Netze", "Netze"]),
        ("format=workshop&format=Impuls", ["Netze", "Filme", "Netze", "Rede"]),
        ("format=other", []),
        ("track=Recht", ["Rede"]),
        ("person=Amal&person=Ben", ["Netze", "Filme", "Netze", "Rede"]),
        ("day=2024-06-04", ["Netze", "Filme", "Netze", "Pause"]),
        ("day=2024-06-04&person=Ben", ["Netze", "Netze"]),
        ("language=tlh", []),
    ],
)
def test_a_part_of_the_programme_is_chosen_by_the_address(shown, query, expected):
    assert titles(chosen(query).apply(shown)) == expected


def test_a_round_without_a_match_is_left_out_and_keeps_its_heading_otherwise(shown):
    days = chosen("person=Ben").apply(shown).days

    assert [[entry.kind for entry in day.entries] for day in days] == [
        ["round", "session"],
        ["session"],
    ]


def test_the_choices_count_sessions_once_and_heed_the_other_filters(shown):
    def offered(query):
        groups = chosen(query).groups(shown)
        return {group.name: {one.value: one.count for one in group.options} for group in groups}

    everything = offered("")
    assert everything["format"] == {"Impuls": 1, "talk": 1, "workshop": 2}
    assert everything["language"] == {"ar": 2, "de": 2}
    assert everything["day"] == {"2024-06-04": 2, "2024-06-05": 1}
    assert everything["person"] == {"Amal": 2, "Ben": 2}
    assert "track" not in everything  # one value is no choice
    arabic = offered("language=ar")
    assert arabic["language"] == {"ar": 2, "de": 2}
    assert arabic["format"] == {"Impuls": 0, "talk": 1, "workshop": 1}


def test_what_the_programme_does_not_know_can_be_taken_back(shown):
    (group,) = [group for group in chosen("track=Fort").groups(shown) if group.name == "track"]

    assert {option.value: option.selected for option in group.options} == {
        "Recht": False,
        "Fort": True,
    }


def test_the_same_choice_gives_the_same_address():
    first = chosen("person=B&language=de&person=A%26B&page=2&day=2024-06-04")
    second = chosen("day=2024-06-04&person=A%26B&person=B&language=de")

    assert first.querystring == second.querystring
    assert first.querystring == "day=2024-06-04&language=de&person=A%26B&person=B"
    assert chosen(first.querystring) == first
    assert not chosen("page=2").is_active


@pytest.mark.parametrize("query", ["person=" + "x" * 5000, "day=%00", "language=%ff", "day=nie"])
def test_odd_values_are_no_error(shown, query):
    part = chosen(query)

    assert part.apply(shown).zone == shown.zone
    assert part.groups(shown)
