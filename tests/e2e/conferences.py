"""Conferences that strain the layout, made in the site of the browser tests: seven rooms, three days, Arabic."""

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
FIRST_DAY = dt.date(2031, 5, 9)
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


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    """A wall-clock time on the first, second or third day (0, 1, 2)."""
    date = FIRST_DAY + dt.timedelta(days=day)
    return dt.datetime.combine(date, dt.time(hour, minute), tzinfo=ZONE)


def make_seven_tracks(slug: str = "sieben", *, days: int = 3, starts: int = 6) -> str:
    """Three days, seven rooms, all starts at once; returns the path of the page."""
    venue = Venue.objects.create(name="Haus der Kulturen", city="Bern")
    rooms = [
        Room.objects.create(venue=venue, name=name, sort_order=n) for n, name in enumerate(ROOMS)
    ]
    breaks = [
        ScheduleItem(title="Mittagessen", kind="break", start=at(day, 12, 30), end=at(day, 13, 30))
        for day in range(days)
    ]
    conference = _conference(slug, "Sieben Räume, drei Tage", breaks, days)
    languages = {code: Language.objects.get(code=code) for code in ("de", "en", "ar")}
    hours = [9, 10, 11, 14, 15, 16][:starts]
    number = 0
    for day in range(days):
        for hour in hours:
            for position, room in enumerate(rooms):
                number += 1
                # Some begin late, and two share a room: nothing may be hidden.
                minute = 15 if number % 11 == 0 else 0
                where = rooms[0] if number % 17 == 0 else room
                _session(
                    conference,
                    f"{TITLES[number % 7]} {number}",
                    Occurrence(
                        start=at(day, hour, minute),
                        end=at(day, hour, 50),
                        room=where,
                        status="cancelled" if number == 5 else "confirmed",
                    ),
                    languages=[languages["ar" if number % 7 == 2 else "de"], languages["en"]][: 1 + number % 2],
                    people=[PEOPLE[number % 4], PEOPLE[(number + 1) % 4]][: 1 + position % 2],
                    track=["Recht", "Medien", "Bildung"][number % 3],
                    format=["talk", "workshop"][number % 2],
                    arabic=number % 7 == 2,
                )  # fmt: skip
    return f"/de/konferenzen/{conference.slug}/"


def make_small(slug: str, *, first_day: dt.date, documented: bool = False) -> str:
    """A day with a round of seven, a repeated and a long session; returns the path of the page."""
    global FIRST_DAY  # noqa: PLW0603 - the whole example moves to another day
    FIRST_DAY = first_day
    round_ = Round(title_as_shown="Werkstätten", start=at(0, 11), end=at(0, 12))
    items = [
        ScheduleItem(title="Ankommen", kind="registration", start=at(0, 9)),
        ScheduleItem(title="Pause", kind="break", start=at(0, 12), end=at(0, 13)),
    ]
    conference = _conference(slug, "Kleine Tagung", items, 1, rounds=[round_])
    for position in range(7):
        times = [Occurrence(round_uid=round_.uid, position=position + 1)]
        if position == 0:
            times.append(Occurrence(start=at(0, 14), end=at(0, 15)))
        _session(
            conference, TITLES[position], *times, people=PEOPLE[:2], arabic=position == 2,
            format="workshop", languages=[],
            documentation=[SessionDocumentation(kind="slides", title="Folien", url="https://example.org/f.pdf")]
            if documented and position < 2 else [],
        )  # fmt: skip
    _session(conference, "Lange Sprechstunde", Occurrence(start=at(0, 10, 30), end=at(0, 11, 30)),
             people=[], format="", languages=[])  # fmt: skip
    return f"/de/konferenzen/{conference.slug}/"


def _conference(slug, title, items, days, rounds=()):
    index = ConferenceIndexPage.objects.get(locale__language_code=settings.LANGUAGE_CODE)
    conference = ConferencePage(
        title=title,
        slug=slug,
        locale=Locale.objects.get(language_code=settings.LANGUAGE_CODE),
        date_start=FIRST_DAY,
        date_end=FIRST_DAY + dt.timedelta(days=days - 1),
        registration_url="https://example.org/anmeldung",
        introduction="Ein Beispiel.",
        is_example=True,
    )
    conference.rounds.set(list(rounds))
    conference.schedule_items.set(items)
    index.add_child(instance=conference)
    conference.save_revision().publish()
    return ConferencePage.objects.get(pk=conference.pk)


def _session(
    conference, title, *times, languages, people, arabic=False, documentation=(), **values
):
    locale = Locale.objects.get(language_code=settings.LANGUAGE_CODE)
    page = SessionPage(title=title, locale=locale, **values)
    page.languages.set(languages)
    page.occurrences.set(list(times))
    page.documentation.set(list(documentation))
    page.participations.set([Participation(name_as_shown=name) for name in people])
    conference.add_child(instance=page)
