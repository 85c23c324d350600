"""Conferences that strain a layout, made in the site of the browser tests: seven rooms, three days, Arabic."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from wagtail.models import Locale

from conference.models import (
    ConferenceIndexPage,
    ConferencePage,
    Occurrence,
    Participation,
    Room,
    Round,
    ScheduleItem,
    SessionDocumentation,
    SessionPage,
    Venue,
)
from knowledge.models import Language

ZONE = ZoneInfo("Europe/Berlin")
DAY = dt.date(2031, 5, 9)
ROOMS = [
    "Großer Saal",
    "Seminarraum 2",
    "Werkstatt",
    "Bibliothek",
    "Atelier",
    "Foyer im Erdgeschoss",
    "Dachgeschosskonferenzraum",
]
TITLES = [
    "Unterstützungsnetzwerke für Migrant*innenselbstorganisationen im ländlichen Raum",
    "Desinformation erkennen",
    "العمل التطوعي والمشاركة الرقمية في المدن الألمانية",
    "Göçmen örgütleri için dijital güvenlik: İyi örnekler",
    "Öffentlichkeitsarbeit mit wenig Geld und viel Donaudampfschifffahrtsgesellschaftsgeduld",
    "Who tells our stories?",
    "Vereinsrecht",
]
PEOPLE = ["Şirin Öztürk", "ليلى حداد", "Ngozi Okonjo-Weißenberger", "Ana María Núñez"]
ARABIC = 2


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A wall-clock time on the first, second or third day (0, 1, 2)."""
    return dt.datetime.combine(DAY + dt.timedelta(days=day), dt.time(hour, minute), tzinfo=ZONE)


def make_seven_tracks(slug: str = "sieben") -> None:
    """Three days, seven rooms, six starts a day, to come. Some begin late, some share a room."""
    venue = Venue.objects.create(name="Haus der Kulturen", city="Bern")
    rooms = [
        Room.objects.create(venue=venue, name=name, sort_order=number)
        for number, name in enumerate(ROOMS)
    ]
    lunch = [
        ScheduleItem(title="Mittagessen", kind="break", start=at(day, 12, 30), end=at(day, 13, 30))
        for day in range(3)
    ]
    conference = _conference(slug, "Sieben Räume, drei Tage", lunch, days=3)
    german, english, arabic = (Language.objects.get(code=code) for code in ("de", "en", "ar"))
    number = 0
    for day in range(3):
        for hour in (9, 10, 11, 14, 15, 16):
            for room in rooms:
                number += 1
                _session(
                    conference,
                    f"{TITLES[number % 7]} {number}",
                    Occurrence(
                        start=at(day, hour, 15 if number % 11 == 0 else 0),
                        end=at(day, hour, 50),
                        room=rooms[0] if number % 17 == 0 else room,
                        status="cancelled" if number == 5 else "confirmed",
                    ),
                    languages=[arabic if number % 7 == ARABIC else german, english][
                        : 1 + number % 2
                    ],
                    people=[PEOPLE[number % 4], PEOPLE[(number + 1) % 4]][: 1 + number % 3 % 2],
                    track=["Recht", "Medien", "Bildung"][number % 3],
                    format=["talk", "workshop"][number % 2],
                )


def make_long_workshop(slug: str = "lang") -> None:
    """A workshop of two hours beside short talks, and on the next day more rooms than fit on a screen."""
    venue = Venue.objects.create(name="Haus der langen Weile", city="Graz")
    hall, *rooms = (
        Room.objects.create(venue=venue, name=f"Raum {number}", sort_order=number)
        for number in range(1, 13)
    )
    lunch = ScheduleItem(title="Mittagessen", kind="break", start=at(0, 12), end=at(0, 13))
    conference = _conference(slug, "Lange Werkstatt", [lunch], days=2)
    for number in range(4):
        start = at(0, 9 + number // 2, 30 * (number % 2))
        talk = Occurrence(start=start, end=start + dt.timedelta(minutes=30), room=hall)
        _session(conference, f"Kurz {number + 1}", talk, people=PEOPLE[:1], format="talk")
    for title, room, start, end in (
        ("Werkstatt", rooms[0], at(0, 9), at(0, 11)),
        ("Über Mittag", rooms[1], at(0, 10, 15), at(0, 12, 30)),
        ("Nachmittag", hall, at(0, 13), at(0, 14)),
    ):
        time = Occurrence(start=start, end=end, room=room)
        _session(conference, title, time, people=PEOPLE[1:3], format="workshop")
    for hour in (9, 10):
        for number, room in enumerate(reversed([hall, *rooms])):
            time = Occurrence(start=at(1, hour), end=at(1, hour, 50), room=room)
            if hour == 10 and number == 0:
                time.end = at(1, 12)
            _session(conference, f"{TITLES[number % 7]} {hour}", time, people=[])
    time = Occurrence(start=at(1, 11), end=at(1, 12), room=hall)
    _session(conference, "Rückblick", time, people=[])


def make_two_going_on(slug: str = "beides") -> None:
    """What has no room goes on, and so does a workshop: only one of them can reach down."""
    venue = Venue.objects.create(name="Haus ohne Foyer", city="Linz")
    rooms = [Room.objects.create(venue=venue, name=f"Saal {n}", sort_order=n) for n in range(3)]
    conference = _conference(slug, "Infotisch", [])
    for title, room, start, end in (
        ("Infotisch", None, at(0, 10), at(0, 12, 30)),
        ("Werkstatt", rooms[1], at(0, 10), at(0, 12)),
        ("Vortrag", rooms[0], at(0, 11), at(0, 12)),
        ("Gespräch", rooms[2], at(0, 11), at(0, 12)),
    ):
        time = Occurrence(start=start, end=end, room=room)
        _session(conference, title, time, people=PEOPLE[:1], format="talk")


def make_day(slug: str, state: str, *, is_documented: bool = False) -> None:
    """One day with a round of seven, a session that is repeated and one that overlaps with it."""
    round_ = Round(title_as_shown="Werkstätten", start=at(0, 11), end=at(0, 12))
    items = [
        ScheduleItem(title="Ankommen", kind="registration", start=at(0, 9)),
        ScheduleItem(title="Pause", kind="break", start=at(0, 12), end=at(0, 13)),
    ]
    conference = _conference(slug, "Kleine Tagung", items, rounds=[round_], state=state)
    for position in range(7):
        times = [Occurrence(round_uid=round_.uid, position=position + 1)]
        if position == 0:
            times.append(Occurrence(start=at(0, 14), end=at(0, 15)))
        slides = SessionDocumentation(kind="slides", url="https://example.org/folien.pdf")
        _session(
            conference,
            TITLES[position],
            *times,
            people=PEOPLE[:2],
            format="workshop",
            documentation=[slides] if is_documented and position < 2 else [],
        )
    _session(
        conference,
        "Lange Sprechstunde",
        Occurrence(start=at(0, 10, 30), end=at(0, 11, 30)),
        people=[],
    )


def _conference(slug, title, items, *, days=1, rounds=(), state=""):
    index = ConferenceIndexPage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    conference = ConferencePage(
        title=title,
        slug=slug,
        locale=Locale.objects.get(language_code=settings.LANGUAGE_CODE),
        date_start=DAY,
        date_end=DAY + dt.timedelta(days=days - 1),
        state=state,
        registration_url="https://example.org/anmeldung",
        introduction="Ein Beispiel.",
        is_example=True,
    )
    conference.rounds.set(list(rounds))
    conference.schedule_items.set(items)
    index.add_child(instance=conference)
    conference.save_revision().publish()
    return ConferencePage.objects.get(pk=conference.pk)


def _session(conference, title, *times, people, languages=(), documentation=(), **values):
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    page = SessionPage(title=title, locale=locale, **values)
    page.languages.set(list(languages))
    page.occurrences.set(list(times))
    page.documentation.set(list(documentation))
    page.participations.set([Participation(name_as_shown=name) for name in people])
    conference.add_child(instance=page)
